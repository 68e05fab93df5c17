package org.nagumo.datagen.recording.prepare;

/**
 * Output step over input step as a fraction p / q, so that output sample i lies at {@code i p / q} input samples
 * without rounding. A ratio that no small denominator gives is approximated so closely that a whole recording drifts
 * by less than a millionth of a sample.
 *
 * @param p numerator
 * @param q denominator
 */
record StepRatio(long p, long q) {

    private static final double MOST_DRIFT = 1e-6;
    private static final long LARGEST = 1L << 30;

    static StepRatio of(double outputMs, double inputMs, int inputSamples) {
        double ratio = outputMs / inputMs;
        if (!(ratio > 1e-6) || !(ratio < 1e6)) {
            throw new IllegalArgumentException("a step of " + inputMs + " ms cannot become one of " + outputMs
                    + " ms; allowed: a millionth to a million times as long");
        }
        // Continued fraction: the convergents are the best approximations.
        double allowed = Math.max(MOST_DRIFT / inputSamples, 4 * Math.ulp(1.0)) * ratio;
        double rest = ratio;
        long p = 1;
        long q = 0;
        long previousP = 0;
        long previousQ = 1;
        while (true) {
            long term = (long) Math.floor(rest);
            long nextP = term * p + previousP;
            long nextQ = term * q + previousQ;
            if (nextP > LARGEST || nextQ > LARGEST) {
                return new StepRatio(p, q);
            }
            previousP = p;
            previousQ = q;
            p = nextP;
            q = nextQ;
            if (Math.abs((double) p / q - ratio) <= allowed || rest == term) {
                return new StepRatio(p, q);
            }
            rest = 1 / (rest - term);
        }
    }

    double value() {
        return (double) p / q;
    }

    /** Output samples whose time, and whose whole step, lie within so many input samples. */
    int outputs(int inputs) {
        long wholeSteps = inputs * q / p;
        long points = (inputs - 1) * q / p + 1;
        return (int) Math.min(wholeSteps, points);
    }
}
