package org.nagumo.experiments.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.notebook.Cells.CellException;

class CellsTest {

    private static final Cells CELLS = new Cells();

    @AfterAll
    static void close() {
        CELLS.close();
    }

    @Test
    void aCellsValueIsThatOfItsLastExpression() {
        assertThat(CELLS.run("int a = 3;\nint square(int x) {\n    return x * x;\n}\nsquare(a) + 1")).isEqualTo("10");
        assertThat(CELLS.run("a++;\nint b = a;")).isNull();
        assertThat(CELLS.run("// nothing\n")).isNull();
        assertThat(CELLS.run("b")).isEqualTo("4");
    }

    @Test
    void whatIsWrongIsSaidWithTheLine() {
        assertThatThrownBy(() -> CELLS.run("int x = \"text\";")).isInstanceOf(CellException.class)
                .hasMessageContaining("incompatible types").hasMessageContaining("in: int x = \"text\";");
        assertThatThrownBy(() -> CELLS.run("int half( {")).isInstanceOf(CellException.class);
        assertThatThrownBy(() -> CELLS.run("List.of(1, 2")).isInstanceOf(CellException.class)
                .hasMessageContaining("not complete");
        assertThatThrownBy(() -> CELLS.run("Integer.parseInt(\"x\");")).isInstanceOf(CellException.class)
                .hasMessageContaining("java.lang.NumberFormatException: For input string: \"x\"");
        assertThatThrownBy(() -> CELLS.run("void later() { notThere(); }\nlater();")).isInstanceOf(CellException.class)
                .hasMessageContaining("notThere");
    }

    @Test
    void aPlotIsShownWithItsTitle() throws Exception {
        List<String> titles = new ArrayList<>();
        List<byte[]> pictures = new ArrayList<>();
        Show.on((png, text) -> {
            pictures.add(png);
            titles.add(text);
        });
        CELLS.run("import org.nagumo.experiments.report.Plot;\nshow(Plot.of(\"Squares\", \"x\", \"y\").line(\"x\","
                + " new double[] {1, 2, 3}, new double[] {1, 4, 9}).points(\"p\", new double[] {2}, new double[] {4}));");
        assertThat(titles).containsExactly("Squares");
        assertThat(ImageIO.read(new ByteArrayInputStream(pictures.get(0))).getWidth()).isEqualTo(900);
    }

    @Test
    void codeIsCompleted() {
        int[] from = {0};
        assertThat(CELLS.completions("Math.sq", 7, from)).contains("sqrt(");
        assertThat(from[0]).isEqualTo(5);
    }

    @Test
    void aFileThatIsNoNotebookIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("x.ipynb"), "{\"cells\": [");
        assertThatThrownBy(() -> NotebookFile.read(file)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": is no notebook");
    }
}
