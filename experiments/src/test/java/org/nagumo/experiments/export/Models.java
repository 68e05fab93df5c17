package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.Integration;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.ShippedNetworks;

/** The models of the tests, currents for them, and their responses here. */
final class Models {

    private Models() {
    }

    static ExportedSystem exported(String model) {
        return ShippedNetworks.names().contains(model) ? ExportedSystem.of(ShippedNetworks.named(model))
                : ExportedSystem.of((EquationNeuron) Neurons.named(model));
    }

    /** 200 ms of noise in which the squid's axon and its networks fire. */
    static CurrentTrace noise(double dt) {
        return noise(dt, 1);
    }

    /** That noise times a factor, for models of other units. */
    static CurrentTrace noise(double dt, double factor) {
        double[] current = new double[(int) Math.round(200 / dt) + 1];
        new OrnsteinUhlenbeck(7 * factor, 4 * factor, 5).addTo(current, dt, new SplittableRandom(1952));
        return new CurrentTrace(dt, current);
    }

    /** A current that is switched on at a time and stays. */
    static CurrentTrace step(double amplitude, double onset, double duration, double dt) {
        double[] current = new double[(int) Math.round(duration / dt) + 1];
        for (int k = (int) Math.round(onset / dt); k < current.length; k++) {
            current[k] = amplitude;
        }
        return new CurrentTrace(dt, current);
    }

    /** The response by a network's own steps, or a neuron's by the Runge-Kutta method with the steps of the export. */
    static Trace sameMethod(String model, CurrentTrace current) {
        if (ShippedNetworks.names().contains(model)) {
            return new NetworkSystem(ShippedNetworks.named(model)).respond(List.of(current)).get(0);
        }
        ExportedSystem exported = exported(model);
        return new NeuronSimulator(Neurons.named(model), 1, exported.initial(), new Integration(
                Integration.Method.RUNGE_KUTTA_4, exported.stepping().sample())).respond(List.of(current)).get(0);
    }

    /** The response by the best method there is. */
    static Trace response(String model, CurrentTrace current) {
        ExcitableSystem system = ShippedNetworks.names().contains(model)
                ? new NetworkSystem(ShippedNetworks.named(model))
                : new NeuronSimulator(Neurons.named(model), 1, exported(model).initial(), Integration.ADAPTIVE);
        return system.respond(List.of(current)).get(0);
    }

    /** Times at which a potential rises through a threshold, by linear interpolation. */
    static List<Double> crossings(double[] voltage, double dt, double threshold) {
        List<Double> times = new ArrayList<>();
        for (int k = 1; k < voltage.length; k++) {
            if (voltage[k - 1] < threshold && voltage[k] >= threshold) {
                times.add(dt * (k - 1 + (threshold - voltage[k - 1]) / (voltage[k] - voltage[k - 1])));
            }
        }
        return times;
    }

    static double difference(double[] a, double[] b) {
        double worst = a.length == b.length ? 0 : Double.NaN;
        for (int k = 0; k < Math.min(a.length, b.length); k++) {
            worst = Math.max(worst, Math.abs(a[k] - b[k]));
        }
        return worst;
    }

    /** The largest difference of two voltages and of their spike times. */
    static double[] differences(ExportedSystem system, double dt, double[] ours, double[] theirs) {
        List<Double> a = crossings(ours, dt, system.spike().threshold());
        List<Double> b = crossings(theirs, dt, system.spike().threshold());
        return new double[] {difference(ours, theirs), difference(
                a.stream().mapToDouble(each -> each).toArray(), b.stream().mapToDouble(each -> each).toArray()),
            a.size()};
    }
}
