package org.nagumo.experiments.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.complex.Complex;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationDiagram.Gap;
import org.nagumo.core.bifurcation.EulerMap;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.CycleSearch;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.Orbit;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.core.dynamics.Region;
import org.nagumo.core.interval.Interval;

/**
 * Phase portraits, framed around the states that a system visits between strong hyperpolarisation and fast firing. A
 * system of more or fewer than two state variables is projected on a plane, without nullclines and flow.
 */
public final class Portraits {

    /** Durations in units of time: of the orbit that is drawn, and of those that frame the picture. */
    private static final double ORBIT = 400;
    private static final double PROBE = 100;
    private static final double MARGIN = 0.15;

    /** Steps of the orbit between the points that are kept. */
    private static final int KEPT = 2;

    private Portraits() {
    }

    /** The periodic orbits and the equilibria at a current, without a picture. */
    public static PortraitRecord facts(FlowModel model, BifurcationDiagram diagram, double current) {
        return facts(model, current, model.equilibria(current), model.orbits(diagram, current), gaps(diagram, current));
    }

    /**
     * The whole portrait at a current.
     *
     * @param diagram where the periodic orbits are taken from; its range must hold the current
     */
    public static PortraitRecord of(FlowModel model, BifurcationDiagram diagram, double current) {
        EquilibriumSearch found = model.equilibria(current);
        List<PeriodicOrbit> orbits = model.orbits(diagram, current);
        return facts(model, current, found, orbits, gaps(diagram, current))
                .with(view(model, current, found.equilibria(), orbits));
    }

    /**
     * The portrait of a planar system in a given frame.
     *
     * @param orbits     its periodic orbits
     * @param start      where the orbit that is drawn begins
     * @param durationMs how long it is followed
     */
    static PortraitRecord planar(FlowModel model, double current, List<PeriodicOrbit> orbits, Region frame,
            double[] start, double durationMs) {
        EquilibriumSearch found = model.equilibria(current);
        return facts(model, current, found, orbits, List.of()).with(view(model, orbits, found.equilibria(),
                PhasePortrait.of(model.field(), current, frame, start, durationMs)));
    }

    private static List<Gap.Reason> gaps(BifurcationDiagram diagram, double current) {
        return diagram.gaps().stream().filter(gap -> gap.input() == current).map(Gap::reason).distinct().toList();
    }

    private static PortraitRecord facts(FlowModel model, double current, EquilibriumSearch found,
            List<PeriodicOrbit> orbits, List<Gap.Reason> gaps) {
        return new PortraitRecord(model.name(), current, found.method(), found.complete(), found.certificate(),
                found.box().stream().map(side -> new double[] {side.low(), side.high()}).toArray(double[][]::new),
                found.equilibria().stream().map(e -> new PortraitRecord.Rest(e.state(),
                        model.voltageMv().applyAsDouble(e.state()), pairs(e.eigenvalues()), found.certified(),
                        model.map().map(map -> new PortraitRecord.SteppedRest(pairs(map.multipliers(e)), map.stable(e),
                                EulerMap.longestStableStepMs(e))).orElse(null))).toList(),
                orbits.stream().map(orbit -> cycle(model, orbit)).toList(), gaps,
                model.map().map(EulerMap::dtMs).orElse(null), null, model.statedUnits());
    }

    private static PortraitRecord.Cycle cycle(FlowModel model, PeriodicOrbit orbit) {
        double[] range = model.voltageRangeMv(orbit);
        return new PortraitRecord.Cycle(orbit.periodMs(), range[0], range[1], pairs(orbit.multipliers()),
                orbit.stable(), model.map().filter(map -> orbit.stable()).map(map -> {
                    EulerMap.Circle circle = map.circle(orbit);
                    double longest = EulerMap.longestTurningStepMs(model.field(), orbit);
                    return new PortraitRecord.SteppedCycle(circle == null ? null : circle.meanPeriodMs(),
                            Double.isFinite(longest) ? longest : null);
                }).orElse(null));
    }

    private static double[][] pairs(List<Complex> numbers) {
        // Without negative zeros.
        return numbers.stream().map(z -> new double[] {z.getReal() + 0.0, z.getImaginary() + 0.0})
                .toArray(double[][]::new);
    }

