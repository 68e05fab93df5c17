package org.nagumo.experiments.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * How the networks of the last stage are compared: by what they answer to currents that are neither in the training data
 * nor in an evaluation. The training loss says little of the height of a spike or of the coexistence of rest and firing
 * among networks that are all good.
 */
public record Validation(
        @Described("protocol of noise under which spikes have to come at the right times") String noise,
        @Described("protocol of steps, releases and kicks under which spikes have to have the right number and shape")
        String responses) {

    static final Validation STANDARD = new Validation("validation-noise", "validation-responses");

    /** Protocols in files are found from another file's folder. */
    Validation from(Path folder) {
        return new Validation(DataSource.from(folder, noise), DataSource.from(folder, responses));
    }

    /**
     * Scores networks, the lower the better ({@link ValidationScore#total}).
     *
     * @param data      what they were trained on, which names the neuron
     * @param threshold scaled voltage that a spike crosses, away from rest
     * @throws InputException when the neuron is a recording
     */
    List<ValidationScore> score(List<TrainedNetwork> networks, TrainingData data, double threshold, int threads) {
        if (data.teacher().equals(TrainingData.RECORDING)) {
            throw new InputException("validation with recordings, which answer no other currents; allowed: data that were"
                    + " simulated, or a plan without validation");
        }
        Neuron neuron = Neurons.named(data.teacher()).with(data.teacherParameters());
        Scaling scaling = networks.get(0).card().scaling();
        SpikeView view = new SpikeView(scaling.voltageMv(threshold), scaling.voltageUnitMv(),
                neuron.restState()[0] > scaling.voltageMv(threshold));
        List<CurrentTrace> trials = Protocol.named(noise).withNeuron(neuron).sequences();
        List<CurrentTrace> others = Protocol.named(responses).withNeuron(neuron).sequences();
        NeuronSimulator teacher = new NeuronSimulator(neuron, threads);
        List<Trace> noisy = answers(teacher, trials, view);
        List<Trace> shaped = answers(teacher, others, view);
        List<ValidationScore> scores = new ArrayList<>();
        for (TrainedNetwork network : networks) {
            NetworkSystem student = new NetworkSystem(network);
            scores.add(ValidationScore.of(noisy, answers(student, trials, view), shaped,
                    answers(student, others, view)));
        }
        return scores;
    }

    private static List<Trace> answers(ExcitableSystem system, List<CurrentTrace> currents, SpikeView view) {
        return system.respond(currents).stream().map(view::of).toList();
    }
}
