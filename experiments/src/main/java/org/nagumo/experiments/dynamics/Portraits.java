package org.nagumo.experiments.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nagumo.core.dynamics.CycleSearch;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.Orbit;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.core.dynamics.Region;

/**
 * Phase portraits, framed around the states that a system visits between strong hyperpolarisation and fast firing. A
 * system of more than two state variables is projected on two of them, without nullclines and flow.
 */
public final class Portraits {

    private static final double ORBIT_MS = 400;
    private static final double PROBE_MS = 100;
    private static final double STEP_MS = 0.02;
    private static final double MARGIN = 0.15;

    private Portraits() {
    }

    /** The portrait at a current, with the orbit that follows the release from hyperpolarisation. */
    public static PhasePortrait of(FlowModel model, double current) {
        EquilibriumSearch atRest = model.equilibria(0);
        double[] rest = atRest.equilibria().stream().filter(Equilibrium::stable).findFirst()
                .or(() -> atRest.equilibria().stream().findFirst()).orElseThrow(() -> new IllegalArgumentException(
                        model.name() + " has no equilibrium without current; allowed: systems that rest")).state();
        double probe = model.probeCurrent();
        Orbit below = follow(model, -probe, rest);
        double[] hyperpolarised = below.points()[below.points().length - 1];
        Orbit firing = follow(model, probe, hyperpolarised);
        Orbit beyond = follow(model, Math.abs(current) > Math.abs(probe) ? current : probe,
                firing.points()[firing.points().length - 1]);
        List<double[]> visited = new ArrayList<>();
        Stream.of(below, firing, beyond).forEach(orbit -> visited.addAll(Arrays.asList(orbit.points())));
        Region frame = frame(model, visited);
        return model.field().dimension() == 2
                ? PhasePortrait.of(model.field(), current, frame, hyperpolarised, STEP_MS, ORBIT_MS)
                : projected(model, current, frame, hyperpolarised);
    }

    private static Orbit follow(FlowModel model, double current, double[] start) {
        return Orbit.follow(model.field(), current, start, STEP_MS, (int) Math.round(PROBE_MS / STEP_MS));
    }

    private static Region frame(FlowModel model, List<double[]> visited) {
        double[] bounds = new double[4];
        for (int k = 0; k < 2; k++) {
            int variable = model.plane()[k];
            double low = visited.stream().mapToDouble(x -> x[variable]).min().orElseThrow();
            double high = visited.stream().mapToDouble(x -> x[variable]).max().orElseThrow();
            double margin = MARGIN * (high - low) + 1e-3;
            bounds[2 * k] = low - margin;
            bounds[2 * k + 1] = high + margin;
        }
        return new Region(bounds[0], bounds[1], bounds[2], bounds[3]);
    }

    private static PhasePortrait projected(FlowModel model, double current, Region frame, double[] start) {
        Orbit orbit = Orbit.follow(model.field(), current, start, STEP_MS, (int) Math.round(ORBIT_MS / STEP_MS));
        CycleSearch search = LimitCycle.search(model.field(), current, start, STEP_MS, 10 * ORBIT_MS);
        Optional<LimitCycle> cycle = search.cycle().map(c -> new LimitCycle(c.periodMs(), project(model, c.points()),
                c.closureError(), c.multiplier()));
        EquilibriumSearch found = model.equilibria(current);
        List<String> names = Arrays.stream(model.plane()).mapToObj(model.field().stateNames()::get).toList();
        List<Equilibrium> equilibria = found.equilibria().stream().map(e -> new Equilibrium(project(model,
                new double[][] {e.state()})[0], e.eigenvalues())).toList();
        return new PhasePortrait(names, current, frame, List.of(), List.of(), new EquilibriumSearch(equilibria,
                found.method(), found.starts(), found.converged(), found.enclosures(), found.undecided()), List.of(),
                new Orbit(orbit.stepMs(), project(model, orbit.points()), orbit.finite()),
                new CycleSearch(search.outcome(), cycle), new double[0][]);
    }

    private static double[][] project(FlowModel model, double[][] points) {
        return Arrays.stream(points).map(x -> new double[] {x[model.plane()[0]], x[model.plane()[1]]})
                .toArray(double[][]::new);
    }
}
