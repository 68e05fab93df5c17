package org.nagumo.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.dataset.TrajectorySet;

/** The neuron that CONTRIBUTING shows: its file, its protocol and the commands, word for word. */
class ContributedNeuronTest {

    @TempDir
    private Path folder;

    /** The n-th block of a kind below the heading of the neuron. */
    private static String block(String kind, int n) throws IOException {
        String text = Files.readString(Path.of("..", "CONTRIBUTING.md"));
        int start = text.indexOf("\n## A neuron\n");
        for (int i = 0; i <= n; i++) {
            start = text.indexOf("```" + kind + "\n", start) + kind.length() + 4;
        }
        return text.substring(start, text.indexOf("\n```", start) + 1);
    }

    /** Runs a command whose files are in the folder; its standard output. */
    private String nagumo(String line) {
        String[] arguments = Stream.of(line.replace("$ ./nagumo ", "").split(" "))
                .map(word -> word.matches("(.+\\.(ode|yaml|csv)|data)") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true));
        try {
            assertThat(Nagumo.execute(new Nagumo(), arguments)).as(line).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString();
    }

    @Test
    void aNeuronIsAFileThatNothingIsBuiltFor() throws Exception {
        Files.writeString(folder.resolve("my-neuron.ode"), block("ode", 0));
        Files.writeString(folder.resolve("steps.yaml"), block("yaml", 0));
        List<String> portrait = block("console", 0).lines().toList();
        // The last digits of the cycle's multipliers are rounding errors.
        List<String> expected = portrait.subList(2, portrait.size()).stream().map(ContributedNeuronTest::withoutMultipliers)
                .toList();
        assertThat(nagumo(portrait.get(0)).lines().map(ContributedNeuronTest::withoutMultipliers))
                .containsExactlyElementsOf(expected);
        block("console", 1).lines().forEach(this::nagumo);
        List<String> trace = Files.readAllLines(folder.resolve("trace.csv"));
        assertThat(trace).hasSize(601);
        double highest = trace.stream().skip(1).mapToDouble(row -> Double.parseDouble(row.split(",")[2])).max()
                .orElseThrow();
        assertThat(highest).isGreaterThan(1);
        assertThat(TrajectorySet.read(folder.resolve("data")).size()).isEqualTo(1);
    }

    private static String withoutMultipliers(String line) {
        return line.replaceFirst(", multipliers .*", "");
    }
}
