package org.nagumo.datagen.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.nonstiff.GraggBulirschStoerIntegrator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.NeuronBatch;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.Integration.Method;

/** The methods against the error-controlled reference, and what {@link Integration} says of their errors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntegrationTest {

    private static final String NOISE = """
            name: noise
            sampling: {dt_ms: 0.1}
            seed: 11
            sequences:
              - duration_ms: 1000
                count: 32
                stimulus:
                  {kind: ornstein-uhlenbeck, mean: {uniform: [-2, 10]}, sd: {uniform: [1, 8]}, tau_ms: {log-uniform: [1, 20]}}
            """;

    private final Neuron neuron = Neurons.named("hh");
    private List<CurrentTrace> noise;
    private List<Trace> exact;

    @BeforeAll
    void simulateTheReference() {
        noise = Protocol.parse("noise", NOISE, name -> null).sequences().stream().toList();
        exact = new ReferenceSimulator(neuron).respond(noise);
    }

    private double largestError(Integration integration) {
        List<Trace> traces = new NeuronSimulator(neuron, 1, neuron.restState(), integration).respond(noise);
        double largest = 0;
        for (int k = 0; k < noise.size(); k++) {
            largest = Math.max(largest, largestDifference(traces.get(k), exact.get(k)));
        }
        return largest;
    }

    private static double largestDifference(Trace a, Trace b) {
        double largest = 0;
        for (int t = 0; t < a.length(); t++) {
            largest = Math.max(largest, Math.abs(a.voltageMv()[t] - b.voltageMv()[t]));
        }
        return largest;
    }

    /** The table of Integration's documentation. */
    @ParameterizedTest
    @CsvSource({"DORMAND_PRINCE,0.1,1e-5", "RUNGE_KUTTA_4,0.0125,1e-2",
        "RUNGE_KUTTA_4,0.01,5e-3", "RUNGE_KUTTA_4,0.005,1e-3", "RUNGE_KUTTA_4,0.0025,1e-4"})
    void theErrorUnderNoiseIsAsStated(Method method, double stepMs, double mv) {
        assertThat(largestError(new Integration(method, stepMs))).isLessThan(mv).isGreaterThan(mv / 100);
    }

    /**
     * The worst of 512 seconds of noise, whose number 133 grazes the threshold: the reference agrees with an
     * extrapolation method, which has other coefficients and another order, and the adaptive method with both.
     */
    @Test
    void whatGrazesTheThresholdIsWithinAHundredthOfAMillivolt() {
        List<CurrentTrace> many = Protocol.parse("noise", NOISE.replace("count: 32", "count: 512")
                .replace("seed: 11", "seed: 1"), name -> null).sequences();
        List<CurrentTrace> grazing = List.of(many.get(133), many.get(241), many.get(83));
        List<Trace> reference = new ReferenceSimulator(neuron).respond(grazing);
        List<Trace> fast = new NeuronSimulator(neuron, 1).respond(grazing);
        for (int k = 0; k < grazing.size(); k++) {
            double[] extrapolated = extrapolated(grazing.get(k));
            for (int t = 0; t < extrapolated.length; t++) {
                assertThat(reference.get(k).voltageMv()[t]).isCloseTo(extrapolated[t], within(1e-3));
                assertThat(fast.get(k).voltageMv()[t]).isCloseTo(extrapolated[t], within(1e-2));
            }
        }
    }

    private double[] extrapolated(CurrentTrace current) {
        double[] input = current.currentUaPerCm2();
        double[] voltage = new double[input.length];
        double[] x = neuron.restState();
        for (int t = 0; t < input.length; t++) {
            voltage[t] = x[0];
            double held = input[t];
            OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
                @Override
                public int getDimension() {
                    return neuron.dimension();
                }

                @Override
                public double[] computeDerivatives(double time, double[] y) {
                    double[] derivative = new double[y.length];
                    neuron.derivative(y, held, derivative);
                    return derivative;
                }
            };
            x = new GraggBulirschStoerIntegrator(1e-12, current.dtMs(), 1e-13, 1e-13)
                    .integrate(equation, new ODEState(0, x), current.dtMs()).getPrimaryState();
        }
        return voltage;
    }

    @ParameterizedTest
    @CsvSource({"0.01,3", "0.001,0.3", "0.0001,0.03"})
    void spikesByExponentialEulerAreLateOrEarlyAsStated(double stepMs, double ms) {
        double[] input = new double[1000];
        Arrays.fill(input, 50, 1000, 10);
        CurrentTrace step = new CurrentTrace(0.1, input);
        List<Double> late = NeuronSimulatorTest.spikes(new NeuronSimulator(neuron, 1, neuron.restState(),
                new Integration(Method.EXPONENTIAL_EULER, stepMs)).respond(List.of(step)).get(0));
        List<Double> right = new ReferenceSimulator(neuron).spikeTimesMs(step);
        assertThat(late).hasSameSizeAs(right);
        assertThat(Math.abs(late.get(late.size() - 1) - right.get(right.size() - 1))).isBetween(ms / 10, ms);
    }

    @ParameterizedTest
    @CsvSource({"DORMAND_PRINCE,36,8", "RUNGE_KUTTA_4,200,4", "EXPONENTIAL_EULER,1600,1"})
    void eachMethodConvergesWithItsOrderOnTheEquationsThemselves(Method method, int steps, int order) {
        CurrentTrace current = new CurrentTrace(4, new double[] {10, 10});
        double exactMv = after(Method.DORMAND_PRINCE, 4, 2000);
        assertThat(new ReferenceSimulator(neuron).respond(List.of(current)).get(0).voltageMv()[1])
                .isCloseTo(exactMv, within(1e-7));
        double[] error = new double[3];
        for (int k = 0; k < 3; k++) {
            error[k] = Math.abs(after(method, 4, steps << k) - exactMv);
        }
        double tolerance = order == 8 ? 1.5 : 0.4;
        for (int k = 0; k < 2; k++) {
            assertThat(Math.log(error[k] / error[k + 1]) / Math.log(2)).as("%s", Arrays.toString(error))
                    .isCloseTo(order, within(tolerance));
        }
    }

    private double after(Method method, double ms, int steps) {
        double[][] x = Arrays.stream(neuron.restState()).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        double[][] out = new double[x.length][1];
        BatchStep step = switch (method) {
            case DORMAND_PRINCE -> new DormandPrince(neuron, 1);
            case RUNGE_KUTTA_4 -> ExplicitRungeKutta.classical(neuron, 1);
            case EXPONENTIAL_EULER -> new ExponentialEuler(neuron, 1);
        };
        for (int s = 0; s < steps; s++) {
            step.step(1, x, new double[] {10}, new double[] {ms / steps}, out);
            double[][] swapped = x;
            x = out;
            out = swapped;
        }
        return x[0][0];
    }

    @ParameterizedTest
    @ValueSource(doubles = {-10, -20, -30, -45, -60})
    void theAdaptiveMethodFollowsStrongHyperpolarisation(double amplitude) {
        double[] input = new double[300];
        Arrays.fill(input, 50, 200, amplitude);
        List<CurrentTrace> current = List.of(new CurrentTrace(0.1, input));
        Trace reference = new ReferenceSimulator(neuron).respond(current).get(0);
        assertThat(largestDifference(new NeuronSimulator(neuron, 1).respond(current).get(0), reference))
                .isLessThan(1e-3);
        assertThat(Arrays.stream(reference.voltageMv()).min().orElseThrow()).isLessThan(-80);
    }

    @Test
    void exponentialEulerFollowsHyperpolarisationAtAStepThatIsManyTimesTheGatesTimeConstant() {
        double[] input = new double[300];
        Arrays.fill(input, 0, 300, -30);
        List<CurrentTrace> current = List.of(new CurrentTrace(0.1, input));
        Trace reference = new ReferenceSimulator(neuron).respond(current).get(0);
        Trace fast = new NeuronSimulator(neuron, 1, neuron.restState(),
                new Integration(Method.EXPONENTIAL_EULER, 0.1)).respond(current).get(0);
        // At -140 mV the sodium gate relaxes at 250 per ms, 25 times in a step.
        assertThat(Arrays.stream(reference.voltageMv()).min().orElseThrow()).isLessThan(-140);
        assertThat(largestDifference(fast, reference)).isLessThan(1);
    }

    @Test
    void theFixedRungeKuttaMethodSaysThatItDiverged() {
        double[] input = new double[300];
        Arrays.fill(input, 50, 300, -30);
        NeuronSimulator fixed = new NeuronSimulator(neuron, 1, neuron.restState(),
                new Integration(Method.RUNGE_KUTTA_4, 0.025));
        assertThatThrownBy(() -> fixed.respond(List.of(new CurrentTrace(0.1, new double[9]),
                new CurrentTrace(0.1, input)))).isInstanceOf(DivergenceException.class)
                .hasMessageMatching("hh diverged before \\d+\\.\\d ms: . is .* under -30.0 uA/cm2, by the method"
                        + " Runge-Kutta 4, fixed step of at most 0.025 ms")
                .satisfies(e -> assertThat(((DivergenceException) e).trace()).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void theNumbersOfALaneDoNotDependOnTheOthers(Method method) {
        Integration integration = new Integration(method, 0.01);
        List<CurrentTrace> many = new ArrayList<>();
        for (int k = 0; k < 7; k++) {
            many.add(new CurrentTrace(0.1, Arrays.copyOf(noise.get(k).currentUaPerCm2(), 150 + 37 * (k * 5 % 7))));
        }
        many.add(new CurrentTrace(0.1, new double[1]));
        many.add(new CurrentTrace(0.05, new double[] {3, 4, 5}));
        List<Trace> together = new NeuronSimulator(neuron, 3, neuron.restState(), integration).respond(many);
        for (int k = 0; k < many.size(); k++) {
            Trace alone = new NeuronSimulator(neuron, 1, neuron.restState(), integration)
                    .respond(List.of(many.get(k))).get(0);
            assertThat(together.get(k).voltageMv()).isEqualTo(alone.voltageMv());
            assertThat(together.get(k).states()).isDeepEqualTo(alone.states());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hh", "fhn", "fhn-psi", "bvp", "rinzel"})
    void aBatchIsTheNeuronsOwnFieldAndTheDiagonalOfItsJacobian(String name) {
        Neuron one = Neurons.named(name);
        int n = one.dimension();
        int lanes = 500;
        SplittableRandom random = new SplittableRandom(3);
        double[][] x = new double[n][lanes];
        double[] current = new double[lanes];
        for (int i = 0; i < lanes; i++) {
            for (int v = 0; v < n; v++) {
                x[v][i] = v > 0 ? random.nextDouble() : name.equals("hh") || name.equals("rinzel")
                        ? i == 0 ? -40 : i == 1 ? -55 : random.nextDouble(-170, 80) : random.nextDouble(-2, 2);
            }
            current[i] = random.nextDouble(-20, 40);
        }
        double[][] derivatives = new double[n][lanes];
        double[][] rates = new double[n][lanes];
        NeuronBatch batch = one.batch(lanes);
        batch.derivatives(lanes, x, current, derivatives);
        batch.relaxationRates(lanes, x, current, rates);
        double[] state = new double[n];
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        for (int i = 0; i < lanes; i++) {
            for (int v = 0; v < n; v++) {
                state[v] = x[v][i];
            }
            // At -40 and -55 mV the batch computes 0 / 0 with its own safeguard.
            double digits = i < 2 ? 1e-5 : 1e-11;
            one.derivative(state, current[i], f);
            one.jacobian(state, current[i], jacobian);
            for (int v = 0; v < n; v++) {
                assertThat(derivatives[v][i]).as("%s lane %d", name, i)
                        .isCloseTo(f[v], within(digits * (1 + Math.abs(f[v]) + Math.abs(jacobian[v][v]))));
                assertThat(rates[v][i]).isCloseTo(-jacobian[v][v], within(digits * (1 + Math.abs(jacobian[v][v]))));
            }
        }
    }

    /** Conditions of Butcher's for quadrature: sum b c^k = 1 / (k + 1) up to the order. */
    @Test
    void theErrorEstimatesOfDormandAndPrinceHaveTheirOrders() {
        double[] c = new double[12];
        System.arraycopy(new DormandPrince853Integrator(1, 1, 1, 1).getC(), 0, c, 1, 11);
        for (int power = 0; power < 8; power++) {
            double eight = 0;
            double five = 0;
            double three = 0;
            for (int s = 0; s < 12; s++) {
                double cp = Math.pow(c[s], power);
                eight += DormandPrince.b()[s] * cp;
                five += DormandPrince.ERROR_5[s] * cp;
                three += DormandPrince.ORDER_3[s] * cp;
            }
            assertThat(eight).isCloseTo(1.0 / (power + 1), within(1e-14));
            assertThat(Math.abs(five) < 1e-14).as("order 5 at power %d: %s", power, five).isEqualTo(power < 5);
            assertThat(Math.abs(three - 1.0 / (power + 1)) < 1e-14).as("order 3 at power %d", power)
                    .isEqualTo(power < 3);
        }
    }

    @Test
    void spikesAreLocatedAsEventsWhateverTheSampling() {
        double[] coarse = new double[60];
        Arrays.fill(coarse, 10, 60, 10);
        double[] fine = new double[6000];
        Arrays.fill(fine, 1000, 6000, 10);
        ReferenceSimulator reference = new ReferenceSimulator(neuron);
        List<Double> located = reference.spikeTimesMs(new CurrentTrace(1, coarse));
        assertThat(located).hasSize(4);
        // Latency at 10 uA/cm2: 1.9012 ms.
        assertThat(located.get(0) - 10).isCloseTo(1.9012, within(5e-5));
        List<Double> again = reference.spikeTimesMs(new CurrentTrace(0.01, fine));
        List<Double> interpolated = NeuronSimulatorTest.spikes(
                new NeuronSimulator(neuron, 1).respond(List.of(new CurrentTrace(0.01, fine))).get(0));
        for (int k = 0; k < 4; k++) {
            assertThat(again.get(k)).isCloseTo(located.get(k), within(1e-7));
            assertThat(interpolated.get(k)).isCloseTo(located.get(k), within(1e-3));
        }
    }
}
