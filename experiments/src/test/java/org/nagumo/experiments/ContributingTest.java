package org.nagumo.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The diffs that CONTRIBUTING shows: each is applied to the sources, compiled, and what it adds is used. */
class ContributingTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    @BeforeEach
    void gitIsThere() {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "git"))), "git, which applies the diffs, is not installed");
    }

    /** The first diff below a heading. */
    private static String diff(String heading) throws IOException {
        String text = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        int start = text.indexOf("```diff\n", text.indexOf("\n## " + heading + "\n")) + 8;
        return text.substring(start, text.indexOf("\n```", start) + 1);
    }

    /** Applies a diff to a copy of some sources, compiles them with a program, and runs it. */
    private void use(String heading, String sources, String program) throws Exception {
        copy(sources);
        Path patch = Files.writeString(folder.resolve("change.diff"), diff(heading));
        Process git = new ProcessBuilder("git", "apply", "--whitespace=error-all", patch.toString())
                .directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes());
        assertThat(git.waitFor()).as(said).isZero();
        Files.writeString(folder.resolve("Program.java"), program);
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-Xlint:all,-processing,-serial,-classfile,-try,-path",
                "-Werror", "-cp", path, "-d", classes.toString(), folder.resolve("Program.java").toString()));
        try (Stream<Path> files = Files.walk(folder.resolve(sources))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))).isZero();
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL(),
                folder.resolve(sources).resolve("resources").toUri().toURL()));
        for (String entry : path.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                loader.loadClass("Program").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private void copy(String sources) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(sources))) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(ROOT.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void aStimulusIsReadFromAProtocol() throws Exception {
        use("A stimulus", "datagen/src/main", """
                import java.nio.file.*;
                import org.nagumo.datagen.protocol.Protocol;

                public class Program {
                    public static void main(String[] args) throws Exception {
                        Path file = Files.createTempFile("alpha", ".yaml");
                        Files.writeString(file, "name: p\\nsampling: {dt_ms: 0.1}\\nsequences:\\n  - {duration_ms: 100,"
                                + " stimulus: {kind: alpha, peak: 5, tau_ms: 2, onset_ms: 10}}\\n");
                        double integral = 0;
                        for (double i : Protocol.read(file).sequences().get(0).currentUaPerCm2()) {
                            integral += 0.1 * i;
                        }
                        Files.delete(file);
                        if (Math.abs(integral - 5 * 2 * Math.E) > 0.05) {
                            throw new AssertionError("the integral is " + integral);
                        }
                    }
                }
                """);
    }

    @Test
    void aStatisticIsInTheJson() throws Exception {
        use("A statistic", "experiments/src/main/java/org/nagumo/experiments/spikes", """
                import java.util.*;
                import org.nagumo.experiments.spikes.*;

                public class Program {
                    public static void main(String[] args) {
                        List<Spike> spikes = new ArrayList<>();
                        for (double time : new double[] {1, 2, 5, 6, 9}) {
                            spikes.add(new Spike(time, 40, -75, 1.5, 2));
                        }
                        double cv = new SpikeStatistics(spikes, List.of(), 0, 10, -65).toJson().get("interval_cv")
                                .asDouble();
                        if (Math.abs(cv - 0.5) > 1e-12) {
                            throw new AssertionError("the CV of 1, 3, 1, 3 is " + cv);
                        }
                        if (StatisticCard.all().stream().noneMatch(card -> card.key().equals("interval_cv"))) {
                            throw new AssertionError("no card");
                        }
                    }
                }
                """);
    }
}
