package org.nagumo.datagen.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;

/**
 * What the neurons are known to do, with the parameters in the tests' names: figures of an order-8 integration at
 * relative tolerance 1e-10, and of FitzHugh (1961). Where EL is not named it is -54.387 mV.
 */
class ReferenceFiguresTest {

    private static final double ONSET_MS = 5;

    private static Trace step(Neuron neuron, double dtMs, double amplitude, double stepMs, double totalMs) {
        double[] current = new double[(int) Math.round(totalMs / dtMs)];
        int end = (int) Math.round((ONSET_MS + stepMs) / dtMs);
        Arrays.fill(current, (int) Math.round(ONSET_MS / dtMs), Math.min(end, current.length), amplitude);
        return new NeuronSimulator(neuron, 1).respond(List.of(new CurrentTrace(dtMs, current))).get(0);
    }

    private static List<Double> spikes(Trace trace) {
        return NeuronSimulatorTest.spikes(trace);
    }

    /** The last value of the bracket for which the answer is no, to the given width. */
    private static double bisect(double low, double high, double width, DoublePredicate yes) {
        assertThat(yes.test(low)).isFalse();
        assertThat(yes.test(high)).isTrue();
        double no = low;
        double known = high;
        while (known - no > width) {
            double middle = (no + known) / 2;
            if (yes.test(middle)) {
                known = middle;
            } else {
                no = middle;
            }
        }
        return known;
    }

    private static Neuron leakAt54Point4() {
        return Neurons.named("hh").with(Map.of("EL", -54.4));
    }

    @ParameterizedTest
    @CsvSource({"0.1,65.15,0.01", "0.2,32.67,0.01", "0.5,13.28,0.01", "1,6.921,0.001", "2,3.861,0.001",
        "5,2.352,0.001", "10,2.241,0.001"})
    void strengthAndDurationWithLeakReversalAt54Point4(double durationMs, double amplitude, double digit) {
        Neuron neuron = leakAt54Point4();
        double threshold = bisect(0, 100, digit / 20,
                a -> !spikes(step(neuron, 0.05, a, durationMs, ONSET_MS + durationMs + 40)).isEmpty());
        assertThat(threshold).isCloseTo(amplitude, within(0.6 * digit));
    }

    @ParameterizedTest
    @CsvSource({"5,4.048,0.001", "1,19.37,0.01"})
    void theWeakestAnodeBreakWithLeakReversalAt54Point4(double durationMs, double amplitude, double digit) {
        Neuron neuron = leakAt54Point4();
        double threshold = bisect(0, 40, digit / 20,
                a -> !spikes(step(neuron, 0.05, -a, durationMs, ONSET_MS + durationMs + 60)).isEmpty());
        assertThat(threshold).isCloseTo(amplitude, within(0.6 * digit));
    }

    @ParameterizedTest
    @CsvSource({"2.3,34.41", "3,37.50", "5,39.05", "6,39.41", "6.3,39.50", "7,39.69", "10,40.26", "20,41.29",
        "50,42.96"})
    void theFirstPeak(double amplitude, double peakMv) {
        double[] v = step(Neurons.named("hh"), 0.01, amplitude, 20, ONSET_MS + 12).voltageMv();
        assertThat(Arrays.stream(v).max().orElseThrow()).isCloseTo(peakMv, within(0.006));
    }

    @ParameterizedTest
    @CsvSource({"6.3,52.37,0.006", "7,58.327,0.001", "10,68.324,0.001", "20,86.466,0.005", "50,117.04,0.006"})
    void theSteadyRate(double amplitude, double rateHz, double tolerance) {
        assertThat(steadyRateHz(Neurons.named("hh"), 0.01, amplitude)).isCloseTo(rateHz, within(tolerance));
    }

    /** From the last half of the intervals of a step of 500 ms. */
    private static double steadyRateHz(Neuron neuron, double dtMs, double amplitude) {
        List<Double> times = spikes(step(neuron, dtMs, amplitude, 500, ONSET_MS + 510));
        int from = (times.size() - 1) / 2;
        return 1000 * (times.size() - 1 - from) / (times.get(times.size() - 1) - times.get(from));
    }

    @Test
    void repetitiveFiringBeginsAt6Point2603() {
        Neuron neuron = Neurons.named("hh");
        double onset = bisect(6.2, 6.3, 1e-3, a -> {
            List<Double> times = spikes(step(neuron, 0.1, a, 1000, ONSET_MS + 1000));
            return times.get(times.size() - 1) > 900;
        });
        assertThat(onset).isCloseTo(6.2603, within(2e-3));
    }

    @ParameterizedTest
    @CsvSource({"80", "110", "150"})
    void strongCurrentsLeaveAnOscillationThatDoesNotReachZero(double amplitude) {
        List<Double> times = spikes(step(Neurons.named("hh"), 0.05, amplitude, 200, ONSET_MS + 200));
        assertThat(times).allMatch(t -> t < ONSET_MS + 30);
    }

