package org.nagumo.experiments.train;

import java.util.List;
import org.nagumo.experiments.network.Scaling;

/**
 * Everything that decides a training, apart from the data: the same plan on the same data gives the same network.
 *
 * @param units        state variables of the network
 * @param features     shared features of the layer, 0 for the plain continuous-time GRU
 * @param seed         seed of all random draws
 * @param scaling      units of the network's input and output
 * @param loss         the loss
 * @param stages       the curriculum; the first stage's {@code networks} is the number of random starts
 */
public record TrainingPlan(int units, int features, long seed, Scaling scaling, TrajectoryLoss loss,
        List<Stage> stages) {

    public TrainingPlan {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages is empty; allowed: at least one stage");
        }
        for (int s = 1; s < stages.size(); s++) {
            if (stages.get(s).readoutUnits() < stages.get(s - 1).readoutUnits()) {
                throw new IllegalArgumentException("stages[" + s + "].readoutUnits is " + stages.get(s).readoutUnits()
                        + "; allowed: at least " + stages.get(s - 1).readoutUnits() + ", as in the stage before");
            }
            if (stages.get(s).networks() > stages.get(s - 1).networks()) {
                throw new IllegalArgumentException("stages[" + s + "].networks is " + stages.get(s).networks()
                        + "; allowed: at most " + stages.get(s - 1).networks() + ", as in the stage before");
            }
        }
    }

    /** Random starts. */
    public int starts() {
        return stages.get(0).networks();
    }

    /** Tanh units of the trained network's readout, 0 for a linear one. */
    public int readoutUnits() {
        return stages.get(stages.size() - 1).readoutUnits();
    }

    /** Samples times Euler steps of the whole training, the unit of its progress. */
    public long work(double dtMs) {
        long work = 0;
        for (Stage stage : stages) {
            work += (long) stage.networks() * stage.iterations() * stage.minibatch()
                    * Math.round(stage.windowMs() / dtMs);
        }
        return work;
    }
}
