package org.nagumo.experiments.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nagumo.datagen.io.InputException;

/**
 * Trains many random starts through stages of growing windows and keeps, after each stage, those with the lowest
 * training loss (successive halving).
 *
 * <p>All networks of a stage see the same minibatches in the same order, from the stage's own stream of random
 * numbers; each thread trains a share of the networks on them side by side. The result does not depend on the number
 * of threads.
 *
 * <p>No network depends on how far another is, so a checkpoint holds each at an iteration of its own: threads publish
 * their networks now and then, and nobody waits. To go on, the draws of the stage are made again, which costs nothing
 * beside the training, and each network takes part from its own iteration on.
 */
final class Curriculum {

    /** Minibatches on which the networks of a stage are compared. */
    private static final int MEASURED_MINIBATCHES = 12;

    private final TrainingPlan plan;
    private final TrainingSet set;
    private final TrajectoryLoss loss;
    private final int threads;
    private final Training.Watcher watcher;
    private final CheckpointFile checkpoints;
    private final Checks checks;
    private final List<StageLosses> history = new ArrayList<>();

    /** Scores networks while they are trained. */
    interface Checks {

        /**
         * Scores a network. Called from several threads.
         *
         * @param candidate the network
         * @param theta     its weights
         * @return the score, the lower the better
         */
        double score(Candidate candidate, double[] theta);
    }

    /**
     * @param loss        the loss, with the spike threshold of the data
     * @param threads     worker threads
     * @param watcher     told how far the training is
     * @param checkpoints where the state is kept
     * @param checks      scores networks by the held-out stretches; null where the plan has no such checks
     */
    Curriculum(TrainingPlan plan, TrainingSet set, TrajectoryLoss loss, int threads, Training.Watcher watcher,
            CheckpointFile checkpoints, Checks checks) {
        this.plan = plan;
        this.set = set;
        this.loss = loss;
        this.threads = threads;
        this.watcher = watcher;
        this.checkpoints = checkpoints;
        this.checks = checks;
    }

    /** All losses so far. */
    List<StageLosses> history() {
        return List.copyOf(history);
    }

