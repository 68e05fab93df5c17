package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;

/**
 * Bifurcation diagrams against XPPAUT's AUTO. It has no batch mode, so it gets a screen of its own (Xvfb) and its keys
 * from xdotool; it lists the special points, to seven digits, on its standard output.
 */
@Timeout(120)
class XppautAutoTest {

    private static final String TOLERANCES = "@ epsl=1e-7,epsu=1e-7,epss=1e-6,dsmin=1e-5,npr=10000,parmin=-1,";
    /** Branch, point, type, label and parameter. */
    private static final Pattern LISTED = Pattern.compile("(?m)^ +(\\d+) +(\\d+) +([A-Z]{2}) +\\d+ +(\\S+) .*$");

    private record Special(int branch, int point, String type, double input) {

        /** A regular end, or no convergence. */
        boolean last() {
            return point > 1 && (type.equals("EP") || type.equals("MX"));
        }
    }

    @TempDir
    private Path folder;
    private final Deque<Process> running = new ArrayDeque<>();
    private String display = "";

    @BeforeEach
    void skippedWithAMessageWhereItIsNotInstalled() {
        XppautTest.assumeInstalled("xppaut", "Xvfb", "xdotool");
    }

    /** The screen after what is on it. */
    @AfterEach
    void endAll() throws InterruptedException {
        while (!running.isEmpty()) {
            Process process = running.pop();
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private Process start(String output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(folder.resolve(output).toFile());
        // AUTO writes into the home folder.
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("DISPLAY", display);
        Process process = builder.start();
        running.push(process);
        return process;
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(WatchService changes, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            WatchKey key = changes.take();
            key.pollEvents();
            key.reset();
        }
    }

    /** The window with a title, once it is there. */
    private String window(String title) throws Exception {
        assertThat(start("window", "xdotool", "search", "--sync", "--onlyvisible", "--name", title).waitFor()).isZero();
        return text("window").lines().findFirst().orElseThrow();
    }

    private void press(String window, String... keys) throws Exception {
        String[] command = Stream.concat(Stream.of("xdotool", "key", "--window", window), Stream.of(keys))
                .toArray(String[]::new);
        assertThat(start("pressed", command).waitFor()).isZero();
    }

    private List<Special> listed() {
        return LISTED.matcher(text("list")).results().map(line -> new Special(Integer.parseInt(line.group(1)),
                Integer.parseInt(line.group(2)), line.group(3), Double.parseDouble(line.group(4)))).toList();
    }

    /** AUTO lists the end of a branch, and closes its files after that: keys before it would be lost. */
    private boolean finished(int branch) {
        return listed().stream().anyMatch(special -> special.branch == branch && special.last())
                && Stream.of("fort.7", "fort.8", "fort.9").noneMatch(file -> Files.exists(folder.resolve(file)));
    }

    /** The special points of the branch of rest states and of that of the cycles which its first Hopf point bears. */
    private List<Special> auto(String model) throws Exception {
        Files.writeString(folder.resolve("model.ode"), model + "done\n");
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            start("screen", "Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24");
            await(changes, () -> text("screen").endsWith("\n"));
            display = ":" + text("screen").strip();
            start("list", "xppaut", "model.ode");
            // File, Auto.
            press(window("XPP Ver"), "f", "a");
            String auto = window("It's AUTO man!");
            // Run, Steady state.
            press(auto, "r", "s");
            await(changes, () -> finished(1));
            // Grab, the next labelled point, this one; Run, Periodic.
            press(auto, "g", "Tab", "Return", "r", "p");
            await(changes, () -> finished(2));
        }
        return listed();
    }

    private static String startingAt(double[] rest, String... names) {
        StringBuilder lines = new StringBuilder("par i=0\n");
        for (int i = 0; i < names.length; i++) {
            lines.append(String.format(Locale.ROOT, "init %s=%.17g%n", names[i], rest[i]));
        }
        return lines.toString();
    }

    private static void assertAgree(List<Special> auto, String type, Stream<BifurcationPoint> ours) {
        List<Double> theirs = auto.stream().filter(special -> special.type.equals(type)).map(Special::input).sorted()
                .toList();
        List<BifurcationPoint> points = ours.toList();
        assertThat(theirs).as("%s of %s", type, auto).hasSameSizeAs(points);
        for (int i = 0; i < points.size(); i++) {
            // 1e-5: the list is rounded, and at these settings AUTO's own error is smaller than that.
            assertThat(points.get(i).input()).isCloseTo(theirs.get(i), withinPercentage(1e-3));
        }
    }

    private static String hodgkinHuxley() {
        return XppautTest.EQUATIONS + startingAt(XppautTest.NEURON.restState(), "v", "m", "h", "n");
    }

    @Test
    void hopfPointsOfHodgkinAndHuxley() throws Exception {
        List<Special> auto = auto(hodgkinHuxley() + TOLERANCES + "ntst=60,nmax=220,ds=.02,dsmax=1,parmax=170\n");
        assertAgree(auto, "HB", XppautTest.Ours.DIAGRAM.points(Kind.HOPF).stream());
        assertAgree(auto, "LP", XppautTest.Ours.DIAGRAM.points(Kind.FOLD_OF_CYCLES).stream());
    }

    /** Steps small enough to see the period double. */
    @Test
    void cyclesOfHodgkinAndHuxley() throws Exception {
        List<Special> auto = auto(hodgkinHuxley() + TOLERANCES + "ntst=60,nmax=600,ds=.02,dsmax=.05,parmax=20\n");
        assertAgree(auto, "LP", XppautTest.Ours.DIAGRAM.points(Kind.FOLD_OF_CYCLES).stream());
        // AUTO steps over the second doubling, 8e-6 beside the fold.
        assertAgree(auto, "PD", XppautTest.Ours.DIAGRAM.points(Kind.PERIOD_DOUBLING).stream().limit(1));
    }

    /** No folds: AUTO's steps jump at canards, and which it lists changes with the mesh. */
    @Test
    void hopfPointsOfFitzHughNagumo() throws Exception {
        Neuron neuron = Neurons.named("fhn");
        List<Special> auto = auto("v'=v-v^3/3-w+i\nw'=.08*(v+.7-.8*w)\n"
                + startingAt(neuron.restState(), "v", "w") + TOLERANCES
                + "ntst=40,nmax=120,ds=.02,dsmax=.05,parmax=2\n");
        assertAgree(auto, "HB", NeuronBifurcationTest.diagram(neuron, -0.5, 2.25).points(Kind.HOPF).stream());
    }
}
