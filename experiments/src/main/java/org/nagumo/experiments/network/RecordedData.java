package org.nagumo.experiments.network;

import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.unit.Unit;
import org.nagumo.experiments.configuration.Range;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * What the recordings of a cell say of the network that was trained on them.
 *
 * @param currentUnit      symbol of the unit of all currents, such as {@code pA}
 * @param spikeThresholdMv potential in mV whose upward crossing is a spike
 * @param rearmMv          how far below it in mV the potential has to fall before the next spike
 */
public record RecordedData(String currentUnit, double spikeThresholdMv, double rearmMv) {

    public RecordedData {
        if (currentUnit == null || Unit.named(currentUnit).isEmpty()) {
            throw new IllegalArgumentException("currentUnit is '" + currentUnit + "'; allowed: a unit of current, such"
                    + " as pA");
        }
        Range.check("spikeThresholdMv", spikeThresholdMv, true, "finite numbers");
        Range.positive("rearmMv", rearmMv);
    }

    /**
     * The units of the network.
     *
     * @return the recordings' unit of current, mV and ms
     */
    public PhysicalUnits units() {
        return new PhysicalUnits(currentUnit, PhysicalUnits.MEMBRANE.potential(), PhysicalUnits.MEMBRANE.time());
    }

    /**
     * What counts as a spike.
     *
     * @return the criterion
     */
    public SpikeCriterion criterion() {
        return new SpikeCriterion(spikeThresholdMv, false, rearmMv, SpikeCriterion.MEMBRANE.averageMs(), 0);
    }
}
