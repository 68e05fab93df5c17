package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.experiments.evaluate.Evaluation;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FiguresTest {

    private static final List<Figure> FIGURES = EvaluationFigures.draw(Samples.evaluation());
    private static final Figure FIRING = PortraitFigure.draw(Samples.portrait(0.5));

    private static BufferedImage image(Figure figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(figure.png()));
    }

    private static long pixels(BufferedImage image, Color color) {
        long count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += (image.getRGB(x, y) & 0xffffff) == (color.getRGB() & 0xffffff) ? 1 : 0;
            }
        }
        return count;
    }

    private static Document svg(Figure figure) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new ByteArrayInputStream(new byte[0])));
        return builder.parse(new ByteArrayInputStream(figure.svg()));
    }

    @Test
    void everyFigureOfAnEvaluationShowsAllThreeSystemsInTheirColours() throws Exception {
        assertThat(FIGURES).extracting(Figure::name)
                .containsExactly("step", "rebound", "noise", "fi", "latency", "spike-shape");
        for (Figure figure : FIGURES) {
            BufferedImage image = image(figure);
            assertThat(image.getWidth()).isEqualTo(2 * Style.WIDTH);
            for (Color color : List.of(Style.NEURON, Style.NETWORK, Style.REDUCTION)) {
                assertThat(pixels(image, color)).as(figure.name() + " in " + color).isGreaterThan(500);
            }
            assertThat(svg(figure).getDocumentElement().getTagName()).isEqualTo("svg");
        }
    }

    /** Each stretch of a line is an element of its own there, and 2000 samples would make half a megabyte. */
    @Test
    void vectorGraphicsStaySmall() {
        for (Figure figure : FIGURES) {
            assertThat(figure.svg().length).as(figure.name()).isLessThan(400_000);
        }
        assertThat(FIRING.svg().length).isLessThan(1_000_000);
    }

    @Test
    void systemsThatNeverFireAndSystemsOfOneNameAreDrawn() throws Exception {
        Evaluation silent = new Evaluation(Samples.silent("hh"), Samples.silent("rinzel"), Samples.silent("rinzel"));
        List<Figure> figures = EvaluationFigures.draw(silent);
        assertThat(figures).hasSize(6);
        assertThat(pixels(image(figures.get(0)), Style.NETWORK)).isGreaterThan(500);
    }

    @Test
    void aPortraitShowsNullclinesFlowOrbitCycleAndEquilibria() throws Exception {
        Figure figure = FIRING;
        assertThat(figure.name()).isEqualTo("portrait-0.5");
        assertThat(figure.title()).isEqualTo("Phase portrait of fhn at 0.5 \u00b5A/cm\u00b2");
        assertThat(figure.caption()).contains("one equilibrium").contains("settles to a limit cycle");
        BufferedImage image = image(figure);
        for (Color color : List.of(Style.FIRST_NULLCLINE, Style.SECOND_NULLCLINE, Style.NETWORK, Style.FLOW)) {
            assertThat(pixels(image, color)).as("pixels in " + color).isGreaterThan(500);
        }
        assertThat(Samples.portrait(0.5).equilibria().get(0).kind()).isEqualTo(new EquilibriumKind.Focus(false));
        Figure rest = PortraitFigure.draw(Samples.portrait(-0.5));
        assertThat(rest.name()).isEqualTo("portrait-m0.5");
        assertThat(rest.caption()).contains("comes to rest").contains("\u22120.5");
        assertThat(svg(rest).getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void aFigureIsWrittenInBothFormatsAndLeavesNothingElse(@TempDir Path folder) throws IOException {
        Figure figure = FIGURES.get(3);
        figure.write(folder.resolve("figures"));
        try (Stream<Path> files = Files.list(folder.resolve("figures"))) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("fi.png", "fi.svg");
        }
        assertThat(Files.readAllBytes(folder.resolve("figures/fi.png"))).isEqualTo(figure.png());
    }
}
