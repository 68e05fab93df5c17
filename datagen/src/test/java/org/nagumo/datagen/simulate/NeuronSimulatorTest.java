package org.nagumo.datagen.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.protocol.Protocol;

/** Figures of Hodgkin and Huxley's neuron with EL = -54.387 mV, by an order-8 method at relative tolerance 1e-10. */
class NeuronSimulatorTest {

    private static final double DT = 0.05;
    private static final double ONSET = 20;

    private final NeuronSimulator simulator = new NeuronSimulator(Neurons.named("hh"), 1);

    static CurrentTrace step(double amplitude, double durationMs, double totalMs) {
        double[] current = new double[(int) Math.round(totalMs / DT)];
        Arrays.fill(current, (int) Math.round(ONSET / DT), (int) Math.round((ONSET + durationMs) / DT), amplitude);
        return new CurrentTrace(DT, current);
    }

    /** Times of upward crossings of 0 mV with a later return, linearly interpolated. */
    static List<Double> spikes(Trace trace) {
        List<Double> times = new ArrayList<>();
        double[] v = trace.voltageMv();
        double up = Double.NaN;
        for (int i = 1; i < v.length; i++) {
            if (v[i - 1] < 0 && v[i] >= 0) {
                up = (i - 1 - v[i - 1] / (v[i] - v[i - 1])) * trace.dtMs();
            } else if (v[i - 1] >= 0 && v[i] < 0 && !Double.isNaN(up)) {
                times.add(up);
            }
        }
        return times;
    }

    private List<Double> spikesOf(CurrentTrace current) {
        return spikes(simulator.respond(List.of(current)).get(0));
    }

    @ParameterizedTest
    @CsvSource({"2.2,0,", "2.3,1,7.2780", "3,1,4.6154", "5,1,2.9894", "6,2,2.6318", "6.3,27,2.5468", "7,30,2.3762",
        "10,35,1.9012", "20,44,1.2708", "50,59,0.7592", "100,1,"})
    void spikeCountsAndLatenciesOfLongSteps(double amplitude, int count, Double latency) {
        List<Double> times = spikesOf(step(amplitude, 500, ONSET + 510));
        assertThat(times).hasSize(count);
        if (latency != null) {
            // Linear interpolation of the crossing between samples 0.05 ms apart costs up to 2 microseconds.
            assertThat(times.get(0) - ONSET).isCloseTo(latency, within(0.002));
        }
    }

    @ParameterizedTest
    @CsvSource({"2,50,", "3,50,7.112", "5,50,4.773", "10,50,5.725", "15,50,7.011", "20,50,7.962"})
    void reboundAfterHyperpolarisation(double amplitude, double duration, Double latency) {
        List<Double> times = spikesOf(step(-amplitude, duration, ONSET + duration + 60));
        assertThat(times).hasSize(latency == null ? 0 : 1);
        if (latency != null) {
            assertThat(times.get(0) - ONSET - duration).isCloseTo(latency, within(0.002));
        }
    }

    @Test
    void theRheobaseOfALongStep() {
        assertThat(threshold(500)).isCloseTo(2.2404, within(2e-4));
    }

