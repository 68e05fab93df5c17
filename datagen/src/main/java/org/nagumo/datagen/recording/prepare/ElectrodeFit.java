package org.nagumo.datagen.recording.prepare;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.nagumo.datagen.recording.Signal;

/**
 * Estimates the kernel of an electrode from the response to a subthreshold noise:
 * <ol>
 * <li>The linear filter K with {@code V_rec - mean = K * (I - mean)} is found by least squares. K is constant on bins
 * that are one sample wide up to 1 ms and widen in proportion to the lag, to 5 ms at most, up to 150 ms.</li>
 * <li>The membrane's part {@code (R / tau) exp(-t / tau)} is fitted to K between 3 and 50 ms, where the electrode has
 * decayed.</li>
 * <li>What remains of K in the first 7 ms is the electrode: {@code K_e(t) = K(t) - (R / tau) exp(-t / tau)}.</li>
 * </ol>
 *
 * <p>Source: Badel et al. 2008, J. Neurophysiol. 99:656-666; Pozzorini et al. 2015, PLoS Comput. Biol. 11:e1004275,
 * equations 11 to 14, whose lengths of the filter and limits of the fit are used here.
 */
public final class ElectrodeFit {

    private static final double FINE_MS = 1;
    private static final double RELATIVE_WIDTH = 0.1;
    private static final double WIDEST_MS = 5;
    private static final double LONGEST_MS = 150;
    private static final double MEMBRANE_FROM_MS = 3;
    private static final double MEMBRANE_TO_MS = 50;
    private static final double ELECTRODE_MS = 7;
    private static final double NA_PER_PA = 1e-3;

    /** The noise has to last this many times as long as the filter. */
    private static final int LEAST_FILTERS = 10;

    /** Equations beyond this number are left out evenly: neighbouring samples say the same. */
    private static final int MOST_EQUATIONS = 200_000;

    /** What electrode and membrane have to explain of the potential. */
    private static final double LEAST_EXPLAINED = 0.3;

    /** Pivots below this part of the largest are zero but for rounding. */
    private static final double SINGULAR = 1e-13;

    private static final double SHORTEST_TAU_MS = 1;
    private static final double LONGEST_TAU_MS = 300;
    private static final int TAUS = 400;

    private final double dt;
    private final int[] starts;

    private ElectrodeFit(double dt) {
        this.dt = dt;
        starts = bins(dt);
    }

    /**
     * Estimates a kernel.
     *
     * @param recordedMv potential in mV, subthreshold
     * @param currentPa  noise current in pA, on the same samples
     * @return the electrode's kernel
     * @throws IllegalArgumentException saying why the recording does not serve, and what is allowed
     */
    public static ElectrodeKernel of(Signal recordedMv, Signal currentPa) {
        SameSamples.require(recordedMv, currentPa);
        return new ElectrodeFit(recordedMv.stepMs()).fit(recordedMv.samples(), currentPa.samples());
    }

    /** First lags of the bins in samples, and the end of the last. */
    private static int[] bins(double dt) {
        List<Integer> starts = new ArrayList<>();
        int lag = 0;
        while (lag * dt < LONGEST_MS) {
            starts.add(lag);
            double width = lag * dt < FINE_MS ? 0 : Math.min(WIDEST_MS, RELATIVE_WIDTH * lag * dt) / dt;
            lag += Math.max(1, (int) Math.round(width));
        }
        starts.add(lag);
        return starts.stream().mapToInt(i -> i).toArray();
    }

    private ElectrodeKernel fit(double[] potential, double[] current) {
        int length = starts[starts.length - 1];
        int samples = potential.length;
        if (samples < LEAST_FILTERS * length) {
            throw new IllegalArgumentException("the electrode's recording lasts " + (float) (samples * dt)
                    + " ms; allowed: a subthreshold noise of at least " + (float) (LEAST_FILTERS * length * dt)
                    + " ms");
        }
        double[] integral = integral(current, samples);
        double mean = mean(potential);
        int bins = starts.length - 1;
        double[][] normal = new double[bins][bins];
        double[] right = new double[bins];
        double[] row = new double[bins];
        double variance = 0;
        int stride = Math.max(1, samples / MOST_EQUATIONS);
        for (int t = length; t < samples; t += stride) {
            fill(row, integral, t);
            double v = potential[t] - mean;
            variance += v * v;
            for (int a = 0; a < bins; a++) {
                double x = row[a];
                double[] into = normal[a];
                for (int b = 0; b <= a; b++) {
                    into[b] += x * row[b];
                }
                right[a] += x * v;
            }
        }
        double[] filter = solve(normal, right);
        double covered = 0;
        for (int a = 0; a < bins; a++) {
            covered += filter[a] * right[a];
        }
        return separate(filter, covered / variance);
    }

