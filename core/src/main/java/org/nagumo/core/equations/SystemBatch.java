package org.nagumo.core.equations;

/**
 * The right-hand sides of a system of equations for many states at once, a structure of arrays: {@code states[k][i]} is
 * state k of lane i. The values of a lane depend neither on the other lanes nor on their number nor on the machine.
 * They differ from those of {@link CompiledSystem} by rounding: exponentials are polynomials that share work, with
 * relative errors of about 1e-14.
 *
 * <p>An instance has work space and belongs to one thread.
 */
public final class SystemBatch {

    private final LaneCompiler.Compiled rates;
    private final LaneCompiler.Compiled relaxation;
    private final int most;
    private final boolean needsTime;
    private final double[][] work;

    SystemBatch(LaneCompiler.Compiled rates, LaneCompiler.Compiled relaxation, int most, boolean needsTime) {
        if (most < 1) {
            throw new IllegalArgumentException("lanes is " + most + "; allowed: at least 1");
        }
        this.rates = rates;
        this.relaxation = relaxation;
        this.most = most;
        this.needsTime = needsTime;
        work = new double[Math.max(rates.work(), relaxation.work())][most];
    }

    /**
     * Evaluates the right-hand sides.
     *
     * @param lanes       number of lanes, at most those for which the batch was made; the arrays may be longer
     * @param times       the time of each lane; may be null if the system is autonomous
     * @param states      {@code [state][lane]}; not modified
     * @param inputs      {@code [input][lane]}; not modified
     * @param derivatives receives dx/dt, {@code [state][lane]}; not the arrays of {@code states} or {@code inputs}
     */
    public void derivatives(int lanes, double[] times, double[][] states, double[][] inputs, double[][] derivatives) {
        run(rates, lanes, times, states, inputs, derivatives);
    }

    /**
     * Evaluates how fast each state relaxes while the others stand still, {@code -d f_i / d x_i}. Exponential
     * integrators need it.
     *
     * @param lanes  number of lanes, at most those for which the batch was made; the arrays may be longer
     * @param times  the time of each lane; may be null if the system is autonomous
     * @param states {@code [state][lane]}; not modified
     * @param inputs {@code [input][lane]}; not modified
     * @param rates  receives the rates, {@code [state][lane]}; not the arrays of {@code states} or {@code inputs}
     */
    public void relaxationRates(int lanes, double[] times, double[][] states, double[][] inputs, double[][] rates) {
        run(relaxation, lanes, times, states, inputs, rates);
    }

    private void run(LaneCompiler.Compiled compiled, int lanes, double[] times, double[][] states, double[][] inputs,
            double[][] out) {
        if (lanes > most) {
            throw new IllegalArgumentException("lanes is " + lanes + "; allowed: at most " + most);
        }
        if (needsTime && times == null) {
            throw new IllegalArgumentException("times is null; allowed: the time of each lane, because the system "
                    + "depends on it");
        }
        compiled.code().run(lanes, times, states, inputs, out, work);
    }
}
