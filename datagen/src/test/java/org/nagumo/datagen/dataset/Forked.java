package org.nagumo.datagen.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.dataset.DatasetGenerator.Options;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.protocol.Protocol;

/** Generates a data set in a process of its own, which may be killed or run by other rules. */
final class Forked {

    private Forked() {
    }

    /** Protocol, folder, threads, how to begin; prints a line whenever samples are done. */
    public static void main(String[] args) {
        DatasetGenerator.generate(Protocol.read(Path.of(args[0])), Path.of(args[1]), new Options(
                EnumSet.allOf(Format.class), Integer.parseInt(args[2]), Beginning.valueOf(args[3]), n -> {
                    System.out.println(n);
                    System.out.flush();
                }));
    }

    /** Starts a process with a main class of the tests. */
    static Process start(List<String> flags, Class<?> main, Object... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+IgnoreUnrecognizedVMOptions",
                "-cp", System.getProperty("java.class.path")));
        command.addAll(flags);
        command.add(main.getName());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Waits for the end, which has to be a good one; returns what was printed. */
    static String await(Process process) throws IOException, InterruptedException {
        try (BufferedReader reader = process.inputReader()) {
            StringBuilder text = new StringBuilder();
            reader.lines().forEach(line -> text.append(line).append('\n'));
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("exit code " + code + ": " + text);
            }
            return text.toString();
        }
    }
}
