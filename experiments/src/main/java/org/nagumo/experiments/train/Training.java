package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.TrainedNetwork;

/** From trajectories to a network: the whole training by a plan. */
public final class Training {

    private Training() {
    }

    /**
     * Trains. The same plan on the same data gives the same network, with any number of threads.
     *
     * @param plan     what to do
     * @param data     the neuron's trajectories
     * @param name     name of the network
     * @param command  how it was called, for the record
     * @param teacher  the neuron, for the record
     * @param sha256   checksum of the data, for the record
     * @param threads  worker threads
     * @param progress told the number of samples times Euler steps, {@link TrainingPlan#work} in all
     * @param listener told the losses at the end of each stage
     * @throws InterruptedException when the calling thread is interrupted
     */
    public static TrainedNetwork train(TrainingPlan plan, TrajectorySet data, String name, String command,
            String teacher, String sha256, int threads, Progress progress, Curriculum.Listener listener)
            throws InterruptedException {
        TrainingSet set = new TrainingSet(data.dtMs(), plan.scaling(), plan.loss(), data.current(), data.voltage(),
                data.states());
        List<Candidate> ranked = Curriculum.train(plan, set, means(data), threads, progress, listener);
        Candidate best = ranked.get(0);
        if (!Double.isFinite(best.trainingLoss())) {
            throw new IllegalStateException("no network of the " + plan.starts() + " starts stayed finite");
        }
        Provenance provenance = new Provenance(command, teacher, plan.seed(), sha256, best.trainingLoss(),
                version(), Runtime.version().toString());
        NetworkCard card = new NetworkCard(NetworkCard.FORMAT_VERSION, name, plan.units(), plan.readoutUnits(),
                plan.features(), data.dtMs(), plan.scaling(), provenance);
        return new TrainedNetwork(card, Arrays.copyOf(best.theta(), best.shape().networkParameters()));
    }

    private static String version() {
        String version = Training.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Mean of each of the neuron's other states over the data. */
    private static double[] means(TrajectorySet data) {
        double[] means = new double[data.stateNames().size()];
        for (int s = 0; s < means.length; s++) {
            double sum = 0;
            long count = 0;
            for (float[][] sequence : data.states()) {
                for (float value : sequence[s]) {
                    sum += value;
                    count++;
                }
            }
            means[s] = sum / count;
        }
        return means;
    }
}
