package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Contest;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.Recorded;
import org.nagumo.experiments.reproduce.Evaluations;
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
    void aContestShowsEverySystemInAColourOfItsOwn() throws Exception {
        Evaluation network = Samples.evaluation();
        Evaluation reduction = Evaluation.of(network.battery(), network.teacherOrigin(),
                Evaluations.origin(Neurons.named("rinzel")), network.teacher(), network.baseline(), null);
        Figure figure = ContestFigure.draw(new Contest(List.of(new Contest.Entry("a", network),
                new Contest.Entry("b", reduction))));
        assertThat(figure.name()).isEqualTo("front");
        assertThat(pixels(image(figure), Style.NETWORK)).isGreaterThan(100);
        assertThat(pixels(image(figure), Style.FIRST_NULLCLINE)).isGreaterThan(100);
        assertThat(svg(figure).getDocumentElement().getTagName()).isEqualTo("svg");
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
        Evaluation silent = Samples.evaluation(Samples.silent("hh"), Samples.silent("rinzel"),
                Samples.silent("rinzel"));
        List<Figure> figures = EvaluationFigures.draw(silent);
        assertThat(figures).hasSize(6);
        assertThat(pixels(image(figures.get(0)), Style.NETWORK)).isGreaterThan(500);
    }

    @Test
    void withoutAReductionThereAreTwoSystemsAndWithoutTracesNoFigures() throws Exception {
        Evaluation two = Samples.evaluation(Samples.firing("hh", 40, 14.6), Samples.firing("gru-2", 30, 14.7), null);
        for (Figure figure : EvaluationFigures.draw(two)) {
            assertThat(pixels(image(figure), Style.NETWORK)).as(figure.name()).isGreaterThan(500);
            assertThat(pixels(image(figure), Style.REDUCTION)).as(figure.name()).isZero();
        }
        assertThatThrownBy(() -> EvaluationFigures.draw(two.withoutTraces())).hasMessageContaining("traces")
                .hasMessageContaining("allowed");
    }

    @Test
    void besideARecordingItsBeginningAndASpikeAreDrawnInItsUnits() throws Exception {
        Trace trace = new NeuronSimulator(Neurons.named("hh"), 1)
                .respond(List.of(new CurrentTrace(0.1, DoubleStream.generate(() -> 10).limit(700).toArray()))).get(0);
        Evaluation recorded = Evaluations.of(new Recorded(trace, NeuronScale.MEMBRANE), "cell.csv", "0123",
                new NeuronSimulator(Neurons.named("rinzel"), 1), samples -> { });
        List<Figure> figures = EvaluationFigures.draw(recorded);
        assertThat(figures).extracting(Figure::name).containsExactly("recording", "spike-shape");
        for (Figure figure : figures) {
            assertThat(pixels(image(figure), Style.NEURON)).as(figure.name()).isGreaterThan(500);
            assertThat(pixels(image(figure), Style.NETWORK)).as(figure.name()).isGreaterThan(500);
        }
    }

    @Test
    void dimensionlessNeuronsHaveNoUnitsInTheirFigures() {
        NeuronSimulator fhn = new NeuronSimulator(Neurons.named("fhn"), 2);
        Evaluation evaluation = Evaluations.of(new Battery(0.32, 1, NeuronScale.of(Neurons.named("fhn"))), Neurons.named("fhn"), fhn,
                2, () -> { });
        assertThat(EvaluationFigures.draw(evaluation)).hasSize(6).allSatisfy(figure -> {
            assertThat(figure.title() + figure.caption()).doesNotContain("mV", " ms", "A/cm");
            assertThat(new String(figure.svg(), StandardCharsets.UTF_8)).doesNotContain("mV", ", ms", "A/cm");
        });
    }

    @Test
    void aPortraitShowsNullclinesFlowOrbitCycleAndEquilibria() throws Exception {
        Figure figure = FIRING;
        assertThat(figure.name()).isEqualTo("portrait-0.5");
        assertThat(figure.title()).isEqualTo("Phase portrait of fhn at 0.5");
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
