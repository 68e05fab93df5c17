package org.nagumo.experiments.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;

class PassivePropertiesTest {

    private static final double ONSET = 100;
    private static final double OFFSET = 600;

    /** A step of -2 uA/cm2 from a holding current of 0.5, with an answer of time after the onset in mV. */
    private static Trace trace(double dtMs, double startMs, DoubleUnaryOperator answer) {
        double[] current = new double[(int) Math.round(700 / dtMs)];
        double[] voltage = new double[current.length];
        for (int i = 0; i < current.length; i++) {
            double t = i * dtMs - ONSET;
            boolean on = t > -1e-9 && t < OFFSET - ONSET - 1e-9;
            current[i] = on ? -1.5 : 0.5;
            voltage[i] = -65 + (on ? answer.applyAsDouble(Math.max(0, t)) : 0);
        }
        return new Trace(new CurrentTrace(dtMs, current, startMs), voltage, List.of(), new double[0][]);
    }

    private static PassiveProperties measure(Trace trace) {
        CurrentStep step = CurrentStep.in(trace.current()).orElseThrow();
        return PassiveProperties.of(trace, step, SpikeDetector.detect(trace));
    }

    /** V = V_base + R I (1 - exp(-t / tau)). */
    @ParameterizedTest
    @CsvSource({"0.1, 20, 4", "0.02, 20, 4", "0.05, 3.3, 0.7", "0.1, 60, 12"})
    void aMembraneWithoutActiveConductancesHasItsResistanceAndTimeConstant(double dtMs, double tau, double resistance) {
        Trace trace = trace(dtMs, 2000, t -> -2 * resistance * (1 - Math.exp(-t / tau)));
        CurrentStep step = CurrentStep.in(trace.current()).orElseThrow();
        assertThat(step.onsetMs()).isCloseTo(2000 + ONSET, within(1e-6));
        assertThat(step.offsetMs()).isCloseTo(2000 + OFFSET, within(1e-6));
        assertThat(step.baseUaPerCm2()).isCloseTo(0.5, within(1e-9));
        assertThat(step.heightUaPerCm2()).isCloseTo(-2, within(1e-9));
        PassiveProperties p = measure(trace);
        double left = Math.exp(-(OFFSET - ONSET) * 0.9 / tau);
        assertThat(p.inputResistanceKohmCm2()).isCloseTo(resistance, within(resistance * (left + 1e-9)));
        assertThat(p.timeConstantMs()).isCloseTo(tau, within(1e-5 * tau));
        assertThat(p.sagRatio()).isCloseTo(0, within(1e-3));
    }

    /** V = -10 (1 - exp(-t / 10)) + 4 (1 - exp(-t / 80)): the minimum is where both slopes cancel. */
    @Test
    void sagIsThePartOfTheHyperpolarisationThatIsLost() {
        DoubleUnaryOperator answer = t -> -10 * (1 - Math.exp(-t / 10)) + 4 * (1 - Math.exp(-t / 80));
        double lowest = Math.log(1 / 0.05) / (1 / 10.0 - 1 / 80.0);
        double steady = 0;
        for (int i = 0; i < 1000; i++) {
            steady += answer.applyAsDouble(450 + 0.05 * i + 0.025) / 1000;
        }
        PassiveProperties p = measure(trace(0.05, 0, answer));
        assertThat(p.sagRatio()).isCloseTo(1 - steady / answer.applyAsDouble(lowest), within(1e-3));
        assertThat(p.inputResistanceKohmCm2()).isCloseTo(steady / -2, within(1e-3));
    }

    @Test
    void noiseMovesThemLittle() {
        SplittableRandom random = new SplittableRandom(4);
        PassiveProperties p = measure(trace(0.05, 0,
                t -> -6 * (1 - Math.exp(-t / 15)) + 0.2 * random.nextGaussian()));
        assertThat(p.inputResistanceKohmCm2()).isCloseTo(3, within(0.02));
        assertThat(p.timeConstantMs()).isCloseTo(15, within(0.3));
        assertThat(p.sagRatio()).isCloseTo(0, within(0.03));
        SplittableRandom again = new SplittableRandom(4);
        PassiveProperties lost = measure(trace(0.05, 0, t -> 0.2 * again.nextGaussian()));
        assertThat(lost.timeConstantMs()).as("nothing but noise").isNaN();
    }