    private static PortraitRecord.View view(FlowModel model, double current, List<Equilibrium> equilibria,
            List<PeriodicOrbit> orbits) {
        Orbit below = follow(model, -model.probeCurrent(), rest(model));
        double[] hyperpolarised = below.last();
        Orbit firing = follow(model, model.probeCurrent(), hyperpolarised);
        Orbit beyond = follow(model, Math.abs(current) > Math.abs(model.probeCurrent()) ? current
                : model.probeCurrent(), firing.last());
        FlowModel.Plane plane = model.plane();
        List<double[][]> cycles = orbits.stream().map(o -> plane.project(o.sampled(model.field()))).toList();
        double[][] places = equilibria.stream().map(e -> plane.of().apply(e.state())).toArray(double[][]::new);
        List<double[]> visited = new ArrayList<>(Arrays.asList(places));
        cycles.forEach(cycle -> visited.addAll(Arrays.asList(cycle)));
        Stream.of(below, firing, beyond).forEach(o -> visited.addAll(Arrays.asList(plane.project(o.points()))));
        Region frame = frame(visited);
        if (model.field().dimension() != 2) {
            Orbit orbit = Orbit.follow(model.field(), current, hyperpolarised, ORBIT * model.timeUnit());
            CycleSearch search = LimitCycle.search(model.field(), current, hyperpolarised,
                    Math.max(model.settling(), 10 * ORBIT * model.timeUnit()));
            return new PortraitRecord.View(plane.x(), plane.xUnit(), plane.y(), plane.yUnit(), frame,
                    List.of(), List.of(), List.of(),
                    new double[0][], places, cycles, thinned(plane.project(orbit.points())), search.outcome());
        }
        return view(model, orbits, equilibria,
                PhasePortrait.of(model.field(), current, frame, hyperpolarised,
                        ORBIT * model.timeUnit()));
    }

    private static PortraitRecord.View view(FlowModel model, List<PeriodicOrbit> orbits, List<Equilibrium> equilibria,
            PhasePortrait p) {
        return new PortraitRecord.View(model.plane().x(), model.plane().xUnit(), model.plane().y(),
                model.plane().yUnit(), p.region(), p.xNullcline(), p.yNullcline(),
                p.separatrices().stream().flatMap(s -> Stream.concat(s.stable().stream(), s.unstable().stream()))
                        .map(Portraits::thinned).toList(),
                p.flow(), equilibria.stream().map(Equilibrium::state).toArray(double[][]::new),
                orbits.stream().map(o -> o.sampled(model.field())).toList(), thinned(p.orbit().points()),
                p.search().outcome());
    }

    /** Where the system rests without current; without any equilibrium there, the middle of where it could be. */
    private static double[] rest(FlowModel model) {
        List<Equilibrium> atRest = model.equilibria(0).equilibria();
        return atRest.stream().filter(Equilibrium::stable).findFirst().or(() -> atRest.stream().findFirst())
                .map(Equilibrium::state).orElseGet(() -> Arrays.stream(model.regions().between(0, 0))
                        .mapToDouble(Interval::middle).toArray());
    }

    private static Orbit follow(FlowModel model, double current, double[] start) {
        return Orbit.follow(model.field(), current, start, PROBE * model.timeUnit());
    }

    private static double[][] thinned(double[][] points) {
        return IntStream.range(0, points.length).filter(i -> i % KEPT == 0 || i == points.length - 1)
                .mapToObj(i -> points[i]).toArray(double[][]::new);
    }

    private static Region frame(List<double[]> visited) {
        double[] bounds = new double[4];
        for (int k = 0; k < 2; k++) {
            int axis = k;
            double low = visited.stream().mapToDouble(x -> x[axis]).min().orElseThrow();
            double high = visited.stream().mapToDouble(x -> x[axis]).max().orElseThrow();
            double margin = MARGIN * (high - low) + 1e-3;
            bounds[2 * k] = low - margin;
            bounds[2 * k + 1] = high + margin;
        }
        return new Region(bounds[0], bounds[1], bounds[2], bounds[3]);
    }
}
