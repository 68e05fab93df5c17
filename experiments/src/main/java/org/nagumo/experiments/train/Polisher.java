package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.Well19937c;
import org.nagumo.datagen.stimulus.RandomStreams;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * Carries out a {@link Polish}. CMA-ES (Hansen 2016, arXiv:1604.00772) searches y in {@code theta + 0.1 L y}, with
 * {@code L = (G + 1e-5 lambda I)^(-1/2)}, its rows of length one, G the second moments of the training loss's gradient
 * over minibatches and lambda their largest eigenvalue: directions in which the loss is flat are searched as widely as
 * they are wide. In theta itself it goes nowhere.
 */
final class Polisher {

    private static final int MINIBATCHES = 400;
    private static final double RIDGE = 1e-5;
    private static final double STEP = 0.1;

    /** Score of a network that diverges. */
    private static final double WORST = 1e6;

    private Polisher() {
    }

    /**
     * Searches around a network.
     *
     * @param watcher told of every network that is tried
     * @param build   the network of a vector of parameters
     * @return the parameters of the best network that was tried, the first one included
     * @throws InterruptedException when the calling thread is interrupted
     */
    static double[] polish(Polish polish, TrainingPlan plan, TrainingSet set, Candidate best, Examination examination,
            Training.Watcher watcher, Function<double[], TrainedNetwork> build) throws InterruptedException {
        Architecture shape = best.shape();
        int size = shape.networkParameters();
        double[] theta = best.theta();
        double[][] directions = directions(plan, set, best);
        double leastLogTau = Math.log(Candidate.LEAST_TAU_IN_STEPS * set.dtMs());
        int[] tried = {0};
        double[] lowest = {WORST};
        ObjectiveFunction objective = new ObjectiveFunction(y -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            double total = examination.score(build.apply(moved(theta, directions, y, shape, leastLogTau))).total();
            double score = Double.isFinite(total) ? total : WORST;
            lowest[0] = Math.min(lowest[0], score);
            watcher.polished(++tried[0], lowest[0]);
            return score;
        });
        double[] zero = new double[size];
        double[] sigma = new double[size];
        Arrays.fill(sigma, polish.sigma());
        long seed = RandomStreams.named(plan.seed(), "polish", 0).nextLong();
        CMAESOptimizer optimiser = new CMAESOptimizer(Math.max(1, polish.evaluations() / polish.population()), 0, true,
                0, 0, new Well19937c(seed), false, null);
        try {
            double before = objective.getObjectiveFunction().value(zero);
            var found = optimiser.optimize(MaxEval.unlimited(), objective, GoalType.MINIMIZE, new InitialGuess(zero),
                    SimpleBounds.unbounded(size), new CMAESOptimizer.Sigma(sigma),
                    new CMAESOptimizer.PopulationSize(polish.population()));
            return moved(theta, directions, found.getValue() < before ? found.getPoint() : zero, shape, leastLogTau);
        } catch (CancellationException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    private static double[] moved(double[] theta, double[][] directions, double[] y, Architecture shape,
            double leastLogTau) {
        double[] moved = new double[y.length];
        for (int p = 0; p < y.length; p++) {
            double step = 0;
            for (int q = 0; q < y.length; q++) {
                step += directions[p][q] * y[q];
            }
            moved[p] = theta[p] + STEP * step;
        }
        for (int j = 0; j < shape.units(); j++) {
            moved[shape.logTau(j)] = Math.max(moved[shape.logTau(j)], leastLogTau);
        }
        return moved;
    }

    /** L. */
    private static double[][] directions(TrainingPlan plan, TrainingSet set, Candidate best) {
        Stage last = plan.stages().get(plan.stages().size() - 1);
        SplittableRandom random = RandomStreams.named(plan.seed(), "polish", 1);
        WindowGradient window = new WindowGradient(best.shape(), set.dtMs(), plan.loss());
        Minibatch batch = new Minibatch(set, last.minibatch(), (int) Math.round(last.windowMs() / set.dtMs()));
        int size = best.shape().networkParameters();
        double[] gradient = new double[best.theta().length];
        RealMatrix moments = new Array2DRowRealMatrix(size, size);
        for (int m = 0; m < MINIBATCHES; m++) {
            set.draw(random, batch);
            window.evaluate(best.theta(), batch, last.flankWeight(), gradient);
            for (int p = 0; p < size; p++) {
                for (int q = 0; q < size; q++) {
                    moments.addToEntry(p, q, gradient[p] * gradient[q] / MINIBATCHES);
                }
            }
        }
        double[] eigenvalues = new EigenDecompositionSymmetric(moments).getEigenvalues();
        double ridge = RIDGE * Arrays.stream(eigenvalues).max().orElseThrow();
        for (int p = 0; p < size; p++) {
            moments.addToEntry(p, p, ridge);
        }
        RealMatrix root = new EigenDecompositionSymmetric(moments).getSquareRoot();
        double[][] rows = new LUDecomposition(root).getSolver().getInverse().getData();
        for (double[] row : rows) {
            double length = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
            for (int q = 0; q < size; q++) {
                row[q] /= length;
            }
        }
        return rows;
    }
}