    @Test
    void theSpikesOfTenMicroampereWithLeakReversalAt54Point4() {
        Trace trace = step(leakAt54Point4(), 0.01, 10, 300, ONSET_MS + 300);
        double[] v = trace.voltageMv();
        List<Double> times = spikes(trace);
        double[] first = window(v, times.get(0), times.get(1));
        double[] last = window(v, times.get(times.size() - 2), times.get(times.size() - 1));
        assertThat(first[0]).as("first peak").isCloseTo(40.27, within(0.006));
        assertThat(first[1]).as("first trough").isCloseTo(-75.08, within(0.006));
        assertThat(last[0]).as("steady peak").isCloseTo(30.43, within(0.006));
        assertThat(last[1]).as("steady trough").isCloseTo(-74.90, within(0.006));
        double steepest = IntStream.range(1, 2000).mapToDouble(i -> (v[i] - v[i - 1]) / 0.01).max().orElseThrow();
        assertThat(steepest).as("max dV/dt of the first spike").isCloseTo(308, within(1.0));
    }

    /** Largest and smallest value between two times. */
    private static double[] window(double[] v, double fromMs, double toMs) {
        double[] part = Arrays.copyOfRange(v, (int) (fromMs / 0.01), (int) (toMs / 0.01));
        return new double[] {Arrays.stream(part).max().orElseThrow(), Arrays.stream(part).min().orElseThrow()};
    }

    @ParameterizedTest
    @CsvSource({"-62,-58,9.7754,0.001", "-45,-20,154.522,0.01"})
    void theHopfPoints(double fromMv, double toMv, double currentUaPerCm2, double tolerance) {
        Neuron neuron = Neurons.named("hh");
        boolean startsUnstable = unstable(neuron, equilibriumAt(neuron, fromMv));
        double at = bisect(fromMv, toMv, 1e-9, v -> unstable(neuron, equilibriumAt(neuron, v)) != startsUnstable);
        double[] slope = new double[4];
        neuron.derivative(equilibriumAt(neuron, at), 0, slope);
        // At an equilibrium the injected current balances the ionic ones, and C = 1 uF/cm2.
        assertThat(-slope[0]).isCloseTo(currentUaPerCm2, within(tolerance));
    }

    /** The state at which all gates have settled at a potential: the equilibrium under some current. */
    private static double[] equilibriumAt(Neuron neuron, double v) {
        double[] zero = new double[4];
        double[] one = new double[4];
        neuron.derivative(new double[] {v, 0, 0, 0}, 0, zero);
        neuron.derivative(new double[] {v, 1, 1, 1}, 0, one);
        double[] state = {v, 0, 0, 0};
        for (int k = 1; k < 4; k++) {
            state[k] = zero[k] / (zero[k] - one[k]);
        }
        return state;
    }

