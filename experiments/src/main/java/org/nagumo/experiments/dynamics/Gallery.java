package org.nagumo.experiments.dynamics;

import java.util.List;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.Region;
import org.nagumo.core.gru.GruGallery;

/** The portraits of {@link GruGallery}: the whole square in which the states of two units lie. */
public final class Gallery {

    /** Range of the input in which the gallery's bifurcations lie. */
    private static final double RANGE = 3;

    private static final Region SQUARE = new Region(-1.1, 1.1, -1.1, 1.1);
    private static final double[] START = {0.9, 0.95};

    /** Closed gates make networks slow. */
    private static final double LONGEST_MS = 20_000;

    private Gallery() {
    }

    /**
     * One portrait for each example, in their order: without input, or, of an example with bifurcations, half way
     * between its Hopf point and its homoclinic orbit.
     */
    public static List<PortraitRecord> portraits() {
        return GruGallery.all().stream().map(Gallery::portrait).toList();
    }

    /** The portrait of one example. */
    public static PortraitRecord portrait(GruGallery.Example example) {
        FlowModel model = FlowModel.of(example);
        if (example.bifurcations().isEmpty()) {
            List<PeriodicOrbit> orbits = LimitCycle.from(model.field(), 0, START, LONGEST_MS)
                    .flatMap(cycle -> PeriodicOrbit.near(model.field(), 0, cycle, new double[] {1, 1})).stream()
                    .toList();
            return Portraits.planar(model, 0, orbits, SQUARE, START, LONGEST_MS / 10);
        }
        BifurcationDiagram diagram = model.diagram(-RANGE, RANGE);
        double input = (first(diagram, Kind.HOPF) + first(diagram, Kind.HOMOCLINIC)) / 2;
        return Portraits.planar(model, input, model.orbits(diagram, input), SQUARE, START, LONGEST_MS / 10);
    }

    private static double first(BifurcationDiagram diagram, Kind kind) {
        return diagram.points(kind).stream().mapToDouble(BifurcationPoint::input).findFirst().orElseThrow();
    }
}
