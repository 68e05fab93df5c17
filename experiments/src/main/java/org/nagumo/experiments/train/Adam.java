package org.nagumo.experiments.train;

/** The Adam optimiser (Kingma and Ba 2015, algorithm 1) on one flat vector. */
final class Adam {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPSILON = 1e-8;

    private final double[] mean;
    private final double[] square;
    private int step;

    Adam(int parameters) {
        mean = new double[parameters];
        square = new double[parameters];
    }

    /** One step: parameters from {@code frozen[p]} stay. */
    void update(double[] theta, double[] gradient, double rate, boolean[] frozen) {
        step++;
        double correct1 = 1 - Math.pow(BETA1, step);
        double correct2 = 1 - Math.pow(BETA2, step);
        for (int p = 0; p < theta.length; p++) {
            if (!frozen[p]) {
                mean[p] += (1 - BETA1) * (gradient[p] - mean[p]);
                square[p] += (1 - BETA2) * (gradient[p] * gradient[p] - square[p]);
                theta[p] -= rate * (mean[p] / correct1) / (Math.sqrt(square[p] / correct2) + EPSILON);
            }
        }
    }
}