    @Test
    void theThresholdOfAnAnodeBreakWithLeakReversalAt54Point4() {
        NeuronSimulator other = new NeuronSimulator(Neurons.named("hh").with(Map.of("EL", -54.4)), 1);
        double low = 2;
        double high = 4;
        while (high - low > 1e-4) {
            double middle = (low + high) / 2;
            if (spikes(other.respond(List.of(step(-middle, 50, ONSET + 150))).get(0)).isEmpty()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        assertThat(high).isCloseTo(2.7845, within(2e-4));
    }

    private double threshold(double durationMs) {
        double low = 0;
        double high = 100;
        while (high - low > 5e-5) {
            double middle = (low + high) / 2;
            if (spikesOf(step(middle, durationMs, ONSET + durationMs + 50)).isEmpty()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -20, -10, 6.3, 20, 60, 150})
    void everySampleIsWithinAHundredthOfAMillivoltOfTheReference(double amplitude) {
        CurrentTrace current = step(amplitude, 60, 100);
        assertThat(largestDifference(current)).isLessThan(0.01);
    }

    @Test
    void noiseIsFollowedWithinAHundredthOfAMillivolt() {
        SplittableRandom random = new SplittableRandom(5);
        double[] noise = new double[1000];
        for (int i = 1; i < noise.length; i++) {
            noise[i] = 0.98 * noise[i - 1] + random.nextDouble(-2, 2.5);
        }
        assertThat(largestDifference(new CurrentTrace(DT, noise))).isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 150, 230, 265, 290, 330, 430, 490})
    void theTrainingMixIsFollowedWithinAHundredthOfAMillivolt(int sequence) {
        assertThat(largestDifference(Protocol.shipped("training-mix").sequences().get(sequence))).isLessThan(0.01);
    }

    private double largestDifference(CurrentTrace current) {
        Neuron neuron = Neurons.named("hh");
        double[] fast = simulator.respond(List.of(current)).get(0).voltageMv();
        double[] exact = new ReferenceSimulator(neuron).respond(List.of(current)).get(0).voltageMv();
        return difference(fast, exact);
    }

    private static double difference(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
    }

    @Test
    void theNumbersDoNotDependOnTheThreadsOrOnTheOtherCurrents() {
        List<CurrentTrace> currents = List.of(step(7, 50, 100), step(-25, 50, 100), step(3, 5, 60));
        List<Trace> one = simulator.respond(currents);
        List<Trace> three = new NeuronSimulator(Neurons.named("hh"), 3).respond(currents);
        for (int k = 0; k < 3; k++) {
            assertThat(three.get(k).voltageMv()).isEqualTo(one.get(k).voltageMv());
            assertThat(simulator.respond(List.of(currents.get(k))).get(0).voltageMv())
                    .isEqualTo(one.get(k).voltageMv());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 5, 10})
    void strongHyperpolarisationIsFollowedWhateverTheSampling(double dtMs) {
        double[] input = new double[20];
        Arrays.fill(input, 0, 12, -30);
        assertThat(largestDifference(new CurrentTrace(dtMs, input))).isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fhn", "bvp", "rinzel"})
    void theOtherNeuronsAreFollowedToo(String name) {
        Neuron neuron = Neurons.named(name);
        double[] input = new double[1000];
        Arrays.fill(input, 100, 900, name.equals("bvp") ? -0.8 : name.equals("fhn") ? 0.8 : 8);
        CurrentTrace current = new CurrentTrace(DT, input);
        Trace fast = new NeuronSimulator(neuron, 1).respond(List.of(current)).get(0);
        Trace exact = new ReferenceSimulator(neuron).respond(List.of(current)).get(0);
        // The reduction's upstroke takes 0.1 ms: there 0.1 mV is a ten thousandth of a millisecond.
        assertThat(difference(fast.voltageMv(), exact.voltageMv())).isLessThan(name.equals("rinzel") ? 0.1 : 1e-5);
        assertThat(difference(fast.states()[0], exact.states()[0])).isLessThan(1e-4);
    }

    @Test
    void aCurrentThatBlowsTheMembraneUpIsReported() {
        CurrentTrace current = new CurrentTrace(DT, new double[] {0, 1e9, 1e9, 1e9});
        assertThatThrownBy(() -> simulator.respond(List.of(current))).isInstanceOf(DivergenceException.class)
                .hasMessageMatching("hh diverged before 0\\.1 ms: V is .* under 1.0E9 uA/cm2, by the method .*");
        CurrentTrace infinite = new CurrentTrace(DT, new double[] {1e308, 1e308, 1e308, 1e308});
        assertThatThrownBy(() -> simulator.respond(List.of(infinite))).isInstanceOf(DivergenceException.class)
                .hasMessageStartingWith("hh diverged after 0.0 ms: ");
        assertThatThrownBy(() -> new ReferenceSimulator(Neurons.named("hh")).respond(List.of(infinite)))
                .isInstanceOf(DivergenceException.class).hasMessageStartingWith("hh diverged between 0.0 and ");
    }

    /** With dv/dt = v^2 + I the potential is infinite after at most pi / sqrt(I), here 0.01 ms. */
    @Test
    void aPotentialThatIsInfiniteWithinAStepIsReported() {
        Neuron neuron = EquationNeuron.parse("blow-up.ode", "v'=v^2-0.25+i\npar i=0\ninit v=-0.5", OdeChoice.NONE);
        CurrentTrace current = new CurrentTrace(DT, new double[] {0, 1e5, 1e5, 1e5});
        assertThatThrownBy(() -> new NeuronSimulator(neuron, 1).respond(List.of(current)))
                .isInstanceOf(DivergenceException.class).hasMessageMatching("blow-up diverged after 0\\.05 ms: it changes"
                        + " too fast to be followed under 100000.0 uA/cm2 at \\[v\\] = .*");
    }

    @Test
    void aNeuronThatFiresOfItselfIsRefusedUnlessAStateToBeginInIsGiven() {
        Neuron neuron = Neurons.named("hh").with(Map.of("EK", -64.0));
        assertThatThrownBy(() -> new NeuronSimulator(neuron, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hh has no resting state").hasMessageContaining("EK=-64.0");
        double[] usual = Neurons.named("hh").restState();
        Trace trace = new NeuronSimulator(neuron, 1, usual, Integration.ADAPTIVE)
                .respond(List.of(new CurrentTrace(DT, new double[8000]))).get(0);
        assertThat(spikes(trace)).hasSizeGreaterThan(15);
        assertThatThrownBy(() -> new NeuronSimulator(neuron, 1, new double[2], Integration.ADAPTIVE))
                .hasMessageContaining("initial has 2 values; allowed: 4");
    }
}
