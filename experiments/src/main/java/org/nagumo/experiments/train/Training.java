package org.nagumo.experiments.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.recording.SpikeThreshold;
import org.nagumo.experiments.network.TrainedNetwork;

/** From trajectories to a network: the whole training by a plan. */
public final class Training {

    /** Told how a training goes. */
    public interface Watcher {

        /** Hears nothing. */
        Watcher SILENT = losses -> { };

        /**
         * More of the work is done, {@link TrainingPlan#work} in all. Called from several threads at once.
         *
         * @param amount samples times evaluations of the gates
         */
        default void advance(long amount) {
        }

        /** A stage is done; those that were done before an interruption are told again. */
        void stageEnded(StageLosses losses);

        /**
         * A network is checked by the held-out stretches; called from several threads, and not without a plan's
         * held_out.
         *
         * @param start  its number among the starts
         * @param checks its checks so far
         * @param lowest its lowest score so far
         * @param ended  whether its training has ended
         */
        default void checked(int start, int checks, double lowest, boolean ended) {
        }

        /** One more network of the last stage is scored; not called without a validation. */
        default void scored() {
        }

        /**
         * The networks of the last stage are compared; not called without a validation.
         *
         * @param starts their numbers among the starts, the lowest training loss first
         * @param scores their scores
         */
        default void validated(int[] starts, List<ValidationScore> scores) {
        }

        /**
         * Another network of the polish was tried; not called without a polish.
         *
         * @param networks how many were tried so far
         * @param score    the lowest score among them
         */
        default void polished(int networks, double score) {
        }
    }

    private Training() {
    }

    /**
     * Trains. The same plan on the same data gives the same network, with any number of threads.
     *
     * @param plan    what to do
     * @param data    the neuron's trajectories
     * @param command how it was called, for the record
     * @param threads worker threads
     * @param watcher told how far the training is
     * @throws InterruptedException when the calling thread is interrupted
     */
    public static TrainedNetwork train(TrainingPlan plan, TrainingData data, String command, int threads,
            Watcher watcher) throws InterruptedException {
        return train(plan, data, command, threads, watcher, CheckpointFile.none());
    }

    /**
     * Trains, from where a checkpoint says: killed at any moment and called again, it gives the same network.
     *
     * @param checkpoints where the state is kept
     * @throws InterruptedException                 when the calling thread is interrupted; the state is kept then
     * @throws org.nagumo.datagen.io.InputException when the checkpoint is damaged or belongs to another training
     */
    public static TrainedNetwork train(TrainingPlan plan, TrainingData data, String command, int threads,
            Watcher watcher, CheckpointFile checkpoints) throws InterruptedException {
        TrajectorySet trajectories = data.trajectories();
        Scaling scaling = plan.scaling(trajectories);
        TrajectoryLoss loss = data.recorded() == null ? plan.loss()
                : plan.loss().withSpikeThreshold(scaling.output(SpikeThreshold.of(data.cell()).markMv()));
        TrainingSet set = new TrainingSet(plan.step(trajectories.dtMs()), scaling, loss, plan.weights(), plan.encoder(),
                trajectories.current(), trajectories.voltage());
        set.checkWindows(plan.stages());
        // Before any time is spent: what cannot be examined is refused here.
        double threshold = plan.loss().spikeThreshold();
        Examination validation = plan.validation() == null ? null : new Examination(plan.validation().noise(),
                plan.validation().responses(), plan.scale(), data, scaling, threshold, threads);
        Examination polishing = plan.polish() == null ? null : new Examination(plan.polish().noise(),
                plan.polish().responses(), plan.scale(), data, scaling, threshold, threads);
        HeldOutExam exam = plan.heldOut() == null ? null : exam(plan, data, scaling);
        CurriculumState kept = checkpoints.read();
        Curriculum curriculum = new Curriculum(plan, set, loss, threads, watcher, checkpoints, exam == null ? null
                : (candidate, theta) -> exam.score(network(plan, data, scaling, command, candidate,
                        candidate.shape().readoutUnits(), theta, null)).total());
        List<Candidate> ranked = curriculum.train(kept);
        List<Candidate> finite = ranked.stream().filter(c -> Double.isFinite(c.trainingLoss())).toList();
        if (finite.isEmpty()) {
            throw new IllegalStateException("no network of the " + plan.starts() + " starts stayed finite");
        }
        Candidate best = finite.get(0);
        if (exam != null) {
            HeldOutBest held = best.heldOut();
            if (!Double.isFinite(held.score())) {
                throw new IllegalStateException("no network of the " + plan.starts() + " starts predicts any spike of"
                        + " the held-out stretches");
            }
            return network(plan, data, scaling, command, best, held.readoutUnits(), held.theta(), held.score());
        }
        Double score = null;
        if (validation != null) {
            List<ValidationScore> scores = new ArrayList<>();
            for (Candidate c : finite) {
                scores.add(validation.score(network(plan, data, scaling, command, c, c.theta(), null)));
                watcher.scored();
            }
            watcher.validated(finite.stream().mapToInt(Candidate::start).toArray(), scores);
            int lowest = 0;
            for (int k = 1; k < scores.size(); k++) {
                lowest = scores.get(k).total() < scores.get(lowest).total() ? k : lowest;
            }
            best = finite.get(lowest);
            score = scores.get(lowest).total();
        }
        Candidate chosen = best;
        TrainedNetwork network = network(plan, data, scaling, command, chosen, chosen.theta(), score);
        if (polishing == null) {
            return network;
        }
        double[] polished = Polisher.polish(plan.polish(), plan, set, chosen, polishing, watcher,
                theta -> network(plan, data, scaling, command, chosen, theta, null));
        if (validation == null) {
            return network(plan, data, scaling, command, chosen, polished, null);
        }
        // What only fits the polish's own currents is not taken.
        double after = validation.score(network(plan, data, scaling, command, chosen, polished, null)).total();
        return after < score ? network(plan, data, scaling, command, chosen, polished, after) : network;
    }

