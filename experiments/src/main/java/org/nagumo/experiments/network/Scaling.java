package org.nagumo.experiments.network;

/**
 * The affine maps between physical units and the numbers of order one that the network sees:
 * {@code x = I / currentUnit} and {@code v = (V - voltageOffset) / voltageUnit}.
 *
 * @param currentUnitUaPerCm2 current that maps to 1, in uA/cm2
 * @param voltageOffsetMv     membrane potential that maps to 0, in mV
 * @param voltageUnitMv       difference of potential that maps to 1, in mV
 */
public record Scaling(double currentUnitUaPerCm2, double voltageOffsetMv, double voltageUnitMv) {

    /** The scaling for a Hodgkin-Huxley neuron: currents up to 40 uA/cm2, potentials from -120 to 50 mV. */
    public static final Scaling HODGKIN_HUXLEY = new Scaling(20, -30, 100);

    public Scaling {
        positive("currentUnitUaPerCm2", currentUnitUaPerCm2);
        positive("voltageUnitMv", voltageUnitMv);
        if (!Double.isFinite(voltageOffsetMv)) {
            throw new IllegalArgumentException("voltageOffsetMv is " + voltageOffsetMv + "; allowed: finite numbers");
        }
    }

    private static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed: positive, finite numbers");
        }
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
