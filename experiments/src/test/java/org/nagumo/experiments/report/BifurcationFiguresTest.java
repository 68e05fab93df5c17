package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.dynamics.FlowModel;

/** The figures of bifurcation diagrams say whose they are and what is stable. */
class BifurcationFiguresTest {

    /** What unstable lines are drawn with. */
    private static final String DASHES = "stroke-dasharray:7,7";

    private static List<Figure> draw(String... neurons) {
        return BifurcationFigures.draw(Stream.of(neurons).map(Neurons::named).map(FlowModel::of)
                .map(model -> new BifurcationFigures.Entry(model, model.diagram(-0.2, 1))).toList());
    }

    private static String svg(Figure figure) {
        return new String(figure.svg(), StandardCharsets.UTF_8);
    }

    @Test
    void oneSystemOrTwo() {
        List<Figure> one = draw("fhn");
        assertThat(one).extracting(Figure::name).containsExactly("bifurcation", "bifurcation-frequency");
        assertThat(one).extracting(Figure::title).containsExactly("Equilibria and cycles of fhn",
                "Frequency of the cycles of fhn");
        assertThat(one).allSatisfy(figure -> assertThat(svg(figure)).contains(DASHES)
                .contains("rgb(0,114,178)").doesNotContain("rgb(154,154,154)").doesNotContain("NaN"));
        List<Figure> two = draw("fhn", "bvp");
        assertThat(two).extracting(Figure::title).containsExactly("Equilibria and cycles of fhn and bvp",
                "Frequency of the cycles of fhn and bvp");
        assertThat(svg(two.get(0))).contains("rgb(0,114,178)").contains("rgb(154,154,154)");
    }

    @Test
    void systemsThatOnlyRest() {
        List<Figure> figures = draw("hh");
        assertThat(svg(figures.get(0))).doesNotContain(DASHES);
        assertThat(figures.get(1).png()).isNotEmpty();
    }
}