    private static HeldOutExam exam(TrainingPlan plan, TrainingData data, Scaling scaling) {
        if (data.cell() == null) {
            throw new InputException("held_out with data that were simulated; allowed: data sets of recordings, or a"
                    + " plan with validation instead");
        }
        if (plan.stages().stream().noneMatch(stage -> stage.windowMs() >= plan.heldOut().fromWindowMs())) {
            throw new InputException("held_out.from_window_ms is " + plan.heldOut().fromWindowMs() + "; allowed: at"
                    + " most the longest window of the stages");
        }
        return new HeldOutExam(data.cell(), data.recorded(), scaling.voltageUnitMv());
    }

    private static TrainedNetwork network(TrainingPlan plan, TrainingData data, Scaling scaling, String command,
            Candidate candidate, double[] parameters, Double score) {
        return network(plan, data, scaling, command, candidate, candidate.shape().readoutUnits(), parameters, score);
    }

    /** The network of some weights, which runs as in the last stage. */
    private static TrainedNetwork network(TrainingPlan plan, TrainingData data, Scaling scaling, String command,
            Candidate candidate, int readoutUnits, double[] parameters, Double score) {
        Provenance provenance = new Provenance(command, data.teacher(), data.teacherParameters(),
                data.teacherSha256(), plan.seed(), plan.sha256(), data.sha256(), candidate.trainingLoss(), score,
                version(), Runtime.version().toString());
        NetworkCard card = new NetworkCard(NetworkCard.FORMAT_VERSION, plan.name(), plan.model().units(),
                readoutUnits, plan.model().features(), data.trajectories().dtMs(),
                plan.stages().get(plan.stages().size() - 1).integrator(), scaling, data.currents(), data.recorded(),
                provenance);
        double[] own = Arrays.copyOf(parameters, card.parameters());
        if (plan.scale() != null) {
            // The training counts time as the plan does, the network as its neuron.
            for (int j = 0; j < plan.model().units(); j++) {
                own[candidate.shape().logTau(j)] += Math.log(plan.timeUnit());
            }
        }
        return new TrainedNetwork(card, own);
    }

    private static String version() {
        String version = Training.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
