package org.nagumo.experiments.rival;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * Fits a {@link GifModel} as Mensi et al. (2012) and Pozzorini et al. (2015) do.
 *
 * <p>The passive membrane and the current after a spike come from a linear regression of the potential's change over
 * 0.5 ms, outside spikes, on the means of potential, current and the parts of eta in that time. With these the
 * potential is simulated along the spikes of the data. The threshold then has the largest likelihood of these spikes:
 * the logarithm of the rate is linear in theta_0 / width, 1 / width and gamma / width, so that the likelihood is
 * concave and Newton's method finds its maximum.
 */
public final class GifFit {

    private static final double REFRACTORY_MS = 4;
    private static final double BEFORE_MS = 2;
    private static final double REGRESSION_MS = 0.5;
    private static final double LONGEST_MS = 1000;
    private static final int PARTS = 10;
    private static final int MOST_STEPS = 100;
    private static final double CONVERGED = 1e-9;

    /** Weight of the squares of the parts of gamma / width, for those that few spikes determine. */
    private static final double RIDGE = 1e-2;
    private static final int LEAST_SPIKES = 10;

    private final List<FitTrace> traces;
    private final double dtMs;
    private final double[] edgesMs = Kernel.edges(REFRACTORY_MS, LONGEST_MS, PARTS);
    private final int[] edges;

    private GifFit(List<FitTrace> traces) {
        this.traces = traces;
        dtMs = traces.get(0).dtMs();
        edges = Kernel.samples(edgesMs, dtMs);
    }

    /**
     * Fits the model.
     *
     * @param cell      the cell
     * @param role      the stretches that are fitted
     * @param criterion what counts as a spike
     * @return the fitted model
     * @throws InputException when there are fewer than 10 spikes, or the data do not determine the membrane
     */
    public static GifModel of(RecordedCell cell, Role role, SpikeCriterion criterion) {
        List<FitTrace> traces = FitTrace.of(cell, role, criterion);
        int spikes = traces.stream().mapToInt(trace -> trace.spikes().length).sum();
        if (spikes < LEAST_SPIKES) {
            throw new InputException(cell.name() + ": has " + spikes + " spikes to fit a threshold to; allowed: at"
                    + " least " + LEAST_SPIKES);
        }
        return of(cell.name(), traces);
    }

    static GifModel of(String name, List<FitTrace> traces) {
        GifFit fit = new GifFit(traces);
        double[] passive = fit.regression();
        if (!(passive[0] < 0) || !(passive[2] > 0)) {
            throw new InputException(name + ": the potential between spikes does not decay to a rest (slope "
                    + (float) passive[0] + " per ms, current " + (float) passive[2] + " mV/ms for one unit); allowed:"
                    + " recordings whose current explains the potential");
        }
        double tau = -1 / passive[0];
        Kernel eta = new Kernel(fit.edgesMs, Arrays.copyOfRange(passive, 3, 3 + PARTS));
        double reset = fit.reset();
        double[] theta = fit.threshold(tau, passive[1] * tau, passive[2], reset, eta);
        double width = 1 / theta[0];
        Kernel gamma = new Kernel(fit.edgesMs, Arrays.stream(theta, 2, 2 + PARTS).map(part -> part * width).toArray());
        double peak = traces.stream().filter(trace -> trace.spikes().length > 0)
                .mapToDouble(FitTrace::peakMv).average().orElse(0);
        return new GifModel(tau, passive[1] * tau, passive[2], reset, REFRACTORY_MS, eta, -theta[1] * width, width,
                gamma, peak);
    }

    /** Coefficients of {@code dV/dt = a V + b + c I - eta}: a, b, c and the parts of eta. */
    private double[] regression() {
        int size = 3 + PARTS;
        double[][] products = new double[size][size];
        double[] right = new double[size];
        int steps = (int) Math.max(1, Math.round(REGRESSION_MS / dtMs));
        double[] x = new double[size];
        for (FitTrace trace : traces) {
            boolean[] near = trace.near(BEFORE_MS, REFRACTORY_MS);
            short[][] counts = Kernel.counts(trace.spikes(), near.length, edges);
            for (int from = 0; from + steps < near.length; from += steps) {
                boolean usable = true;
                for (int i = from; i <= from + steps; i++) {
                    usable &= !near[i];
                }
                if (!usable) {
                    continue;
                }
                Arrays.fill(x, 0);
                x[1] = 1;
                for (int i = from; i < from + steps; i++) {
                    x[0] += (trace.potential()[i] + trace.potential()[i + 1]) / 2 / steps;
                    x[2] += trace.current()[i] / steps;
                    for (int k = 0; k < PARTS; k++) {
                        x[3 + k] -= counts[k][i] / (double) steps;
                    }
                }
                double y = (trace.potential()[from + steps] - trace.potential()[from]) / (steps * dtMs);
                add(products, right, x, y);
            }
        }
        for (int k = 3; k < size; k++) {
            // A part that no spike reaches is 0.
            products[k][k] += 1e-9;
        }
        return solve(products, right);
    }

    private static void add(double[][] products, double[] right, double[] x, double y) {
        for (int p = 0; p < x.length; p++) {
            if (x[p] != 0) {
                for (int q = 0; q < x.length; q++) {
                    products[p][q] += x[p] * x[q];
                }
                right[p] += x[p] * y;
            }
        }
    }