    @Test
    void depolarisingStepsAndSpikesShowNothing() {
        Trace trace = trace(0.1, 0, t -> -6 * (1 - Math.exp(-t / 15)));
        CurrentStep step = CurrentStep.in(trace.current()).orElseThrow();
        assertThat(PassiveProperties.of(trace, step, List.of(new Spike(200, 40, -70, 1, 1))))
                .isEqualTo(PassiveProperties.NONE);
        assertThat(PassiveProperties.of(trace, step, List.of(new Spike(650, 40, -70, 1, 1))).timeConstantMs())
                .isCloseTo(15, within(1e-3));
        assertThat(PassiveProperties.of(trace, new CurrentStep(100, 600, 0, 2), List.of()))
                .isEqualTo(PassiveProperties.NONE);
        assertThat(PassiveProperties.of(trace, new CurrentStep(0, 600, 0, -2), List.of()))
                .as("no time before the onset").isEqualTo(PassiveProperties.NONE);
    }

    @Test
    void onlyAStepIsAStep() {
        double[] c = new double[1000];
        assertThat(CurrentStep.in(new CurrentTrace(0.1, c))).isEmpty();
        assertThat(CurrentStep.constant(new CurrentTrace(0.1, c))).hasValue(0);
        Arrays.fill(c, 300, 1000, 5);
        assertThat(CurrentStep.in(new CurrentTrace(0.1, c, 50)).orElseThrow())
                .isEqualTo(new CurrentStep(50 + 300 * 0.1, 50 + 1000 * 0.1, 0, 5));
        assertThat(CurrentStep.constant(new CurrentTrace(0.1, c))).isEmpty();
        Arrays.fill(c, 700, 1000, 0);
        SplittableRandom random = new SplittableRandom(1);
        double[] noisy = Arrays.stream(c).map(x -> x + 0.2 * random.nextGaussian()).toArray();
        CurrentStep step = CurrentStep.in(new CurrentTrace(0.1, noisy)).orElseThrow();
        assertThat(step.onsetMs()).isCloseTo(30, within(1e-9));
        assertThat(step.offsetMs()).isCloseTo(70, within(1e-9));
        assertThat(step.uaPerCm2()).isCloseTo(5, within(0.05));
        Arrays.setAll(noisy, i -> 5.0 * i / 1000);
        assertThat(CurrentStep.in(new CurrentTrace(0.1, noisy))).as("a ramp").isEmpty();
        Arrays.fill(c, 100, 200, -5);
        assertThat(CurrentStep.in(new CurrentTrace(0.1, c))).as("two steps").isEmpty();
        Arrays.setAll(noisy, i -> random.nextGaussian());
        assertThat(CurrentStep.in(new CurrentTrace(0.1, noisy))).as("noise").isEmpty();
    }

    @Test
    void theCurveHasOnePointForEachStepAndForTheCurrentBetween() {
        double[] v = new double[10_000];
        Arrays.fill(v, -65);
        for (int at = 1000; at < 9000; at += 1000) {
            v[at] = 40;
            v[at + 1] = -70;
        }
        List<Spike> spikes = SpikeDetector.detect(trace(0.1, v, 0));
        FiCurve curve = FiCurve.of(List.of(FiCurve.Sweep.of("b", trace(0.1, v, 4), spikes),
                FiCurve.Sweep.of("none", trace(0.1, new double[10_000], 0), List.of()),
                FiCurve.Sweep.of("a", trace(0.1, v, -3), spikes)));
        assertThat(curve.points()).extracting(FiCurve.Point::uaPerCm2).containsExactly(-3.0, 0.0, 4.0);
        assertThat(curve.points()).extracting(FiCurve.Point::trace).containsExactly("a", "none", "b");
        assertThat(curve.points()).extracting(p -> p.statistics().count()).containsExactly(5, 0, 5);
        SpikeStatistics last = curve.points().get(2).statistics();
        assertThat(last.meanRateHz()).isCloseTo(10, within(1e-9));
        assertThat(last.steadyRateHz()).isCloseTo(10, within(1e-9));
        assertThat(curve.toJson().get(1).get("first_spike_latency_ms").isNull()).isTrue();
        assertThat(curve.toJson().get(2).get("current_uA_per_cm2").asDouble()).isEqualTo(4);
        assertThat(FiCurve.of(List.of(FiCurve.Sweep.of("none", trace(0.1, v, 0), spikes))).points()).isEmpty();
    }

    /** Steps from 150 to 650 ms. */
    private static Trace trace(double dtMs, double[] voltage, double height) {
        double[] current = new double[voltage.length];
        Arrays.fill(current, 1500, 6500, height);
        return new Trace(new CurrentTrace(dtMs, current), voltage, List.of(), new double[0][]);
    }
}
