package org.nagumo.experiments.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.SpikeWidth;
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
        @Described("scale of the neuron on which the currents and times of this plan and its protocols are meant, such as"
                + " {current: 14.1, hyperpolarising: 0.31, time: 8.3}: by default the protocol's own")
        ProtocolScale scale,
        @Described("units of the network's input and output; by default taken from the data, so that the largest"
                + " current is 1 or -1 and potentials reach from -0.85 to 0.75") Scaling scaling,
        @Described("how far the network's voltage is from the neuron's") TrajectoryLoss loss,
        @Described("how much samples count: the flanks of spikes less, a still potential more") SampleWeights weights,
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

    static final TrainingPlan STANDARD = new TrainingPlan("network", Model.STANDARD, DataSource.STANDARD, null, null,
            new TrajectoryLoss(0.2, 0.3, 1, 0.1, 0.06, 0), SampleWeights.STANDARD, Optimiser.STANDARD, 1, 16,
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

    /**
     * Samples times evaluations of the gates in the whole training, the unit of its progress.
     *
     * @param dtMs step of the data
     * @return the number
     */
    public long work(double dtMs) {
        long work = 0;
        for (int s = 0; s < stages.size(); s++) {
            Stage stage = stages.get(s);
            work += networks(s) * stage.iterations() * stage.work(step(dtMs));
        }
        return work;
    }

    /** The same with another seed. */
    public TrainingPlan withSeed(long other) {
        return new TrainingPlan(name, model, data, scale, scaling, loss, weights, optimiser, other, starts, encoder,
                start, stages, validation, heldOut, polish);
    }

    /** The same for another kind of network. */
    public TrainingPlan withModel(String itsName, Model other) {
        return new TrainingPlan(itsName, other, data, scale, scaling, loss, weights, optimiser, seed, starts, encoder,
                start, stages, validation, heldOut, polish);
    }

    /**
     * The same for another neuron, on its own scale: where the plan's neuron gets a current that lets it just fire, this
     * one does too, and as many spikes fall into a window, unless this neuron's spikes are the narrower part of its
     * period. Then as many samples fall into a spike.
     *
     * @param neuron the neuron
     * @return the plan
     * @throws InputException when the neuron states no scale and fires repetitively at no constant current, or its
     *                        spikes go the other way
     */
    public TrainingPlan withNeuron(Neuron neuron) {
        Neuron own = neuron();
        NeuronScale to = NeuronScale.of(neuron);
        NeuronScale from = NeuronScale.of(own);
        ProtocolScale ratio = to.inUnitsOf(from);
        TrainingPlan changed = withData(data.withModel(neuron));
        if (ratio.equals(ProtocolScale.ONE)) {
            return changed;
        }
        if (to.criterion().downward() != from.criterion().downward()) {
            throw new InputException("the spikes of " + neuron.name() + " go " + (to.criterion().downward() ? "down" : "up")
                    + ", those of " + own.name() + ", which the plan is for, do not; allowed: a neuron whose spikes go the"
                    + " same way, or a plan with a protocol for " + neuron.name());
        }
        double widths = NeuronScale.rounded(SpikeWidth.of(neuron) / SpikeWidth.of(own));
        ProtocolScale resolved = new ProtocolScale(ratio.current(), ratio.hyperpolarising(),
                Math.min(ratio.time(), widths));
        return new TrainingPlan(name, model, changed.data, scale == null ? resolved : scale.times(resolved), scaling,
                loss, weights, optimiser, seed, starts, encoder, start, stages, validation, heldOut, polish);
    }

    /** The neuron that is trained on. */
    public Neuron neuron() {
        return protocol().neuron();
    }

    /** The protocol of the data. */
    public Protocol protocol() {
        return data.open(scale);
    }

    /**
     * The step of data in the time of this plan.
     *
     * @param dtMs their step in the neuron's time
     * @return the step
     */
    double step(double dtMs) {
        return dtMs / timeUnit();
    }

    /** The neuron's time that corresponds to 1 ms of this plan. */
    double timeUnit() {
        return scale == null ? 1 : scale.time();
    }

    /** Units of the network's input and output for data. On another scale, potentials are taken from the data. */
    Scaling scaling(TrajectorySet trajectories) {
        if (scaling == null || scale == null) {
            return scaling == null ? DataScaling.of(trajectories) : scaling;
        }
        Scaling found = DataScaling.of(trajectories);
        return new Scaling(scaling.currentUnitUaPerCm2() * Math.abs(scale.current()), found.voltageOffsetMv(),
                found.voltageUnitMv());
    }

    TrainingPlan withData(DataSource other) {
        return new TrainingPlan(name, model, other, scale, scaling, loss, weights, optimiser, seed, starts, encoder,
                start, stages, validation, heldOut, polish);
    }

    /** Protocols in files are found from another file's folder. */
    TrainingPlan from(Path folder) {
        return new TrainingPlan(name, model, data.from(folder), scale, scaling, loss, weights, optimiser, seed, starts,
                encoder, start, stages, validation == null ? null : validation.from(folder), heldOut,
                polish == null ? null : polish.from(folder));
    }

    /** The same with other stages. */
    public TrainingPlan withStages(List<Stage> others) {
        return new TrainingPlan(name, model, data, scale, scaling, loss, weights, optimiser, seed, starts, encoder,
                start, others, validation, heldOut, polish);
    }

    /** Checksum of all that decides the training beside the data, which have a checksum of their own. */
    public String sha256() {
        return Checksums.of(TrainingPlans.write(withData(null)).getBytes(StandardCharsets.UTF_8));
    }
}
