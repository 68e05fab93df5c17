package org.nagumo.experiments.dynamics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.nagumo.core.bifurcation.BifurcationDiagram.Gap;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.CycleBranch;
import org.nagumo.core.bifurcation.EquilibriumBranch;
import org.nagumo.core.bifurcation.EulerMap;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.datagen.neuron.PhysicalUnits;

/**
 * A bifurcation diagram in numbers that need no system any more: what is printed, saved and drawn.
 *
 * @param model               name of the system
 * @param from                lowest current in uA/cm2
 * @param to                  highest current
 * @param complete            whether the list of equilibria was proven complete wherever it was sought
 * @param certificate         what is known about those lists; null in records of earlier versions
 * @param box                 where equilibria were sought, {@code [state variable][lowest, highest]}; null in records
 *                            of earlier versions; not to be modified
 * @param gaps                orbits of the search that gave no branch; null in records of earlier versions
 * @param points              where the picture changes, by rising current
 * @param eulerMap            the system in the steps in which it runs; null for a neuron
 * @param equilibriumBranches equilibria against the current
 * @param cycleBranches       periodic orbits against the current
 * @param units               units of current, potential and time; null for uA/cm2, mV and ms
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DiagramRecord(String model, double from, double to, boolean complete, Certificate certificate,
        @JsonProperty("search_box") double[][] box, List<Gap> gaps, List<Point> points,
        @JsonProperty("euler_map") SteppedRest eulerMap,
        @JsonProperty("equilibrium_branches") List<RestCurve> equilibriumBranches,
        @JsonProperty("cycle_branches") List<CycleCurve> cycleBranches, PhysicalUnits units) {

    /** At a fold of cycles, where the stable ones end, the multiplier is 1 but for its error. */
    private static final double AT_A_FOLD = 1e-4;

    /**
     * A current at which the picture changes.
     *
     * @param kind      what happens
     * @param current   in uA/cm2
     * @param voltageMv membrane potential there
     * @param state     the equilibrium: of a fold or a Hopf point, or the saddle of a homoclinic orbit; else null
     * @param periodMs  period of the cycle, at a Hopf point of those that are born; null where there is none
     * @param critical  of a Hopf point; null when it is none, or its coefficient cannot be told from zero
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(Kind kind, double current, @JsonProperty("voltage_mV") double voltageMv, double[] state,
            @JsonProperty("period_ms") Double periodMs, Criticality critical) {
    }

    /**
     * What Euler's method makes of the rest.
     *
     * @param dtMs             its step
     * @param stabilityChanges currents at which, run in these steps, an equilibrium gains or loses its stability
     */
    public record SteppedRest(@JsonProperty("dt_ms") double dtMs,
            @JsonProperty("stability_changes") List<Double> stabilityChanges) {
    }

    /** Equilibria along a curve: the current, the membrane potential, and whether small disturbances die out. */
    public record RestCurve(double[] current, @JsonProperty("voltage_mV") double[] voltageMv, boolean[] stable) {
    }

    /**
     * Periodic orbits along a curve.
     *
     * @param end          why it ends
     * @param stableFrom   lowest current of its stable orbits and of the folds at which they end; null without any
     * @param stableTo     highest such current
     * @param current      of each orbit
     * @param periodMs     its period
     * @param voltageMinMv its lowest potential
     * @param voltageMaxMv its highest potential
     * @param stable       whether it attracts
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CycleCurve(CycleBranch.End end, @JsonProperty("stable_from") Double stableFrom,
            @JsonProperty("stable_to") Double stableTo, double[] current, @JsonProperty("period_ms") double[] periodMs,
            @JsonProperty("voltage_min_mV") double[] voltageMinMv,
            @JsonProperty("voltage_max_mV") double[] voltageMaxMv, boolean[] stable) {
    }

    public DiagramRecord {
        gaps = gaps == null ? null : List.copyOf(gaps);
        points = List.copyOf(points);
        equilibriumBranches = List.copyOf(equilibriumBranches);
        cycleBranches = List.copyOf(cycleBranches);
    }

    /** The record of a diagram. */
    public static DiagramRecord of(FlowModel model, BifurcationDiagram diagram) {
        return new DiagramRecord(model.name(), diagram.from(), diagram.to(), diagram.complete(),
                diagram.certificate(), diagram.box().stream().map(side -> new double[] {side.low(), side.high()})
                        .toArray(double[][]::new), diagram.gaps(),
                diagram.points().stream().map(p -> point(model, p)).toList(),
                model.map().map(map -> new SteppedRest(map.dtMs(), changes(map, diagram))).orElse(null),
                diagram.equilibriumBranches().stream().map(b -> curve(model, b)).toList(),
                diagram.cycleBranches().stream().map(b -> curve(model, b)).toList(), model.statedUnits());
    }

    /**
     * What is known about the equilibria.
     *
     * @return the certificate, also of records of earlier versions
     */
    public Certificate known() {
        return certificate != null ? certificate : complete ? Certificate.PROVEN : Certificate.UNDECIDED;
    }

    /**
     * The currents at which orbits of the search gave no branch for a reason.
     *
     * @param reason the reason
     * @return the currents, ascending
     */
    public List<Double> gaps(Gap.Reason reason) {
        return gaps == null ? List.of()
                : gaps.stream().filter(gap -> gap.reason() == reason).map(Gap::input).sorted().toList();
    }

    /** Units of current, potential and time. */
    public PhysicalUnits physical() {
        return units == null ? PhysicalUnits.MEMBRANE : units;
    }

    private static Point point(FlowModel model, BifurcationPoint p) {
        boolean atRest = switch (p.kind()) {
            case FOLD, HOPF, HOMOCLINIC -> true;
            case FOLD_OF_CYCLES, PERIOD_DOUBLING -> false;
        };
        return new Point(p.kind(), p.input(), model.voltageMv().applyAsDouble(p.state()),
                atRest ? p.state().clone() : null, Double.isFinite(p.periodMs()) ? p.periodMs() : null,
                p.critical() == Criticality.NONE ? null : p.critical());
    }

    private static List<Double> changes(EulerMap map, BifurcationDiagram diagram) {
        return diagram.equilibriumBranches().stream().flatMap(b -> map.changes(b).stream()).sorted().toList();
    }

    private static RestCurve curve(FlowModel model, EquilibriumBranch branch) {
        boolean[] stable = new boolean[branch.equilibria().size()];
        for (int i = 0; i < stable.length; i++) {
            stable[i] = branch.equilibria().get(i).stable();
        }
        return new RestCurve(branch.inputs().stream().mapToDouble(u -> u).toArray(), branch.equilibria().stream()
                .mapToDouble(e -> model.voltageMv().applyAsDouble(e.state())).toArray(), stable);
    }

    private static CycleCurve curve(FlowModel model, CycleBranch branch) {
        List<PeriodicOrbit> orbits = branch.orbits();
        boolean[] stable = new boolean[orbits.size()];
        double[] low = new double[stable.length];
        double[] high = new double[stable.length];
        for (int i = 0; i < stable.length; i++) {
            stable[i] = orbits.get(i).stable();
            double[] range = model.voltageRangeMv(orbits.get(i));
            low[i] = range[0];
            high[i] = range[1];
        }
        List<Double> attracting = orbits.stream().filter(o -> o.largestMultiplier() < 1 + AT_A_FOLD)
                .map(PeriodicOrbit::input).sorted().toList();
        return new CycleCurve(branch.end(), attracting.isEmpty() ? null : attracting.get(0),
                attracting.isEmpty() ? null : attracting.get(attracting.size() - 1),
                orbits.stream().mapToDouble(PeriodicOrbit::input).toArray(),
                orbits.stream().mapToDouble(PeriodicOrbit::periodMs).toArray(), low, high, stable);
    }

    /** Currents of the points of one kind, by rising current; of Hopf points those of one criticality. */
    public List<Double> currents(Kind kind, Criticality critical) {
        return points.stream().filter(p -> p.kind() == kind && p.critical() == critical).map(Point::current).toList();
    }

    /** Lowest and highest current of stable cycles; empty when there are none. */
    public List<Double> stableCycles() {
        List<Double> ends = new ArrayList<>(cycleBranches.stream().filter(c -> c.stableFrom() != null)
                .flatMap(c -> Stream.of(c.stableFrom(), c.stableTo())).sorted(Comparator.naturalOrder()).toList());
        return ends.isEmpty() ? ends : List.of(ends.get(0), ends.get(ends.size() - 1));
    }
}
