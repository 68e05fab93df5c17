package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.dynamics.Comparison;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.RecordFile;

/** The figures of bifurcation diagrams say whose they are and what is stable. */
class BifurcationFiguresTest {

    /** What unstable lines are drawn with. */
    private static final String DASHES = "stroke-dasharray:7,7";

    private static Comparison compare(String... neurons) {
        return Comparison.of(Stream.of(neurons).map(Neurons::named).map(FlowModel::of).toList(), -0.2, 1);
    }

    private static List<Figure> draw(String... neurons) {
        return BifurcationFigures.draw(compare(neurons));
    }

    private static String svg(Figure figure) {
        return new String(figure.svg(), StandardCharsets.UTF_8);
    }

    @Test
    void oneSystemOrTwo() {
        List<Figure> one = draw("fhn");
        assertThat(one).extracting(Figure::name).containsExactly("overview", "bifurcation",
                "bifurcation-frequency");
        assertThat(one).extracting(Figure::title).containsExactly("The dynamics of fhn", "Equilibria and cycles of fhn",
                "Frequency of the cycles of fhn");
        assertThat(one).allSatisfy(figure -> assertThat(svg(figure)).contains(DASHES)
                .contains("rgb(0,114,178)").doesNotContain("rgb(154,154,154)").doesNotContain("NaN"));
        List<Figure> two = draw("fhn", "bvp");
        assertThat(two).extracting(Figure::name).startsWith("comparison");
        assertThat(two).extracting(Figure::title).containsExactly("The dynamics of fhn and bvp",
                "Equilibria and cycles of fhn and bvp", "Frequency of the cycles of fhn and bvp");
        assertThat(svg(two.get(1))).contains("rgb(0,114,178)").contains("rgb(154,154,154)");
    }

    @Test
    void theFigureOfAllShowsDiagramsAndPortraitsAndItsCaptionTheCurrents() throws IOException {
        Figure all = draw("fhn", "bvp").get(0);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(all.png()));
        assertThat(image.getWidth()).isEqualTo(3200);
        assertThat(image.getHeight()).isEqualTo(2240);
        // The neuron's line, the network's, the nullclines of both portraits.
        assertThat(svg(all)).contains("rgb(154,154,154)", "rgb(0,114,178)", "rgb(213,94,0)", "rgb(0,158,115)");
        assertThat(all.caption()).contains("Hopf point, subcritical: fhn 0.3313; bvp -.")
                .contains("fold of cycles: fhn 0.3242; bvp -.");
    }

    @Test
    void aRecordThatWasSavedIsDrawnAsTheOneThatWasComputed(@TempDir Path folder) {
        Comparison computed = compare("fhn");
        Path file = folder.resolve("overview.json");
        RecordFile.write(file, computed);
        List<Figure> drawn = BifurcationFigures.draw(computed);
        List<Figure> again = BifurcationFigures.draw(RecordFile.read(file, Comparison.class));
        for (int k = 0; k < drawn.size(); k++) {
            assertThat(again.get(k).png()).isEqualTo(drawn.get(k).png());
            assertThat(again.get(k).caption()).isEqualTo(drawn.get(k).caption());
        }
    }

    @Test
    void systemsThatOnlyRest() {
        List<Figure> figures = draw("hh");
        assertThat(svg(figures.get(1))).doesNotContain(DASHES);
        assertThat(figures.get(2).png()).isNotEmpty();
    }
}