    private static double[] solve(double[][] matrix, double[] right) {
        LUDecomposition lu = new LUDecomposition(new Array2DRowRealMatrix(matrix, false));
        if (!lu.getSolver().isNonSingular()) {
            throw new InputException("current and potential of the recordings do not determine a membrane; allowed:"
                    + " recordings in which both change");
        }
        return lu.getSolver().solve(new ArrayRealVector(right, false)).toArray();
    }

    /** Mean potential when the refractory time is over. */
    private double reset() {
        double sum = 0;
        int count = 0;
        int after = edges[0];
        for (FitTrace trace : traces) {
            for (int spike : trace.spikes()) {
                if (spike + after < trace.potential().length) {
                    sum += trace.potential()[spike + after];
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** 1 / width, -theta_0 / width and the parts of gamma / width. */
    private double[] threshold(double tau, double rest, double perCurrent, double reset, Kernel eta) {
        double[][] potentials = new double[traces.size()][];
        short[][][] counts = new short[traces.size()][][];
        double mean = 0;
        int spikes = 0;
        for (int k = 0; k < potentials.length; k++) {
            FitTrace trace = traces.get(k);
            potentials[k] = along(trace, tau, rest, perCurrent, reset, eta);
            counts[k] = Kernel.counts(trace.spikes(), potentials[k].length, edges);
            for (int spike : trace.spikes()) {
                mean += potentials[k][spike];
            }
            spikes += trace.spikes().length;
        }
        mean /= spikes;
        // The first guess: a width of 2 mV, and the mean potential at spikes as the threshold.
        double[] theta = new double[2 + PARTS];
        theta[0] = 0.5;
        theta[1] = -0.5 * mean;
        double likelihood = likelihood(theta, potentials, counts, null, null);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[theta.length];
            double[][] curvature = new double[theta.length][theta.length];
            likelihood(theta, potentials, counts, gradient, curvature);
            double[] move = solve(curvature, gradient);
            double length = 1;
            double[] next = moved(theta, move, length);
            double after = likelihood(next, potentials, counts, null, null);
            while (!(after >= likelihood) && length > 1e-6) {
                length /= 2;
                next = moved(theta, move, length);
                after = likelihood(next, potentials, counts, null, null);
            }
            double gain = after - likelihood;
            if (!(gain > CONVERGED * Math.abs(likelihood))) {
                break;
            }
            theta = next;
            likelihood = after;
        }
        if (!(theta[0] > 0)) {
            throw new InputException("the spikes of the recordings do not come where the potential is high, so that"
                    + " they have no threshold; allowed: recordings whose current makes the cell fire");
        }
        return theta;
    }

    private static double[] moved(double[] theta, double[] move, double length) {
        double[] moved = theta.clone();
        for (int p = 0; p < moved.length; p++) {
            moved[p] += length * move[p];
        }
        return moved;
    }

    /** The model's potential with the spikes of the data. */
    private double[] along(FitTrace trace, double tau, double rest, double perCurrent, double reset, Kernel eta) {
        double[] potential = new double[trace.potential().length];
        double[] after = new double[potential.length];
        double v = trace.potential()[0];
        int next = 0;
        int free = 0;
        for (int i = 0; i < potential.length; i++) {
            boolean spike = next < trace.spikes().length && trace.spikes()[next] == i;
            if (i < free && !spike) {
                v = reset;
                potential[i] = v;
                continue;
            }
            potential[i] = v;
            if (spike) {
                eta.addTo(after, i, dtMs);
                free = i + edges[0];
                v = reset;
                next++;
            } else {
                v += dtMs * ((rest - v) / tau + perCurrent * trace.current()[i] - after[i]);
            }
        }
        return potential;
    }

    /** Logarithm of the likelihood, and where wanted its gradient and the negative of its second derivatives. */
    private double likelihood(double[] theta, double[][] potentials, short[][][] counts, double[] gradient,
            double[][] curvature) {
        double total = 0;
        double[] x = new double[theta.length];
        x[1] = 1;
        for (int k = 0; k < potentials.length; k++) {
            boolean[] silent = traces.get(k).near(0, REFRACTORY_MS);
            int[] spikes = traces.get(k).spikes();
            int next = 0;
            for (int i = 0; i < silent.length; i++) {
                boolean spike = next < spikes.length && spikes[next] == i;
                next += spike ? 1 : 0;
                if (silent[i] && !spike) {
                    continue;
                }
                x[0] = potentials[k][i];
                double sum = theta[0] * x[0] + theta[1];
                for (int part = 0; part < PARTS; part++) {
                    x[2 + part] = -counts[k][part][i];
                    sum += theta[2 + part] * x[2 + part];
                }
                double expected = dtMs * Math.exp(Math.min(sum, 50));
                total += (spike ? sum : 0) - expected;
                if (gradient != null && (spike || expected > 1e-12)) {
                    addDerivatives(gradient, curvature, x, (spike ? 1 : 0) - expected, expected);
                }
            }
        }
        for (int part = 2; part < theta.length; part++) {
            total -= RIDGE / 2 * theta[part] * theta[part];
            if (gradient != null) {
                gradient[part] -= RIDGE * theta[part];
                curvature[part][part] += RIDGE;
            }
        }
        return total;
    }

    private static void addDerivatives(double[] gradient, double[][] curvature, double[] x, double slope,
            double expected) {
        for (int p = 0; p < x.length; p++) {
            if (x[p] != 0) {
                gradient[p] += slope * x[p];
                double scaled = expected * x[p];
                for (int q = 0; q < x.length; q++) {
                    curvature[p][q] += scaled * x[q];
                }
            }
        }
    }
}
