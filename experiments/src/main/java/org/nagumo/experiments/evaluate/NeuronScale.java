package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * What the units of Hodgkin and Huxley's neuron correspond to in another, so that one battery fits both. Two figures of
 * the neurons with their standard parameters make the scale: the current at which rest loses its stability, their lower
 * Hopf point, and the period of firing at twice that current.
 * <pre>
 *             Hopf point    period    current of 1 uA/cm2   time of 1 ms
 *   hh         9.7754       11.65          1                    1
 *   fhn        0.331281     37.26          0.033889             3.2
 *   fhn-psi    0.307391      1.165         0.031445             0.1
 *   bvp       -0.346478      9.70         -0.035444             0.83
 * </pre>
 * The Hopf points follow from the trace of the Jacobian, which vanishes there. Tests hold the table to the neurons.
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
            case "fhn" -> dimensionless(neuron, 0.331281, 3.2);
            case "fhn-psi" -> dimensionless(neuron, 0.307391, 0.1);
            case "bvp" -> dimensionless(neuron, -0.346478, 0.83);
            default -> MEMBRANE;
        };
    }

    private static NeuronScale dimensionless(String neuron, double hopf, double timeUnit) {
        return new NeuronScale(hopf / HOPF, timeUnit, true, SpikeCriterion.of(neuron, timeUnit));
    }
}
