package org.nagumo.experiments.spikes;

/**
 * Least-squares fit of {@code a + b exp(-i / tau)} to samples i. For each tau, a and b follow from linear equations
 * (variable projection, Golub and Pereyra 1973, SIAM J. Numer. Anal. 10:413-432); tau is found on a grid of its
 * logarithm and by golden section.
 */
final class ExponentialFit {

    private static final int LEAST_SAMPLES = 5;
    private static final int GRID = 60;
    private static final double SHORTEST = 0.5;

    /** Beyond so many lengths of the stretch, an exponential is a straight line. */
    private static final double LONGEST = 10;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int SECTIONS = 60;

    /** The amplitude has to exceed the root mean square residual by this factor. */
    private static final double LEAST_AMPLITUDE = 3;

    private ExponentialFit() {
    }

    /** A fit of a and b at one tau. */
    private record Fit(double squares, double amplitude) {
    }

    /**
     * Returns the time constant of the exponential that is closest to a stretch of samples.
     *
     * @param v    samples
     * @param from first sample
     * @param to   sample after the last
     * @return the time constant in samples, or NaN where there are too few samples or the amplitude is lost in noise
     */
    static double timeConstant(double[] v, int from, int to) {
        int n = to - from;
        if (n < LEAST_SAMPLES) {
            return Double.NaN;
        }
        double low = Math.log(SHORTEST);
        double spacing = (Math.log(LONGEST * n) - low) / (GRID - 1);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int g = 0; g < GRID; g++) {
            double squares = fit(v, from, to, Math.exp(low + g * spacing)).squares;
            if (squares < least) {
                least = squares;
                best = g;
            }
        }
        if (best == 0 || best == GRID - 1) {
            return Double.NaN;
        }
        double a = low + (best - 1) * spacing;
        double b = low + (best + 1) * spacing;
        for (int k = 0; k < SECTIONS; k++) {
            double left = b - GOLDEN * (b - a);
            double right = a + GOLDEN * (b - a);
            if (fit(v, from, to, Math.exp(left)).squares < fit(v, from, to, Math.exp(right)).squares) {
                b = right;
            } else {
                a = left;
            }
        }
        double tau = Math.exp((a + b) / 2);
        Fit fit = fit(v, from, to, tau);
        return Math.abs(fit.amplitude) > LEAST_AMPLITUDE * Math.sqrt(fit.squares / n) ? tau : Double.NaN;
    }

    private static Fit fit(double[] v, int from, int to, double tau) {
        int n = to - from;
        double factor = Math.exp(-1 / tau);
        double meanX = (1 - Math.pow(factor, n)) / (1 - factor) / n;
        double origin = v[from];
        double meanY = 0;
        for (int i = from; i < to; i++) {
            meanY += v[i] - origin;
        }
        meanY /= n;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double e = 1;
        for (int i = from; i < to; i++) {
            double x = e - meanX;
            double y = v[i] - origin - meanY;
            xx += x * x;
            xy += x * y;
            yy += y * y;
            e *= factor;
        }
        double amplitude = xy / xx;
        return new Fit(Math.max(0, yy - amplitude * xy), amplitude);
    }
}
