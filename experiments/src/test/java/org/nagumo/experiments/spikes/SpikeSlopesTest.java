package org.nagumo.experiments.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;

class SpikeSlopesTest {

    private static Trace trace(double dtMs, double[] voltage) {
        return new Trace(new CurrentTrace(dtMs, new double[voltage.length], -7), voltage, List.of(), new double[0][]);
    }

    /** -70 + exp(2 t) mV up to 40 mV, then down by 100 mV/ms to -80 mV: dV/dt is 20 mV/ms at -60 mV. */
    private static double[] exponential(double dtMs) {
        double[] v = new double[(int) Math.round(30 / dtMs)];
        double peak = 10 + Math.log(110) / 2;
        for (int i = 0; i < v.length; i++) {
            double t = i * dtMs;
            v[i] = t <= peak ? -70 + Math.exp(2 * (t - 10)) : Math.max(40 - 100 * (t - peak), Math.min(-60,
                    -80 + 2 * (t - peak - 1.2)));
        }
        return v;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.05, 0.02, 0.005})
    void anExponentialRiseStartsWhereItsSlopeIsTwenty(double dtMs) {
        Trace trace = trace(dtMs, exponential(dtMs));
        List<Spike> spikes = SpikeDetector.detect(trace);
        assertThat(spikes).hasSize(1);
        SpikeSlopes s = SpikeSlopes.of(trace, spikes, SpikeCriterion.MEMBRANE, SlopeCriterion.MEMBRANE);
        assertThat(s.thresholdMv()[0]).isCloseTo(-60, within(0.06));
        // The steepest 0.05 ms or step ends at the last sample before the peak.
        double last = Math.floor((10 + Math.log(110) / 2) / dtMs + 1e-9) * dtMs;
        double steepest = 2 * Math.exp(2 * (last - Math.max(1, Math.round(0.05 / dtMs)) * dtMs / 2 - 10));
        assertThat(s.riseMvPerMs()[0]).isCloseTo(steepest, within(2e-3 * steepest));
        assertThat(s.fallMvPerMs()[0]).isCloseTo(-100, within(1e-6));
    }

    @Test
    void noiseAtTwoHundredKilohertzMovesTheThresholdLittle() {
        SplittableRandom random = new SplittableRandom(2);
        double[] v = Arrays.stream(exponential(0.005)).map(x -> x + 0.3 * random.nextGaussian()).toArray();
        Trace trace = trace(0.005, v);
        SpikeSlopes s = SpikeSlopes.of(trace, SpikeDetector.detect(trace), SpikeCriterion.MEMBRANE,
                SlopeCriterion.MEMBRANE);
        assertThat(s.thresholdMv()[0]).isCloseTo(-60, within(4.0));
        assertThat(s.riseMvPerMs()[0]).isCloseTo(209, within(12.0));
    }

    @Test
    void aSlowRiseHasNoThreshold() {
        double[] v = SpikeDefinitionsTest.through(0.1, 0, -60, 20, 20, 30, -60, 40, -50);
        Trace trace = trace(0.1, v);
        SpikeSlopes s = SpikeSlopes.of(trace, SpikeDetector.detect(trace), SpikeCriterion.MEMBRANE,
                SlopeCriterion.MEMBRANE);
        assertThat(s.thresholdMv()[0]).isNaN();
        assertThat(s.riseMvPerMs()[0]).isCloseTo(4, within(1e-9));
        assertThat(s.fallMvPerMs()[0]).isCloseTo(-8, within(1e-9));
    }

    @Test
    void spikesThatGoDownwardHaveTheSameSlopes() {
        double[] v = exponential(0.05);
        Trace up = trace(0.05, v);
        Trace down = trace(0.05, Arrays.stream(v).map(x -> 6 - x).toArray());
        SpikeCriterion downward = new SpikeCriterion(6, true, 10, 0.1, 0);
        SpikeSlopes a = SpikeSlopes.of(up, SpikeDetector.detect(up), SpikeCriterion.MEMBRANE, SlopeCriterion.MEMBRANE);
        SpikeSlopes b = SpikeSlopes.of(down, SpikeDetector.detect(down, downward), downward, SlopeCriterion.MEMBRANE);
        assertThat(b.riseMvPerMs()).containsExactly(a.riseMvPerMs(), within(1e-9));
        assertThat(b.fallMvPerMs()).containsExactly(a.fallMvPerMs(), within(1e-9));
        assertThat(b.thresholdMv()[0]).isCloseTo(6 - a.thresholdMv()[0], within(1e-9));
    }

    /** 308 and 219.5 mV/ms with EL = -54.4 mV, by an order-8 method with small steps. */
    @Test
    void theSlopesOfHodgkinAndHuxleysNeuron() {
        double dt = 0.01;
        double[] current = new double[(int) Math.round(500 / dt)];
        Arrays.fill(current, (int) Math.round(10 / dt), current.length, 10);
        Trace trace = new NeuronSimulator(Neurons.named("hh").with(Map.of("EL", -54.4)), 1)
                .respond(List.of(new CurrentTrace(dt, current))).get(0);
        List<Spike> spikes = SpikeDetector.detect(trace);
        SpikeSlopes fine = SpikeSlopes.of(trace, spikes, SpikeCriterion.MEMBRANE, new SlopeCriterion(20, 0.1, 0.01, 5));
        assertThat(fine.riseMvPerMs()[0]).isCloseTo(308, within(1.0));
        assertThat(fine.riseMvPerMs()[30]).isCloseTo(219.5, within(0.5));
        SpikeSlopes usual = SpikeSlopes.of(trace, spikes, SpikeCriterion.MEMBRANE, SlopeCriterion.MEMBRANE);
        assertThat(usual.riseMvPerMs()[0]).as("over 0.05 ms").isCloseTo(308, within(3.0));
        assertThat(usual.thresholdMv()[0]).isBetween(-60.0, -40.0);
    }

    @Test
    void slopesAreMeasuredOverPositiveTimes() {
        assertThatThrownBy(() -> new SlopeCriterion(20, 0, 1, 5)).hasMessageContaining("windowMs is 0.0; allowed: pos");
    }
}
