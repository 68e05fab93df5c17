package org.nagumo.experiments.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.gru.ContinuousTimeGruField;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.experiments.spikes.Coincidence;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * A network of second order or better is a differential equation: it answers a current alike however finely the current
 * is sampled. Tried where a little decides: under weak noise around the onset of firing.
 */
class SamplingTest {

    private static final int TRIALS = 8;
    private static final int SAMPLES = 10_000;
    private static final double DT_MS = 0.1;
    private static final double DURATION_MS = SAMPLES * DT_MS;

    private static double[] noise(int trial) {
        double[] current = new double[SAMPLES];
        new OrnsteinUhlenbeck(7, 1.5, 5).addTo(current, DT_MS, new SplittableRandom(1961 + trial));
        return current;
    }

    private static List<Trace> sampled(TrainedNetwork network, int factor) {
        List<CurrentTrace> currents = new ArrayList<>();
        for (int k = 0; k < TRIALS; k++) {
            double[] coarse = noise(k);
            double[] fine = new double[(SAMPLES - 1) * factor + 1];
            for (int i = 0; i < fine.length; i++) {
                fine[i] = coarse[i / factor];
            }
            currents.add(new CurrentTrace(DT_MS / factor, fine));
        }
        return new NetworkSystem(network).respond(currents);
    }

    /** The flow by an independent method of order 8 with error control, seen every 0.025 ms. */
    private static List<Trace> flow(TrainedNetwork network, List<Trace> like) {
        ContinuousTimeGruField field = network.field();
        List<Trace> traces = new ArrayList<>();
        for (Trace trace : like) {
            int n = field.dimension();
            double[] current = trace.current().currentUaPerCm2();
            double[] voltage = new double[trace.length()];
            double[] x = new double[n];
            for (int j = 0; j < n; j++) {
                x[j] = trace.states()[j][0];
            }
            DormandPrince853Integrator method = new DormandPrince853Integrator(1e-9, 0.1, 1e-10, 1e-10);
            for (int i = 0; i < voltage.length; i++) {
                voltage[i] = network.voltageMv(x);
                double u = current[i];
                x = method.integrate(new OrdinaryDifferentialEquation() {
                    @Override
                    public int getDimension() {
                        return n;
                    }

                    @Override
                    public double[] computeDerivatives(double t, double[] y) {
                        double[] slope = new double[n];
                        field.derivative(y, u, slope);
                        return slope;
                    }
                }, new ODEState(0, x), trace.dtMs()).getPrimaryState();
            }
            traces.add(new Trace(trace.current(), voltage, List.of(), new double[0][]));
        }
        return traces;
    }

    private static double[] times(Trace trace) {
        return SpikeDetector.detect(trace).stream().mapToDouble(Spike::timeMs).toArray();
    }

    private static double meanPeak(List<Trace> traces) {
        return traces.stream().flatMap(t -> SpikeDetector.detect(t).stream()).mapToDouble(Spike::peakMv).average()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru-2", "gru-3"})
    void aNetworkAnswersAlikeHoweverFinelyACurrentIsSampled(String name) {
        TrainedNetwork network = ShippedNetworks.named(name);
        assertThat(network.card().integrator().order()).isGreaterThanOrEqualTo(2);
        List<List<Trace>> answers = new ArrayList<>();
        for (int factor : new int[] {1, 2, 4}) {
            answers.add(sampled(network, factor));
        }
        answers.add(flow(network, answers.get(2)));
        for (int a = 0; a < answers.size(); a++) {
            for (int b = a + 1; b < answers.size(); b++) {
                double coincidence = 0;
                for (int k = 0; k < TRIALS; k++) {
                    coincidence += Coincidence.factor(times(answers.get(a).get(k)), times(answers.get(b).get(k)),
                            DURATION_MS) / TRIALS;
                }
                assertThat(coincidence).as("coincidence of %d and %d", a, b).isGreaterThan(0.99);
                assertThat(meanPeak(answers.get(a))).as("peaks of %d and %d", a, b)
                        .isCloseTo(meanPeak(answers.get(b)), within(0.3));
            }
        }
    }
}
