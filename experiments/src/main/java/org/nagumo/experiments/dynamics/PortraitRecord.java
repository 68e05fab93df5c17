package org.nagumo.experiments.dynamics;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.nagumo.core.bifurcation.BifurcationDiagram.Gap;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.core.dynamics.CycleSearch;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.Region;
import org.nagumo.datagen.neuron.PhysicalUnits;

/**
 * What a system does under one constant current, in numbers that need no system any more: what is printed, saved and
 * drawn.
 *
 * @param model       name of the system
 * @param current     in uA/cm2
 * @param method      how the equilibria were sought
 * @param complete    whether the list of equilibria was proven complete
 * @param certificate what is known about the list; null in records of earlier versions
 * @param box         where the equilibria were sought, {@code [state variable][lowest, highest]}; null in records of
 *                    earlier versions; not to be modified
 * @param equilibria  by ascending first state variable
 * @param limitCycles stable and unstable ones: those that orbits settle to, and those whose branches pass this current
 * @param gaps        why orbits at this current gave no cycle though they do not rest; null in records of earlier
 *                    versions
 * @param dtMs        the step in which a network runs; null for a neuron
 * @param view        what a picture shows; null where none was asked for
 * @param units       units of current, potential and time; null for uA/cm2, mV and ms
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PortraitRecord(String model, double current, EquilibriumSearch.Method method, boolean complete,
        Certificate certificate, @JsonProperty("search_box") double[][] box, List<Rest> equilibria,
        @JsonProperty("limit_cycles") List<Cycle> limitCycles,
        List<Gap.Reason> gaps, @JsonProperty("dt_ms") Double dtMs, View view, PhysicalUnits units) {

    /**
     * An equilibrium.
     *
     * @param state       the state
     * @param voltageMv   its membrane potential
     * @param eigenvalues of the flow there, per ms, as pairs of real and imaginary part
     * @param certified   whether it provably exists
     * @param stepped     what it is in steps; null for a neuron
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(value = {"type", "stable"}, allowGetters = true)
    public record Rest(double[] state, @JsonProperty("voltage_mV") double voltageMv, double[][] eigenvalues,
            boolean certified, @JsonProperty("euler_map") SteppedRest stepped) {

        /** What the linearised flow looks like. */
        public EquilibriumKind kind() {
            return EquilibriumKind.of(Arrays.stream(eigenvalues).map(e -> new Complex(e[0], e[1])).toList());
        }

        /** The kind as a word. */
        @JsonProperty
        public String type() {
            return kind().toString().replace(' ', '-');
        }

        /** Whether small disturbances die out. */
        @JsonProperty
        public boolean stable() {
            return kind().stable();
        }
    }

    /**
     * An equilibrium as a fixed point of Euler's method.
     *
     * @param multipliers         as pairs of real and imaginary part
     * @param stable              whether the steps return to it
     * @param longestStableStepMs the step above which they would not; 0 for one that the flow leaves
     */
    public record SteppedRest(double[][] multipliers, boolean stable,
            @JsonProperty("longest_stable_dt_ms") double longestStableStepMs) {
    }

    /**
     * A periodic orbit.
     *
     * @param periodMs     period
     * @param voltageMinMv lowest potential
     * @param voltageMaxMv highest potential
     * @param multipliers  Floquet multipliers as pairs of real and imaginary part; one of them is 1 but for the error
     * @param stable       whether it attracts
     * @param stepped      what becomes of a stable one in steps; null for a neuron and an unstable orbit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cycle(@JsonProperty("period_ms") double periodMs,
            @JsonProperty("voltage_min_mV") double voltageMinMv, @JsonProperty("voltage_max_mV") double voltageMaxMv,
            double[][] multipliers, boolean stable, @JsonProperty("euler_map") SteppedCycle stepped) {
    }

    /**
     * A stable cycle as Euler's method turns on it.
     *
     * @param periodMs      mean period; null when the steps leave the cycle
     * @param longestStepMs the step above which they leave it; null when they do in none up to a quarter of the period
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SteppedCycle(@JsonProperty("mean_period_ms") Double periodMs,
            @JsonProperty("longest_turning_dt_ms") Double longestStepMs) {
    }

    /**
     * Curves in a plane, each {@code [point][2]}, not to be modified.
     *
     * @param x            name of the first axis
     * @param xUnit        its unit, {@code 1} when dimensionless
     * @param y            name of the second axis
     * @param yUnit        its unit, {@code 1} when dimensionless
     * @param frame        the part of the plane
     * @param xNullcline   branches of the first variable's nullcline; none when the plane is a projection
     * @param yNullcline   branches of the second variable's nullcline
     * @param separatrices of all saddles
     * @param flow         {@code [point][x, y, dx/dt, dy/dt]}
     * @param equilibria   a point for each equilibrium
     * @param cycles       a curve for each limit cycle
     * @param orbit        the orbit that follows the release from hyperpolarisation
     * @param outcome      what that orbit does in the end
     */
    public record View(String x, @JsonProperty("x_unit") String xUnit, String y,
            @JsonProperty("y_unit") String yUnit, Region frame, List<double[][]> xNullcline,
            List<double[][]> yNullcline,
            List<double[][]> separatrices, double[][] flow, double[][] equilibria, List<double[][]> cycles,
            double[][] orbit, CycleSearch.Outcome outcome) {

        public View {
            xNullcline = List.copyOf(xNullcline);
            yNullcline = List.copyOf(yNullcline);
            separatrices = List.copyOf(separatrices);
            cycles = List.copyOf(cycles);
        }
    }

    public PortraitRecord {
        equilibria = List.copyOf(equilibria);
        limitCycles = List.copyOf(limitCycles);
        gaps = gaps == null ? null : List.copyOf(gaps);
        if (view != null && (view.equilibria().length != equilibria.size()
                || view.cycles().size() != limitCycles.size())) {
            throw new IllegalArgumentException("the view shows " + view.equilibria().length + " equilibria and "
                    + view.cycles().size() + " cycles; allowed: " + equilibria.size() + " and " + limitCycles.size());
        }
    }

    /** The same with what a picture shows, or, without it, in few words. */
    public PortraitRecord with(View other) {
        return new PortraitRecord(model, current, method, complete, certificate, box, equilibria, limitCycles,
                gaps, dtMs, other, units);
    }

    /**
     * What is known about the equilibria.
     *
     * @return the certificate, also of records of earlier versions
     */
    public Certificate known() {
        return certificate != null ? certificate : complete ? Certificate.PROVEN
                : method == EquilibriumSearch.Method.INTERVAL ? Certificate.UNDECIDED : Certificate.SEARCHED;
    }

    /** Units of current, potential and time. */
    public PhysicalUnits physical() {
        return units == null ? PhysicalUnits.MEMBRANE : units;
    }
}
