package org.nagumo.experiments.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.PortraitRecord;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.NoiseKind;
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.evaluate.ReboundCase;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.evaluate.SpikeShape;
import org.nagumo.experiments.evaluate.Traces;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.reproduce.Evaluations;

/** Records to draw from, made of simple curves: no system is simulated. */
final class Samples {

    static final double DT_MS = 0.1;

    private Samples() {
    }

    /** A system whose spikes are narrow bells of a given height, one every {@code periodMs} from 102 ms on. */
    static Response firing(String system, double peakMv, double periodMs) {
        Trace step = trace(620, peakMv, 102, periodMs);
        List<FiPoint> fi = IntStream.rangeClosed(0, 20).mapToObj(i -> new FiPoint(i, i < 6 ? 0
                : i + (int) (400 / periodMs), i < 6 ? Double.NaN : 2 * i, i < 3 ? Double.NaN : periodMs / (i + 1), 1.5,
                peakMv, -75)).toList();
        List<ReboundCase> rebound = IntStream.of(-2, -3, -5, -10, -15, -20).mapToObj(a -> new ReboundCase(a,
                a < -2 ? 1 : 0, a < -2 ? 5 : Double.NaN, -65 + 2.0 * a)).toList();
        Trace release = trace(250, peakMv, 150 + periodMs / 3, 1e6);
        return new Response(system, NeuronScale.MEMBRANE, -65, fi, 2.2, 6, 50, 9.8, 6.2, 12, rebound, 10,
                new SpikeShape(1.5, peakMv, -75), new Traces(step, release,
                        noise(trace(300, peakMv, 20, periodMs * 1.7))));
    }

    /** A system that never fires. */
    static Response silent(String system) {
        List<FiPoint> fi = IntStream.rangeClosed(0, 20).mapToObj(i -> new FiPoint(i, 0, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, Double.NaN)).toList();
        List<ReboundCase> rebound = IntStream.of(-2, -3, -5, -10, -15, -20).mapToObj(a -> new ReboundCase(a, 0,
                Double.NaN, -70)).toList();
        Trace flat = trace(620, -65, 1e6, 1e6);
        return new Response(system, NeuronScale.MEMBRANE, -65, fi, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, rebound, 0, SpikeShape.mean(List.of()),
                new Traces(flat, trace(250, -65, 1e6, 1e6), noise(trace(300, -65, 1e6, 1e6))));
    }

    private static Map<String, List<Trace>> noise(Trace trace) {
        Map<String, List<Trace>> noise = new LinkedHashMap<>();
        NoiseKind.ALL.forEach(kind -> noise.put(kind.key(), List.of(trace)));
        return noise;
    }

    private static Trace trace(double durationMs, double peakMv, double firstMs, double periodMs) {
        double[] v = new double[(int) Math.round(durationMs / DT_MS)];
        for (int i = 0; i < v.length; i++) {
            double t = i * DT_MS;
            v[i] = -65 + 2 * Math.sin(t / 7);
            for (double at = firstMs; at < durationMs; at += periodMs) {
                v[i] += (peakMv + 65) * Math.exp(-(t - at) * (t - at));
            }
        }
        return new Trace(new CurrentTrace(DT_MS, new double[v.length]), v, List.of(), new double[0][]);
    }

    static Evaluation evaluation() {
        return evaluation(firing("hh", 40, 14.6), firing("gru-2", 30, 14.7), firing("rinzel", 45, 11.4));
    }

    /** An evaluation beside the standard neuron of Hodgkin and Huxley; without a reduction where that is null. */
    static Evaluation evaluation(Response teacher, Response student, Response baseline) {
        return Evaluation.of(new Battery(DT_MS, 1), Evaluations.origin(Neurons.named("hh")),
                new Origin(Origin.Kind.NETWORK, student.system(), Map.of(), Map.of()), teacher, student, baseline);
    }

    static NetworkCard card(String name, String command) {
        return new NetworkCard(NetworkCard.FORMAT_VERSION, name, 2, 5, 0, DT_MS, Integrator.HEUN,
                Scaling.HODGKIN_HUXLEY, new TrainedCurrents(-30, 170),
                new Provenance(command, "hh", 7, "0123abcd", 0.0021, "0.1", "17"));
    }

    /** FitzHugh and Nagumo's neuron at a current. */
    static PortraitRecord portrait(double current) {
        FlowModel model = FlowModel.of(Neurons.named("fhn"));
        return Portraits.of(model, model.diagram(current - 0.2, current + 0.2, current), current);
    }
}
