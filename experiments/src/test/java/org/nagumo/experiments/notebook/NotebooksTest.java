package org.nagumo.experiments.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every notebook: in Jupyter where it is installed, elsewhere the same cells through the same JShell. */
class NotebooksTest {

    private static final Path FOLDER = Path.of("../notebooks");

    private static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void everyCellRuns(Path notebook, @TempDir Path folder) throws Exception {
        boolean jupyter = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "jupyter-nbconvert")));
        if (jupyter) {
            KernelSpec.write(folder);
            Path out = folder.resolve("executed.ipynb");
            ProcessBuilder convert = new ProcessBuilder("jupyter-nbconvert", "--to", "notebook", "--execute", "--output",
                    out.toAbsolutePath().toString(), notebook.toString()).redirectErrorStream(true);
            convert.environment().merge("JUPYTER_PATH", folder.toString(), (old, own) -> own + File.pathSeparator + old);
            Process process = convert.start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as("%s", said).isZero();
            assertComplete(out);
        } else {
            System.out.println(notebook + " runs without Jupyter, which is not installed");
            int[] pictures = {0};
            Show.on((png, text) -> pictures[0]++);
            try (Cells cells = new Cells()) {
                NotebookFile.read(notebook).code().forEach(cells::run);
            }
            assertThat(pictures[0]).isEqualTo(pictures(new ObjectMapper().readTree(notebook.toFile())));
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itsResultsAreSavedInIt(Path notebook) throws IOException {
        assertComplete(notebook);
        for (JsonNode text : new ObjectMapper().readTree(notebook.toFile()).findValues("text")) {
            assertThat(text.toString()).as("no path of the machine on which it was run")
                    .doesNotContainPattern("(?<![\\w.)])/\\w+/");
        }
    }

    /** No cell was left out or failed, and there are pictures. */
    private static void assertComplete(Path file) throws IOException {
        JsonNode notebook = new ObjectMapper().readTree(file.toFile());
        int expected = 1;
        for (JsonNode cell : notebook.get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                assertThat(cell.get("execution_count").asInt()).as("%s: %s", file, cell.get("source"))
                        .isEqualTo(expected++);
                assertThat(cell.get("outputs").findValuesAsText("output_type")).doesNotContain("error");
            }
        }
        assertThat(expected).isGreaterThan(5);
        assertThat(pictures(notebook)).isPositive();
    }

    private static int pictures(JsonNode notebook) {
        return notebook.findValues("image/png").size();
    }
}
