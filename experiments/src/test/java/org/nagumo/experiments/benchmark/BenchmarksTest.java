package org.nagumo.experiments.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What the benchmarks compute and what the table says of them; not how fast they are. */
class BenchmarksTest {

    private static final String SMALL = "2x4x6";

    /** Nothing is timed here, so another JMH on this machine is no harm. */
    @BeforeAll
    static void besideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    static Stream<String> names() {
        return BenchmarkRun.names().stream();
    }

    private static Method method(Class<?> type, String name) {
        return Stream.of(type.getMethods()).filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
    }

    private static void callAll(Object benchmark, Class<? extends java.lang.annotation.Annotation> mark)
            throws ReflectiveOperationException {
        for (Method method : benchmark.getClass().getMethods()) {
            if (method.isAnnotationPresent(mark)) {
                method.invoke(benchmark);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBenchmarkComputesFiniteNumbersThatAreNotAllZero(String name) throws ReflectiveOperationException {
        int dot = name.lastIndexOf('.');
        Class<?> type = Class.forName(name.substring(0, dot));
        Method method = method(type, name.substring(dot + 1));
        Object benchmark = type.getDeclaredConstructor().newInstance();
        Field size = type.getDeclaredField("size");
        for (String s : size.getAnnotation(Param.class).value()) {
            assertThat(Size.of(s).sampleSteps()).isPositive();
        }
        size.set(benchmark, SMALL);
        callAll(benchmark, Setup.class);
        for (int call = 0; call < 2; call++) {
            double[] result = numbers(method.invoke(benchmark));
            assertThat(DoubleStream.of(result).allMatch(Double::isFinite)).as(name).isTrue();
            assertThat(DoubleStream.of(result).anyMatch(x -> x != 0)).as(name).isTrue();
        }
        callAll(benchmark, TearDown.class);
        assertThat(method.getAnnotation(Work.class)).as("name in the table of %s", name).isNotNull();
    }

    private static double[] numbers(Object result) {
        return result instanceof INDArray array ? array.dup().data().asDouble()
                : result instanceof double[] numbers ? numbers : new double[] {(Double) result};
    }

    @Test
    void whatIsComparedWithAnotherWorkNamesOneThatIsMeasured() throws ClassNotFoundException {
        List<Work> works = names().map(name -> {
            int dot = name.lastIndexOf('.');
            try {
                return method(Class.forName(name.substring(0, dot)), name.substring(dot + 1)).getAnnotation(Work.class);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }).toList();
        List<String> measured = works.stream().map(Work::value).toList();
        assertThat(measured).doesNotHaveDuplicates();
        assertThat(works.stream().map(Work::against).filter(against -> !against.isEmpty())).isNotEmpty()
                .isSubsetOf(measured);
    }

    @Test
    void theHalvesGiveTheSameGradientOnTwoThreadsAsInTurn() throws Exception {
        ThreadsBenchmark benchmark = new ThreadsBenchmark();
        benchmark.size = SMALL;
        benchmark.prepare();
        assertThat(benchmark.twoThreads()).isEqualTo(benchmark.oneThread());
        benchmark.end();
    }

    @Test
    void aRunMeasuresWhatWasAskedForAndWritesJmhsResults() throws IOException {
        Effort once = new Effort(0, 0, 1, 3, 1);
        BenchmarkRun run = new BenchmarkRun(Pattern.compile("KernelBenchmark"), once, VectorModule.OFF,
                new PrintStream(OutputStream.nullOutputStream()));
        List<Timing> timings = run.timings();
        assertThat(timings).extracting(Timing::work).containsOnly("kernel");
        assertThat(timings).extracting(Timing::size).contains(new Size(2, 64, 1000), new Size(64, 64, 200));
        assertThat(timings).allMatch(t -> t.medianNs() > 0 && t.lowerQuartileNs() <= t.medianNs()
                && t.medianNs() <= t.upperQuartileNs());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        run.writeJson(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        JsonNode json = new ObjectMapper().readTree(bytes.toByteArray());
        assertThat(json).hasSameSizeAs(timings);
        double jmh = json.get(0).get("primaryMetric").get("score").asDouble();
        double[] iterations = new double[3];
        for (int i = 0; i < iterations.length; i++) {
            iterations[i] = json.get(0).get("primaryMetric").get("rawData").get(0).get(i).asDouble();
        }
        assertThat(DoubleStream.of(iterations).average().orElseThrow()).isCloseTo(jmh, within(1e-6 * jmh));
        double median = DoubleStream.of(iterations).sorted().skip(1).findFirst().orElseThrow();
        assertThat(timings.get(0).medianNs()).isEqualTo(median / timings.get(0).size().sampleSteps(),
                within(1e-9 * median));
    }

    @Test
    void theStartOfAProcessIsMeasuredOnceForAllItsIterations() {
        long begin = System.nanoTime();
        List<Timing> timings = new BenchmarkRun(Pattern.compile("StartUpBenchmark"), new Effort(0, 2, 1, 3, 1),
                VectorModule.OFF, new PrintStream(OutputStream.nullOutputStream())).timings();
        long all = System.nanoTime() - begin;
        assertThat(timings).singleElement().satisfies(t -> {
            assertThat(t.upperQuartileNs()).isEqualTo(t.lowerQuartileNs());
            assertThat(500 * t.size().sampleSteps() * t.medianNs()).as("of 500 iterations").isBetween(1.0, (double) all);
        });
        assertThat(Effort.FULL.processes()).isEqualTo(15);
    }

    @Test
    void anUnknownBenchmarkIsNamedWithThoseThatExist() {
        assertThatThrownBy(() -> new BenchmarkRun(Pattern.compile("nothing"), Effort.QUICK, VectorModule.OFF,
                System.err)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'nothing'")
                .hasMessageContaining("FitBenchmark");
    }

    @Test
    void theVectorModuleIsAddedOnlyWhereItIsWanted() {
        assertThat(VectorModule.OFF.arguments()).containsExactly(List.of());
        assertThat(VectorModule.ON.arguments()).hasSize(1).allMatch(VectorModule::isIn);
        assertThat(VectorModule.AUTO.arguments()).hasSize(VectorModule.isThere() ? 2 : 1);
    }

    @Test
    void theTableSaysWhatWasMeasuredAndComparesInTheSameSetting() {
        Machine machine = new Machine("abacus", 2, "JVM 17", "1.0", "1", LocalDate.of(2026, 11, 24));
        Size size = new Size(2, 64, 1000);
        List<Timing> timings = List.of(Timing.of("fit", "", size, false, 30, 10, 20, 50, 40),
                Timing.of("fit, peer", "fit", new Size(2, 64, 50), false, 60_000),
                Timing.of("fit, other", "missing", size, false, 1.234),
                Timing.of("fit", "", size, true, 15, 15));
        List<String> lines = TimingTable.text(machine, timings).lines().toList();
        assertThat(lines.get(0)).contains("abacus, 2 cores, JVM 17, ND4J 1.0, OMP_NUM_THREADS 1, 2026-11-24");
        assertThat(lines).contains(
                "| fit | 2 | 64 | 1000 | 30.0 (20.0-40.0) | 15.0 (15.0-15.0) | 1920 / 960 | - |",
                "| fit, peer | 2 | 64 | 50 | 60000 (60000-60000) | - | 192000 | 2000 / 4000 x fit |",
                "| fit, other | 2 | 64 | 1000 | 1.23 (1.23-1.23) | - | 79.0 | - |");
        assertThat(lines.stream().filter(line -> line.startsWith("|"))).allMatch(line ->
                line.chars().filter(c -> c == '|').count() == 9);
    }

    @Test
    void theMachineKnowsTheVersionOfNd4j() {
        assertThat(Machine.present().nd4j()).isEqualTo("1.0.0-M2.1");
        assertThat(Machine.present().line()).doesNotContain("null");
    }
}
