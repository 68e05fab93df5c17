package org.nagumo.experiments.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.Trace;

/**
 * A trained network under any current, in physical units. Its steps are no longer than for the samples of its training,
 * however far apart those of a current are. A network of second order or better gives the same answer
 * however finely a current is sampled; one of Euler steps does not.
 *
 * <p>It computes in double precision. In the single precision of training, rounding alone moves the spikes of a network
 * within 200 ms by up to 0.01 mV.
 */
public final class NetworkSystem implements ExcitableSystem {

    /** Time without current after which a network, begun in state zero, is at rest. */
    public static final double SETTLING_MS = 1000;

    private static final int MOST_LANES = 128;
    private static final int CHUNK_STEPS = 1000;

    private final TrainedNetwork network;
    private final double[] parameters;

    public NetworkSystem(TrainedNetwork network) {
        this.network = network;
        this.parameters = network.parameters();
    }

    @Override
    public String name() {
        return network.card().name();
    }

    /** What the network is and where it comes from. */
    public NetworkCard card() {
        return network.card();
    }

    @Override
    public List<String> stateNames() {
        return IntStream.rangeClosed(1, network.card().units()).mapToObj(j -> "h" + j).toList();
    }

    @Override
    public List<Trace> respond(List<CurrentTrace> currents, LongConsumer progress) {
        Trace[] traces = new Trace[currents.size()];
        List<Integer> waiting = new ArrayList<>(IntStream.range(0, currents.size()).boxed().toList());
        while (!waiting.isEmpty()) {
            CurrentTrace first = currents.get(waiting.get(0));
            List<Integer> alike = waiting.stream().filter(k -> currents.get(k).length() == first.length()
                    && currents.get(k).dtMs() == first.dtMs()).limit(MOST_LANES).toList();
            waiting.removeAll(alike);
            List<Trace> answers = respondAlike(alike.stream().map(currents::get).toList(), progress);
            for (int i = 0; i < alike.size(); i++) {
                traces[alike.get(i)] = answers.get(i);
            }
        }
        return List.of(traces);
    }

    /** Currents of one length and step, side by side. */
    private List<Trace> respondAlike(List<CurrentTrace> currents, LongConsumer progress) {
        int lanes = currents.size();
        int length = currents.get(0).length();
        double dt = currents.get(0).dtMs();
        int units = network.card().units();
        double[][] voltage = new double[lanes][length];
        double[][][] states = new double[lanes][units][length];
        FusedGru<double[]> gru = FusedGru.ofDoubles(network.card().equations(dt), 1, units);
        FusedReadout<double[]> readout = new FusedReadout<>(gru, network.card().readoutUnits());
        double[] rest = rest(dt);
        double v0 = network.voltageMv(rest);
        double[][] carried = new double[units][lanes];
        for (int j = 0; j < units; j++) {
            Arrays.fill(carried[j], rest[j]);
        }
        for (int b = 0; b < lanes; b++) {
            voltage[b][0] = v0;
            for (int j = 0; j < units; j++) {
                states[b][j][0] = rest[j];
            }
        }
        progress.accept(lanes);
        for (int from = 0; from < length - 1; from += CHUNK_STEPS) {
            int steps = Math.min(CHUNK_STEPS, length - 1 - from);
            gru.resize(lanes, steps);
            for (int j = 0; j < units; j++) {
                System.arraycopy(carried[j], 0, gru.initialState(j), 0, lanes);
            }
            for (int t = 0; t < steps; t++) {
                double[] x = gru.input(t, 0);
                for (int b = 0; b < lanes; b++) {
                    x[b] = network.card().scaling().input(currents.get(b).currentUaPerCm2()[from + t]);
                }
            }
            gru.forward(layer(), null);
            readout.forward(parameters, gru.parameterCount());
            for (int t = 0; t < steps; t++) {
                double[] v = readout.output(t);
                for (int b = 0; b < lanes; b++) {
                    voltage[b][from + t + 1] = network.card().scaling().voltageMv(v[b]);
                }
                for (int j = 0; j < units; j++) {
                    double[] h = gru.state(t + 1, j);
                    for (int b = 0; b < lanes; b++) {
                        states[b][j][from + t + 1] = h[b];
                    }
                }
            }
            for (int j = 0; j < units; j++) {
                System.arraycopy(gru.state(steps, j), 0, carried[j], 0, lanes);
            }
            progress.accept((long) lanes * steps);
        }
        return IntStream.range(0, lanes)
                .mapToObj(b -> new Trace(currents.get(b), voltage[b], stateNames(), states[b])).toList();
    }

    private double[] layer() {
        return network.layerParameters();
    }

    /** The state to which the network settles without current. */
    private double[] rest(double dt) {
        int units = network.card().units();
        FusedGru<double[]> gru = FusedGru.ofDoubles(network.card().equations(dt), 1, units);
        gru.resize(1, CHUNK_STEPS);
        for (double time = 0; time < SETTLING_MS; time += CHUNK_STEPS * dt) {
            gru.forward(layer(), null);
            for (int j = 0; j < units; j++) {
                gru.initialState(j)[0] = gru.state(CHUNK_STEPS, j)[0];
            }
        }
        double[] rest = new double[units];
        for (int j = 0; j < units; j++) {
            rest[j] = gru.initialState(j)[0];
        }
        return rest;
    }
}
