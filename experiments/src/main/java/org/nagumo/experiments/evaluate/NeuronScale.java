package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * What the units of Hodgkin and Huxley's neuron correspond to in another, so that one battery fits both. Two figures of
 * the neurons with their standard parameters make the scale: the current at which rest loses its stability, their lower
 * Hopf point, and the period of firing at twice that current.
 * <pre>
 *             Hopf point    period    current of 1 uA/cm2   time of 1 ms   a spike crosses
 *   hh         9.7754       11.65          1                    1          0 mV upward
 *   fhn        0.331281     37.26          0.033889             3.2        v = 0 upward
 *   fhn-psi    0.307391      1.165         0.031445             0.1        V = 0.3 upward
 *   bvp       -0.346478      9.70         -0.035444             0.83       x = 0 downward
 * </pre>
 * The Hopf points follow from the trace of the Jacobian, which vanishes there. The spike crosses the inflection of the
 * cubic, v = 0 and V = (1 - a) / 3; in FitzHugh's (1961) sign convention depolarisation, and with it the action
 * potential, is negative. Tests hold the table to the neurons.
 *
 * @param currentUnit   current that corresponds to 1 uA/cm2; negative where depolarising currents are
 * @param timeUnitMs    time that corresponds to 1 ms
 * @param dimensionless whether the neuron has no physical units
 * @param criterion     what counts as a spike
 */
public record NeuronScale(@JsonProperty("current_unit") double currentUnit,
        @JsonProperty("time_unit_ms") double timeUnitMs, @JsonProperty("dimensionless") boolean dimensionless,
        @JsonProperty("spike") SpikeCriterion criterion) {

    /** Lower Hopf point of the standard Hodgkin-Huxley neuron in uA/cm2. */
    private static final double HOPF = 9.7754;

    /** Neurons in mV, ms and uA/cm2, and recordings. */
    public static final NeuronScale MEMBRANE = new NeuronScale(1, 1, false, SpikeCriterion.MEMBRANE);

    public NeuronScale {
        if (currentUnit == 0 || !Double.isFinite(currentUnit)) {
            throw new IllegalArgumentException("currentUnit is " + currentUnit + "; allowed: finite, not zero");
        }
        if (!(timeUnitMs > 0) || Double.isInfinite(timeUnitMs)) {
            throw new IllegalArgumentException("timeUnitMs is " + timeUnitMs + "; allowed: positive and finite");
        }
        if (criterion == null) {
            throw new IllegalArgumentException("criterion is missing; allowed: what counts as a spike");
        }
    }

    /** The scale of a neuron by its name; neurons that are not in the table are taken to be membranes in mV. */
    public static NeuronScale of(String neuron) {
        return switch (neuron) {
            case "fhn" -> dimensionless(0.331281, 3.2, 0, 4, false);
            case "fhn-psi" -> dimensionless(0.307391, 0.1, 0.3, 1.3, false);
            case "bvp" -> dimensionless(-0.346478, 0.83, 0, 4, true);
            default -> MEMBRANE;
        };
    }

    /** The re-arm distance is a tenth of the action potential, as 10 mV are of a membrane's. */
    private static NeuronScale dimensionless(double hopf, double timeUnit, double threshold, double amplitude,
            boolean downward) {
        return new NeuronScale(hopf / HOPF, timeUnit, true, new SpikeCriterion(threshold, downward, amplitude / 10,
                timeUnit * SpikeCriterion.MEMBRANE.averageMs(), 0));
    }
}
