package org.nagumo.experiments.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;
import org.nagumo.experiments.network.Scaling;

/**
 * Everything that differs between trainings, as it stands in a file ({@link TrainingPlans}): the same plan on the same
 * data gives the same network, to the last bit. What is the same for all is where it is used: the times of the loss's
 * filters ({@link TrajectoryLoss}), the clipping of single windows (WindowGradient), other ranges of random starts
 * (Starts), the least time constant (Candidate), the first basis (Adam), the minibatches by which stages end
 * (Curriculum) and the metric of a polish (Polisher).
 */
public record TrainingPlan(
        @Described(value = "name of the network", required = true) String name,
        @Described("what is trained") Model model,
        @Described("what it is trained on, unless the command is given data") DataSource data,
        @Described("units of the network's input and output; by default taken from the data, so that the largest"
                + " current is 1 or -1 and potentials reach from -0.85 to 0.75") Scaling scaling,
        @Described("how far the network's voltage is from the neuron's") TrajectoryLoss loss,
        @Described("how much less the flanks of spikes count") Flanks flanks,
        @Described("the optimiser") Optimiser optimiser,
        @Described("seed of all random draws of the training") long seed,
        @Described("random networks that begin: positive") int starts,
        @Described("what is seen of the past where a window begins") Encoder encoder,
        @Described("how the networks begin") Start start,
        @Described(value = "the curriculum, in order", required = true) List<Stage> stages,
        @Described("how the networks of the last stage are compared; without it, by their training loss")
        Validation validation,
        @Described("how networks trained on recordings are chosen, and when their training ends, by stretches that are"
                + " held out; in the place of a validation") HeldOut heldOut,
        @Described("a last search around the chosen network; not done unless stated") Polish polish) {

    static final TrainingPlan STANDARD = new TrainingPlan("network", Model.STANDARD, DataSource.STANDARD, null,
            new TrajectoryLoss(0.2, 0.3, 1, 0.1, 0.06), Flanks.STANDARD, Optimiser.STANDARD, 1, 16,
            Encoder.STANDARD, Start.STANDARD, List.of(Stage.STANDARD), null, null, null);

    public TrainingPlan {
        stages = List.copyOf(stages);
        if (validation != null && heldOut != null) {
            throw new IllegalArgumentException("validation and held_out are both stated; allowed: validation for a"
                    + " neuron that is simulated, held_out for recordings");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is empty; allowed: a name");
        }
        Range.positive("starts", starts);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages is empty; allowed: at least one stage");
        }
        int before = starts;
        for (int s = 0; s < stages.size(); s++) {
            int networks = stages.get(s).networks();
            if (networks > before || s == 0 && networks > 0 && networks < starts) {
                throw new IllegalArgumentException("stages[" + s + "].networks is " + networks + "; allowed: "
                        + (s == 0 ? "all " + starts + " starts" : "at most " + before + ", as in the stage before"));
            }
            before = networks == 0 ? before : networks;
            if (s > 0 && stages.get(s - 1).wideReadout() && !stages.get(s).wideReadout()) {
                throw new IllegalArgumentException("stages[" + s + "].wideReadout is false; allowed: true, as in the"
                        + " stage before");
            }
        }
    }

    /** Networks that take part in a stage. */
    public int networks(int stage) {
        int networks = starts;
        for (int s = 0; s <= stage; s++) {
            networks = stages.get(s).networks() == 0 ? networks : stages.get(s).networks();
        }
        return networks;
    }

    /** Tanh units of the readout in a stage, 0 for a linear one. */
    int readoutUnits(int stage) {
        return stages.get(stage).wideReadout() ? model.readoutUnits() : 0;
    }

    /** Samples times evaluations of the gates in the whole training, the unit of its progress. */
    public long work(double dtMs) {
        long work = 0;
        for (int s = 0; s < stages.size(); s++) {
            Stage stage = stages.get(s);
            work += networks(s) * stage.iterations() * stage.work(dtMs);
        }
        return work;
    }

    /** The same with another seed. */
    public TrainingPlan withSeed(long other) {
        return new TrainingPlan(name, model, data, scaling, loss, flanks, optimiser, other, starts, encoder, start,
                stages, validation, heldOut, polish);
    }

    /** The same for another kind of network. */
    public TrainingPlan withModel(String itsName, Model other) {
        return new TrainingPlan(itsName, other, data, scaling, loss, flanks, optimiser, seed, starts, encoder, start,
                stages, validation, heldOut, polish);
    }

    /** The same for another neuron under the same currents. */
    public TrainingPlan withNeuron(Neuron neuron) {
        return withData(data.withModel(neuron));
    }

    TrainingPlan withData(DataSource other) {
        return new TrainingPlan(name, model, other, scaling, loss, flanks, optimiser, seed, starts, encoder, start,
                stages, validation, heldOut, polish);
    }

    /** Protocols in files are found from another file's folder. */
    TrainingPlan from(Path folder) {
        return new TrainingPlan(name, model, data.from(folder), scaling, loss, flanks, optimiser, seed, starts, encoder,
                start, stages, validation == null ? null : validation.from(folder), heldOut,
                polish == null ? null : polish.from(folder));
    }

    /** The same with other stages. */
    public TrainingPlan withStages(List<Stage> others) {
        return new TrainingPlan(name, model, data, scaling, loss, flanks, optimiser, seed, starts, encoder, start,
                others, validation, heldOut, polish);
    }

    /** Checksum of all that decides the training beside the data, which have a checksum of their own. */
    public String sha256() {
        return Checksums.of(TrainingPlans.write(withData(null)).getBytes(StandardCharsets.UTF_8));
    }
}
