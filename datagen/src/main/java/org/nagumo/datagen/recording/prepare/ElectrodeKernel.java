package org.nagumo.datagen.recording.prepare;

/**
 * Impulse response of a recording electrode: the potential across it is
 * {@code V_e(t_i) = dt sum_k K_k I(t_(i-k))}, k from 0.
 *
 * @param stepMs          dt, sampling interval in ms
 * @param megaohmPerMs    K, one value a lag, in MOhm/ms; not copied, not to be modified
 * @param membraneTauMs   time constant of the membrane that was separated from it, in ms
 * @param membraneMegaohm input resistance of that membrane in MOhm
 * @param explained       part of the variance of the potential that electrode and membrane explain, 0 to 1
 */
public record ElectrodeKernel(double stepMs, double[] megaohmPerMs, double membraneTauMs, double membraneMegaohm,
        double explained) {

    /**
     * Resistance of the electrode, the integral of its kernel.
     *
     * @return R_e in MOhm
     */
    public double megaohm() {
        double sum = 0;
        for (double k : megaohmPerMs) {
            sum += k;
        }
        return sum * stepMs;
    }
}