    /**
     * Trains.
     *
     * @param from where to go on, or null to begin
     * @return the networks of the last stage, the best first
     * @throws InterruptedException when the calling thread is interrupted; the state is kept then
     */
    List<Candidate> train(CurriculumState from) throws InterruptedException {
        Architecture shape = new Architecture(plan.stages().get(0).integrator(), plan.model().units(), 0,
                plan.model().features(), set.encoder().features());
        SplittableRandom seeds = new SplittableRandom(plan.seed());
        SplittableRandom measuring = seeds.split();
        List<Candidate> candidates = new ArrayList<>();
        for (int k = 0; k < plan.starts(); k++) {
            candidates.add(new Candidate(k, shape,
                    Starts.draw(shape, set.dtMs(), set.encoder(), plan.start(), seeds.split())));
        }
        int first = 0;
        boolean inside = false;
        if (from != null) {
            first = from.stage();
            inside = from.candidates().stream().anyMatch(candidate -> candidate.iteration() >= 0);
            Stage stage = plan.stages().get(Math.min(first, plan.stages().size() - 1));
            candidates = from.candidates().stream().map(c -> Candidate.of(c, shape, stage, plan.optimiser())).toList();
            history.addAll(from.history());
            for (StageLosses losses : history) {
                watcher.stageEnded(losses);
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "training");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int s = 0; s < plan.stages().size(); s++) {
                Stage stage = plan.stages().get(s);
                SplittableRandom measuringHere = measuring.split();
                List<SplittableRandom> own = new ArrayList<>();
                for (int k = 0; k < plan.networks(s); k++) {
                    own.add(seeds.split());
                }
                long drawing = seeds.nextLong();
                if (s < first) {
                    watcher.advance(work(s, plan.networks(s) * (long) stage.iterations()));
                    continue;
                }
                if (s > first || !inside) {
                    candidates = best(candidates, plan.networks(s));
                    for (int k = 0; k < candidates.size(); k++) {
                        candidates.get(k).begin(stage, plan.readoutUnits(s), plan.optimiser(), own.get(k));
                    }
                }
                trainStage(s, candidates, drawing, measured(stage, measuringHere), workers);
                StageLosses losses = new StageLosses(s, stage.windowMs(),
                        candidates.stream().mapToInt(Candidate::start).toArray(),
                        candidates.stream().mapToDouble(Candidate::trainingLoss).toArray());
                history.add(losses);
                keep(s + 1, candidates);
                watcher.stageEnded(losses);
            }
        } finally {
            workers.shutdownNow();
        }
        return best(candidates, candidates.size());
    }

    private void trainStage(int s, List<Candidate> candidates, long drawing, Minibatch[] measured,
            ExecutorService workers) throws InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        for (List<Candidate> share : shares(candidates, threads)) {
            running.add(workers.submit(() -> train(s, share, new SplittableRandom(drawing), measured)));
        }
        try {
            for (Future<?> future : running) {
                while (!isDone(future)) {
                    keep(s, candidates);
                }
            }
        } catch (InterruptedException e) {
            // The threads publish what they have and end.
            workers.shutdownNow();
            if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
                keep(s, candidates);
            }
            throw e;
        }
        candidates.forEach(Candidate::publish);
    }

    /** Waits for a share, at most until it is time for a checkpoint. */
    private boolean isDone(Future<?> future) throws InterruptedException {
        try {
            future.get(checkpoints.everyMs(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void keep(int stage, List<Candidate> candidates) throws InterruptedException {
        try {
            checkpoints.write(new CurriculumState(stage, candidates.stream().map(Candidate::published).toList(),
                    history()));
        } catch (InputException e) {
            // A file that is being written is closed when its thread is interrupted.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        }
    }

    private long work(int s, long steps) {
        return steps * plan.stages().get(s).work(set.dtMs());
    }

    private void train(int s, List<Candidate> share, SplittableRandom random, Minibatch[] measured) {
        Stage stage = plan.stages().get(s);
        WindowGradient window = new WindowGradient(share.get(0).shape(), set.dtMs(), loss);
        Minibatch batch = new Minibatch(set, stage.minibatch(), measured[0].steps());
        double ratio = stage.lastRate() / stage.firstRate();
        watcher.advance(work(s, share.stream().mapToInt(Candidate::iteration).sum()));
        long published = System.nanoTime();
        for (int i = 0; i < stage.iterations(); i++) {
            int now = i;
            if (share.stream().noneMatch(candidate -> candidate.iteration() == now)) {
                set.skip(random, batch);
                continue;
            }
            set.draw(random, batch);
            double rate = stage.firstRate() * Math.pow(ratio, (double) i / stage.iterations());
            int stepped = 0;
            for (Candidate candidate : share) {
                if (candidate.iteration() == i) {
                    candidate.step(window, batch, stage, rate);
                    stepped += 1 + check(candidate, stage);
                }
            }
            watcher.advance(work(s, stepped));
            boolean interrupted = Thread.interrupted();
            boolean due = interrupted || System.nanoTime() - published > 1_000_000 * checkpoints.everyMs();
            if (due && share.stream().allMatch(Candidate::publish)) {
                published = System.nanoTime();
            }
            if (interrupted) {
                return;
            }
        }
        for (Candidate candidate : share) {
            candidate.end(window, measured, stage);
        }
    }

    /** Checks a network where it is due; returns the steps that are left out because its training has ended. */
    private int check(Candidate candidate, Stage stage) {
        if (checks == null || !plan.heldOut().isDue(stage, candidate.iteration())) {
            return 0;
        }
        int left = candidate.check(checks, stage, plan.heldOut().patience());
        watcher.checked(candidate.start(), candidate.heldOut().checks(), candidate.heldOut().score(), left > 0);
        return left;
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

    /** Those with the lowest training loss, or by the held-out stretches once all are checked. */
    private static List<Candidate> best(List<Candidate> candidates, int count) {
        boolean checked = candidates.stream().allMatch(candidate -> candidate.heldOut().checks() > 0);
        return candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate candidate) -> checked ? candidate.heldOut().score()
                        : candidate.trainingLoss()).thenComparingInt(Candidate::start))
                .limit(count)
                .toList();
    }

    private Minibatch[] measured(Stage stage, SplittableRandom random) {
        int steps = (int) Math.round(stage.windowMs() / set.dtMs());
        Minibatch[] measured = new Minibatch[MEASURED_MINIBATCHES];
        for (int m = 0; m < measured.length; m++) {
            measured[m] = new Minibatch(set, stage.minibatch(), steps);
            set.draw(random, measured[m]);
        }
        return measured;
    }
}