    /** Integral of the current without its mean up to each sample, in nA ms. */
    private double[] integral(double[] current, int samples) {
        double mean = mean(current);
        double[] integral = new double[samples + 1];
        for (int t = 0; t < samples; t++) {
            integral[t + 1] = integral[t] + (current[t] - mean) * NA_PER_PA * dt;
        }
        return integral;
    }

    /** The integrals over the bins of the current before a sample. */
    private void fill(double[] row, double[] integral, int t) {
        for (int b = 0; b < row.length; b++) {
            row[b] = integral[t + 1 - starts[b]] - integral[t + 1 - starts[b + 1]];
        }
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] solve(double[][] lower, double[] right) {
        for (int a = 0; a < lower.length; a++) {
            for (int b = 0; b < a; b++) {
                lower[b][a] = lower[a][b];
            }
        }
        double largest = 0;
        for (int a = 0; a < lower.length; a++) {
            largest = Math.max(largest, lower[a][a]);
        }
        try {
            return new CholeskyDecomposition(new Array2DRowRealMatrix(lower, false), SINGULAR, SINGULAR * largest)
                    .getSolver()
                    .solve(new ArrayRealVector(right, false)).toArray();
        } catch (MathIllegalArgumentException e) {
            throw new IllegalArgumentException("the current of the electrode's recording is no noise: the filter"
                    + " cannot be told from it; allowed: a noise that changes from sample to sample", e);
        }
    }

    private ElectrodeKernel separate(double[] filter, double explained) {
        if (!(explained >= LEAST_EXPLAINED)) {
            throw new IllegalArgumentException("the current of the electrode's recording explains "
                    + Math.round(100 * explained) + " % of its potential; allowed: at least "
                    + Math.round(100 * LEAST_EXPLAINED) + " %, from a subthreshold noise of the same cell and pipette");
        }
        double best = Double.POSITIVE_INFINITY;
        double tau = 0;
        for (int k = 0; k <= TAUS; k++) {
            double candidate = SHORTEST_TAU_MS * Math.pow(LONGEST_TAU_MS / SHORTEST_TAU_MS, (double) k / TAUS);
            double error = fitMembrane(filter, candidate)[1];
            if (error < best) {
                best = error;
                tau = candidate;
            }
        }
        double ratio = Math.pow(LONGEST_TAU_MS / SHORTEST_TAU_MS, 1.0 / TAUS);
        tau = narrow(filter, tau / ratio, tau * ratio);
        double amplitude = fitMembrane(filter, tau)[0];
        double[] kernel = new double[(int) Math.round(ELECTRODE_MS / dt)];
        for (int b = 0; b < filter.length; b++) {
            double rest = filter[b] - amplitude * meanOfDecay(b, tau);
            for (int lag = starts[b]; lag < Math.min(starts[b + 1], kernel.length); lag++) {
                kernel[lag] = rest;
            }
        }
        ElectrodeKernel electrode = new ElectrodeKernel(dt, kernel, tau, amplitude * tau, explained);
        if (!(electrode.megaohm() > 0) || !(amplitude > 0)) {
            throw new IllegalArgumentException("the electrode's recording gives an electrode of "
                    + (float) electrode.megaohm() + " MOhm and a membrane of " + (float) (amplitude * tau)
                    + " MOhm; allowed: a subthreshold noise recorded without compensation, both channels as recorded");
        }
        return electrode;
    }

    /** Golden-section search for the time constant. */
    private double narrow(double[] filter, double from, double to) {
        double golden = (Math.sqrt(5) - 1) / 2;
        double low = from;
        double high = to;
        for (int k = 0; k < 60; k++) {
            double left = high - golden * (high - low);
            double right = low + golden * (high - low);
            if (fitMembrane(filter, left)[1] < fitMembrane(filter, right)[1]) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }

    /** Amplitude of the decay with this time constant that fits best, and what is left of the squares. */
    private double[] fitMembrane(double[] filter, double tau) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int b = 0; b < filter.length; b++) {
            if (starts[b] * dt >= MEMBRANE_FROM_MS && starts[b + 1] * dt <= MEMBRANE_TO_MS) {
                int width = starts[b + 1] - starts[b];
                double x = meanOfDecay(b, tau);
                xx += width * x * x;
                xy += width * x * filter[b];
                yy += width * filter[b] * filter[b];
            }
        }
        return new double[] {xy / xx, yy - xy * xy / xx};
    }

    /** Mean over a bin of exp(-t / tau) at its lags. */
    private double meanOfDecay(int bin, double tau) {
        double decay = Math.exp(-dt / tau);
        int width = starts[bin + 1] - starts[bin];
        return Math.exp(-starts[bin] * dt / tau) * (1 - Math.pow(decay, width)) / (1 - decay) / width;
    }
}
