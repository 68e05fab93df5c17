package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.dynamics.CertifiedEquilibria;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.interval.Interval;

/** The gallery's labels, proven. */
class GruGalleryTest {

    private static final Interval UNIT = new Interval(-1.001, 1.001);

    static Stream<GruGallery.Example> examples() {
        return GruGallery.all().stream();
    }

    static Stream<GruGallery.Example> diagrams() {
        return GruGallery.all().stream().filter(e -> !e.bifurcations().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theEquilibriaAreAllThereAreAndOfTheKindsThatTheLabelNames(GruGallery.Example example) {
        EquilibriumSearch search = CertifiedEquilibria.in(example.field(), 0, UNIT, UNIT);
        assertThat(search.complete()).isTrue();
        Map<String, Integer> kinds = new TreeMap<>(Map.of("sink", 0, "saddle", 0, "source", 0));
        search.equilibria().forEach(e -> kinds.merge(e.stable() ? "sink"
                : e.kind() instanceof EquilibriumKind.Saddle ? "saddle"
                : e.kind() instanceof EquilibriumKind.NonHyperbolic ? "other" : "source", 1, Integer::sum));
        assertThat(kinds).isEqualTo(Map.of("sink", example.sinks(), "saddle", example.saddles(), "source",
                example.sources()));
        // The flow points into the cube of states: Poincare and Hopf's sum of indices is 1.
        assertThat(example.sinks() - example.saddles() + example.sources()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void theBifurcationsAreThoseOfTheLabel(GruGallery.Example example) {
        BifurcationDiagram diagram = BifurcationDiagram.of(example.field(), -3, 3,
                BifurcationDiagram.Search.in(300, UNIT, UNIT));
        assertThat(diagram.complete()).isTrue();
        assertThat(diagram.points().stream().map(BifurcationPoint::kind).filter(k -> k != BifurcationPoint.Kind.FOLD)
                .map(k -> k.toString().toLowerCase(Locale.ROOT).replace('_', '-')).toList())
                .isEqualTo(example.bifurcations());
    }

    @Test
    void theOscillatorSettlesToALimitCycleFromAllSides() {
        GruGallery.Example oscillator = GruGallery.all().get(0);
        assertThat(oscillator.name()).endsWith("an oscillator");
        List<Double> periods = Stream.of(new double[] {0.9, 0.9}, new double[] {-0.9, 0.2}, new double[] {0, -0.1})
                .map(start -> LimitCycle.from(oscillator.field(), 0, start, 2000).orElseThrow().periodMs())
                .toList();
        assertThat(periods).allSatisfy(period -> assertThat(period).isCloseTo(periods.get(0), within(1e-5)));
    }

    @Test
    void itReachesFromOneToThirteenEquilibria() {
        List<Integer> counts = GruGallery.all().stream().map(e -> e.sinks() + e.saddles() + e.sources()).distinct()
                .sorted().toList();
        assertThat(counts).containsExactly(1, 3, 5, 7, 9, 11, 13);
    }
}
