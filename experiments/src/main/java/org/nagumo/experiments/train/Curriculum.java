package org.nagumo.experiments.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trains many random starts through stages of growing windows and keeps, after each stage, those with the lowest
 * training loss (successive halving).
 *
 * <p>All networks of a stage see the same minibatches in the same order, from the stage's own stream of random
 * numbers; each thread trains a share of the networks on them side by side. The result does not depend on the number
 * of threads.
 */
public final class Curriculum {

    /** Minibatches on which the networks of a stage are compared. */
    private static final int MEASURED_MINIBATCHES = 12;

    private Curriculum() {
    }

    /** What is told at the end of a stage: the losses in order of the networks' start numbers. */
    public interface Listener {
        void stageEnded(int stage, int[] starts, double[] trainingLosses);
    }

    static List<Candidate> train(TrainingPlan plan, TrainingSet set, double[] stateMeans, int threads,
            Progress progress, Listener listener) throws InterruptedException {
        Architecture shape = new Architecture(plan.units(), 0, plan.features(), set.encoderFeatures());
        SplittableRandom seeds = new SplittableRandom(plan.seed());
        SplittableRandom measuring = seeds.split();
        List<Candidate> candidates = new ArrayList<>();
        for (int k = 0; k < plan.starts(); k++) {
            candidates.add(new Candidate(k, shape, Starts.draw(shape, set.dtMs(), stateMeans, seeds.split())));
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "training");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int s = 0; s < plan.stages().size(); s++) {
                Stage stage = plan.stages().get(s);
                candidates = best(candidates, stage.networks());
                Minibatch[] measured = measured(set, stage, measuring.split());
                for (Candidate candidate : candidates) {
                    candidate.begin(stage, seeds.split());
                }
                long drawing = seeds.nextLong();
                List<Future<?>> running = new ArrayList<>();
                for (List<Candidate> share : shares(candidates, threads)) {
                    SplittableRandom own = new SplittableRandom(drawing);
                    running.add(workers.submit(() -> train(share, stage, plan.loss(), set, own, measured, progress)));
                }
                for (Future<?> future : running) {
                    await(future);
                }
                listener.stageEnded(s, candidates.stream().mapToInt(Candidate::start).toArray(),
                        candidates.stream().mapToDouble(Candidate::trainingLoss).toArray());
            }
        } finally {
            workers.shutdownNow();
        }
        return best(candidates, candidates.size());
    }

    private static void train(List<Candidate> share, Stage stage, TrajectoryLoss loss, TrainingSet set,
            SplittableRandom random, Minibatch[] measured, Progress progress) {
        WindowGradient window = new WindowGradient(share.get(0).shape(), set.dtMs(), loss);
        int steps = measured[0].steps();
        Minibatch batch = new Minibatch(set, stage.minibatch(), steps, stage.auxiliaryWeight() > 0);
        double ratio = stage.lastRate() / stage.firstRate();
        for (int i = 0; i < stage.iterations(); i++) {
            if (Thread.interrupted()) {
                return;
            }
            set.draw(random, batch);
            double rate = stage.firstRate() * Math.pow(ratio, (double) i / stage.iterations());
            for (Candidate candidate : share) {
                candidate.step(window, batch, stage, rate);
            }
            progress.advance((long) share.size() * stage.minibatch() * steps);
        }
        for (Candidate candidate : share) {
            candidate.measure(window, measured, stage);
        }
    }

    /** Deals the candidates out to the threads. */
    private static List<List<Candidate>> shares(List<Candidate> candidates, int threads) {
        List<List<Candidate>> shares = new ArrayList<>();
        for (int k = 0; k < candidates.size(); k++) {
            if (k < threads) {
                shares.add(new ArrayList<>());
            }
            shares.get(k % threads).add(candidates.get(k));
        }
        return shares;
    }

    private static List<Candidate> best(List<Candidate> candidates, int count) {
        return candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::trainingLoss).thenComparingInt(Candidate::start))
                .limit(count)
                .toList();
    }

    private static Minibatch[] measured(TrainingSet set, Stage stage, SplittableRandom random) {
        int steps = (int) Math.round(stage.windowMs() / set.dtMs());
        Minibatch[] measured = new Minibatch[MEASURED_MINIBATCHES];
        for (int m = 0; m < measured.length; m++) {
            measured[m] = new Minibatch(set, stage.minibatch(), steps, false);
            set.draw(random, measured[m]);
        }
        return measured;
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
