package org.nagumo.datagen.neuron;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * The membrane that Hodgkin-Huxley's neuron and its reduction share: capacitance, three conductances and their reversal
 * potentials, and how much faster than at 6.3 C the gates move.
 */
record SquidMembrane(double capacitance, double gNa, double gK, double gL, double eNa, double eK, double eL,
        double speed) {

    /** The standard parameters, with those that a neuron adds before the temperature. */
    static Parameters parameters(String neuron, Parameter... further) {
        List<Parameter> all = new ArrayList<>(List.of(
                new Parameter("C", 1, "uF/cm2", "membrane capacitance"),
                new Parameter("gNa", 120, "mS/cm2", "largest sodium conductance"),
                new Parameter("gK", 36, "mS/cm2", "largest potassium conductance"),
                new Parameter("gL", 0.3, "mS/cm2", "leak conductance"),
                new Parameter("ENa", 50, "mV", "sodium reversal potential"),
                new Parameter("EK", -77, "mV", "potassium reversal potential"),
                new Parameter("EL", -54.387, "mV", "leak reversal potential")));
        all.addAll(List.of(further));
        all.add(new Parameter("T", 6.3, "C", "temperature; the gates' rates change threefold in 10 degrees"));
        return new Parameters(neuron, all.toArray(new Parameter[0]));
    }

    static SquidMembrane of(Parameters parameters) {
        // Sea water freezes below, proteins do not last above.
        double celsius = parameters.between("T", -2, 60);
        return new SquidMembrane(parameters.positive("C"), parameters.notNegative("gNa"), parameters.notNegative("gK"),
                parameters.positive("gL"), parameters.value("ENa"), parameters.value("EK"), parameters.value("EL"),
                StrictMath.pow(3, (celsius - 6.3) / 10));
    }

    /** All that an open fraction can be, with a margin. */
    static final Interval GATE = new Interval(-0.001, 1.001);

    /**
     * The potentials at which the currents can balance: below all batteries every current flows inwards, the leak alone
     * with gL (V - EL), which must not exceed what is injected; above them outwards.
     */
    Interval equilibriumPotentials(double from, double to) {
        double low = Math.min(Math.min(eK, eNa), Math.min(eL, eL + from / gL));
        double high = Math.max(Math.max(eK, eNa), Math.max(eL, eL + to / gL));
        return new Interval(low - 1, high + 1);
    }

    /** dV/dt in mV per ms. */
    double potentialRate(double v, double m, double h, double n, double current) {
        return (current - gNa * m * m * m * h * (v - eNa) - gK * n * n * n * n * (v - eK) - gL * (v - eL))
                / capacitance;
    }

    /** {@link #potentialRate(double, double, double, double, double)} over a box. */
    Jet potentialRate(Jet v, Jet m, Jet h, Jet n, double current) {
        Jet sodium = m.square().times(m).times(h).times(v.plus(-eNa)).times(gNa);
        Jet potassium = n.square().square().times(v.plus(-eK)).times(gK);
        return sodium.plus(potassium).plus(v.plus(-eL).times(gL)).times(-1).plus(current).over(capacitance);
    }

    /** The conductance of the membrane over its capacitance, per ms. */
    double relaxationRate(double m, double h, double n) {
        return (gNa * m * m * m * h + gK * n * n * n * n + gL) / capacitance;
    }
}
