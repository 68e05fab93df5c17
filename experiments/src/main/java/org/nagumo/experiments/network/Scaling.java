package org.nagumo.experiments.network;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * The affine maps between physical units and the numbers of order one that the network sees:
 * {@code x = I / currentUnit} and {@code v = (V - voltageOffset) / voltageUnit}.
 */
public record Scaling(
        @Described(value = "current that maps to 1, in uA/cm2: positive", key = "current_unit_uA_per_cm2",
                required = true) double currentUnitUaPerCm2,
        @Described(value = "membrane potential that maps to 0, in mV", key = "voltage_offset_mV", required = true)
        double voltageOffsetMv,
        @Described(value = "difference of potential that maps to 1, in mV: positive", key = "voltage_unit_mV",
                required = true) double voltageUnitMv) {

    /** The scaling for a Hodgkin-Huxley neuron: currents up to 170 uA/cm2, potentials from -120 to 50 mV. */
    public static final Scaling HODGKIN_HUXLEY = new Scaling(40, -30, 100);

    public Scaling {
        Range.positive("currentUnitUaPerCm2", currentUnitUaPerCm2);
        Range.check("voltageOffsetMv", voltageOffsetMv, true, "finite numbers");
        Range.positive("voltageUnitMv", voltageUnitMv);
    }

    /** The network's input for a current in uA/cm2. */
    public double input(double currentUaPerCm2) {
        return currentUaPerCm2 / currentUnitUaPerCm2;
    }

    /** The network's output for a membrane potential in mV. */
    public double output(double voltageMv) {
        return (voltageMv - voltageOffsetMv) / voltageUnitMv;
    }

    /** The membrane potential in mV for a network output. */
    public double voltageMv(double output) {
        return voltageOffsetMv + voltageUnitMv * output;
    }
}
