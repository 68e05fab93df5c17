package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.FiringOnset;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.spikes.SpikeCriterion;

/** A neuron's answers to the currents of two protocols and its onset of firing, by which networks are scored. */
final class Examination {

    private final List<CurrentTrace> trials;
    private final List<CurrentTrace> others;
    private final SpikeCriterion criterion;
    private final double unit;
    private final SpikeCriterion seen;
    private final List<Trace> noisy;
    private final List<Trace> shaped;
    private final Battery battery;
    private final FiringOnset onset;

    /**
     * Lets the neuron answer.
     *
     * @param noise     protocol of noise
     * @param responses protocol of other currents
     * @param scale     scale on which these protocols are meant, or null
     * @param data      what the networks were trained on, which names the neuron
     * @param scaling   their scaling
     * @param threshold scaled voltage that a spike crosses
     * @throws InputException when the data are recordings, or the protocols ship for neurons in other units
     */
    Examination(String noise, String responses, ProtocolScale scale, TrainingData data, Scaling scaling, double threshold, int threads) {
        if (data.teacher().equals(TrainingData.RECORDING)) {
            throw new InputException("validation or polish with recordings, which answer no other currents; allowed:"
                    + " data that were simulated, or a plan without them");
        }
        Neuron neuron = Neurons.named(data.teacher()).with(data.teacherParameters());
        NeuronScale own = NeuronScale.of(neuron);
        criterion = own.criterion().withThreshold(scaling.voltageMv(threshold));
        unit = scaling.voltageUnitMv();
        seen = criterion.scaled(unit);
        trials = new DataSource(noise, neuron).open(scale).sequences();
        others = new DataSource(responses, neuron).open(scale).sequences();
        NeuronSimulator teacher = new NeuronSimulator(neuron, threads);
        noisy = answers(teacher, trials);
        shaped = answers(teacher, others);
        battery = new Battery(data.trajectories().dtMs(), 1, own);
        onset = battery.onset(teacher);
    }

    /** Scores a network. */
    ValidationScore score(TrainedNetwork network) {
        NetworkSystem student = new NetworkSystem(network);
        return ValidationScore.of(noisy, answers(student, trials), shaped, answers(student, others), seen, onset,
                battery.onset(student));
    }

    private List<Trace> answers(ExcitableSystem system, List<CurrentTrace> currents) {
        return system.respond(currents).stream().map(trace -> seen(trace, criterion, unit)).toList();
    }

    /** Any neuron's voltage as one whose spikes cross zero upward, in units of the scaling. */
    static Trace seen(Trace trace, SpikeCriterion criterion, double unit) {
        double[] voltage = Arrays.stream(criterion.aligned(trace.voltageMv())).map(v -> v / unit).toArray();
        return new Trace(trace.current(), voltage, trace.stateNames(), trace.states());
    }
}