    private static boolean unstable(Neuron neuron, double[] state) {
        double[][] jacobian = new double[4][4];
        neuron.jacobian(state, 0, jacobian);
        return Arrays.stream(new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(jacobian)).getEigenvalues())
                .mapToDouble(Complex::getReal).max().orElseThrow() > 0;
    }

    @ParameterizedTest
    @CsvSource({"0.4,42.44,0.006", "0.5,39.474,0.001", "0.7,36.979,0.001", "1.0,36.699,0.001"})
    void thePeriodsOfFitzHughAndNagumo(double amplitude, double period, double tolerance) {
        assertThat(1000 / steadyRateHz(Neurons.named("fhn"), 0.05, amplitude)).isCloseTo(period, within(tolerance));
    }

    @Test
    void theRangeOfFitzHughAndNagumoAtHalfAUnit() {
        double[] v = step(Neurons.named("fhn"), 0.05, 0.5, 500, 500).voltageMv();
        double[] late = Arrays.copyOfRange(v, v.length / 2, v.length);
        assertThat(Arrays.stream(late).min().orElseThrow()).isCloseTo(-1.970, within(6e-4));
        assertThat(Arrays.stream(late).max().orElseThrow()).isCloseTo(1.852, within(6e-4));
    }

    @ParameterizedTest
    @CsvSource({"0.954521,-0.346478", "-0.954521,-1.403522"})
    void theHopfPointsOfBonhoefferAndVanDerPol(double x, double z) {
        Neuron neuron = Neurons.named("bvp");
        // y from dy/dt = 0; then dx/dt = 0 gives z.
        double[] state = {x, (0.7 - x) / 0.8};
        double[] slope = new double[2];
        neuron.derivative(state, z, slope);
        assertThat(slope).containsExactly(new double[] {0, 0}, within(5e-6));
        double[][] j = new double[2][2];
        neuron.jacobian(state, z, j);
        assertThat(j[0][0] + j[1][1]).as("trace").isCloseTo(0, within(5e-6));
        double frequency = Math.sqrt(j[0][0] * j[1][1] - j[0][1] * j[1][0]);
        assertThat(2 * Math.PI / frequency).as("period").isCloseTo(6.519, within(6e-4));
    }

    /** Where the trace of the Jacobian vanishes: the slope of the cubic is b psi; I balances the nullclines there. */
    @ParameterizedTest
    @CsvSource({"-1,0.307391", "1,1.524609"})
    void theHopfPointsOfFitzHughNagumoWithPsi(int root, double current) {
        double a = 0.1;
        double b = 0.5;
        double psi = 0.015;
        double v = ((1 - a) + root * Math.sqrt((1 - a) * (1 - a) + 3 * (a - b * psi))) / 3;
        double balanced = v / b - v * (1 - v) * (a + v) + 0.4;
        assertThat(balanced).isCloseTo(current, within(1e-6));
        Neuron neuron = Neurons.named("fhn-psi");
        double[] slope = new double[2];
        double[][] j = new double[2][2];
        neuron.derivative(new double[] {v, v / b}, balanced, slope);
        neuron.jacobian(new double[] {v, v / b}, balanced, j);
        assertThat(slope).containsExactly(new double[] {0, 0}, within(1e-12));
        assertThat(j[0][0] + j[1][1]).isCloseTo(0, within(1e-12));
        assertThat(j[0][0] * j[1][1] - j[0][1] * j[1][0]).isPositive();
    }

    @Test
    void fitzHughNagumoWithPsiRestsAtZeroCurrentAndFiresBetweenItsHopfPoints() {
        Neuron neuron = Neurons.named("fhn-psi");
        // V (1 - V)(0.1 + V) - 2 V - 0.4 = 0 at rest.
        double v = neuron.restState()[0];
        assertThat(v * (1 - v) * (0.1 + v) - 2 * v - 0.4).isCloseTo(0, within(1e-12));
        assertThat(v).isCloseTo(-0.1898515, within(1e-7));
        assertThat(swing(neuron, 0.2)).isLessThan(0.01);
        assertThat(swing(neuron, 0.8)).isGreaterThan(0.8);
        assertThat(swing(neuron, 1.8)).isLessThan(0.01);
    }

    private static double swing(Neuron neuron, double current) {
        double[] v = step(neuron, 0.01, current, 100, 40).voltageMv();
        double[] late = Arrays.copyOfRange(v, v.length / 2, v.length);
        return Arrays.stream(late).max().orElseThrow() - Arrays.stream(late).min().orElseThrow();
    }

    /** V = centre + k v, W = w0 + slope k w and time in units of psi / slope turn one form into the other. */
    @Test
    void theTwoFormsOfFitzHughNagumoAreTheSameEquations() {
        double a = 0.1;
        double b = 0.5;
        double c = -0.4;
        double psi = 0.015;
        double centre = (1 - a) / 3;
        double slope = a + (1 - a) * (1 - a) / 3;
        // V = centre + k v makes the cubic slope k (v - v^3 / 3) with k = sqrt(slope / 3).
        double k = Math.sqrt(slope / 3);
        double phi = psi / (slope * slope);
        double recovery = b * slope;
        double w0 = centre * (1 - centre) * (a + centre) + c;
        Neuron common = Neurons.named("fhn").with(Map.of("a", (centre - b * w0) / k, "b", recovery, "phi", phi));
        Neuron withPsi = Neurons.named("fhn-psi");
        double[] f = new double[2];
        double[] g = new double[2];
        for (double v = -2; v <= 2; v += 0.37) {
            for (double w = -1; w <= 1; w += 0.41) {
                common.derivative(new double[] {v, w}, 0.3, f);
                withPsi.derivative(new double[] {centre + k * v, w0 + slope * k * w}, 0.3 * slope * k, g);
                assertThat(g[0]).isCloseTo(f[0] * k * slope / psi, within(1e-11));
                assertThat(g[1]).isCloseTo(f[1] * slope * k * slope / psi, within(1e-11));
            }
        }
    }

    @Test
    void theReductionFiresAtFiveAlreadyAndTooEarlyAndTooFastAtTen() {
        Neuron neuron = Neurons.named("rinzel");
        assertThat(spikes(step(neuron, 0.05, 5, 500, ONSET_MS + 500))).hasSizeGreaterThan(20);
        List<Double> times = spikes(step(neuron, 0.01, 10, 20, ONSET_MS + 20));
        assertThat(times.get(0) - ONSET_MS).isCloseTo(0.99, within(0.006));
        assertThat(steadyRateHz(neuron, 0.05, 10)).isCloseTo(87.6, within(0.06));
    }
}
