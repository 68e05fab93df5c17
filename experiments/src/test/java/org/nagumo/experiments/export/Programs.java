package org.nagumo.experiments.export;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs; a test is skipped with a message where one is not installed. */
final class Programs {

    private Programs() {
    }

    static void assumeInstalled(String program, String debianPackage) {
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        assumeTrue(installed, "not installed: " + program + " (Debian package " + debianPackage
                + "); the comparison with it is skipped");
    }

    /** A Python that has a module. */
    static String python(Path folder, String module, String debianPackage) throws IOException, InterruptedException {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (python.startsWith("/") && !Files.isExecutable(Path.of(python))) {
                continue;
            }
            try {
                if (start(folder, python, "-c", "import " + module).waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                continue;
            }
        }
        assumeTrue(false, "not installed: " + module + " for Python 3 (Debian package " + debianPackage
                + "); the comparison with it is skipped");
        return null;
    }

    /** The folder of a package of npm, which is installed for all users, for the project or in NODE_PATH. */
    static Path node(String name) {
        List<Path> folders = new ArrayList<>();
        for (String each : System.getenv().getOrDefault("NODE_PATH", "").split(":")) {
            folders.add(Path.of(each));
        }
        for (Path each = Path.of("").toAbsolutePath(); each != null; each = each.getParent()) {
            folders.add(each.resolve("node_modules"));
        }
        folders.addAll(List.of(Path.of("/usr/local/lib/node_modules"), Path.of("/usr/lib/node_modules"),
                Path.of("/usr/share/nodejs")));
        Path found = folders.stream().map(each -> each.resolve(name)).filter(Files::isDirectory).findFirst()
                .orElse(null);
        assumeTrue(found != null, "not installed: " + name + " (npm install " + name
                + "; NODE_PATH names its folder); the comparison with it is skipped");
        return found;
    }

    private static Process start(Path folder, String... command) throws IOException {
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
    }

    /** Runs a program that has to succeed within two minutes. */
    static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = start(folder, command);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " runs for more than two minutes");
        }
        String log = Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1);
        if (process.exitValue() != 0) {
            throw new AssertionError(List.of(command) + " fails: " + log);
        }
        return log;
    }

    /** Columns of numbers, as {@code [row][column]}. */
    static double[][] table(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> Arrays.stream(line.trim().split("\\s+")).mapToDouble(Double::parseDouble)
                    .toArray()).toArray(double[][]::new);
        }
    }

    static void write(Path file, double[] numbers) throws IOException {
        List<String> lines = new ArrayList<>();
        for (double number : numbers) {
            lines.add(Double.toString(number));
        }
        Files.write(file, lines);
    }
}
