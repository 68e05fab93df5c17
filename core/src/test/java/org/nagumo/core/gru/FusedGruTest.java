package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FusedGruTest {

    private static final double DT = 0.1;
    private static final GruEquations EULER = GruEquations.euler(DT);

    private static GruEquations equations(Integrator integrator, int substeps, boolean inGates, boolean irregular) {
        return equations(integrator, substeps, inGates, irregular, 0);
    }

    private static GruEquations equations(Integrator integrator, int substeps, boolean inGates, boolean irregular,
            int features) {
        GruEquations.Draft draft = new GruEquations.Draft();
        draft.dtMs = DT;
        draft.tauMs = new double[] {DT};
        draft.integrator = integrator;
        draft.substeps = substeps;
        draft.inputInGates = inGates;
        draft.irregularTime = irregular;
        draft.features = features;
        return draft.build();
    }

    /** A random problem, and what the plain equations say about it. */
    private static final class Case {
        final GruEquations equations;
        final int inputs;
        final int units;
        final int lanes;
        final int steps;
        final double[] parameters;
        final double[][][] x;       // [t][i][b]
        final double[][] interval;  // [t][b]
        final double[][] h0;        // [j][b]
        final double[][][] epsilon; // [t][j][b]
        final double[][] mask;      // [t][b] or null

        Case(GruEquations equations, int inputs, int units, int lanes, int steps, boolean masked, long seed) {
            this.equations = equations;
            this.inputs = inputs;
            this.units = units;
            this.lanes = lanes;
            this.steps = steps;
            SplittableRandom random = new SplittableRandom(seed);
            parameters = random.doubles(FusedGru.ofDoubles(equations, inputs, units).parameterCount(), -1, 1).toArray();
            for (int j = 0; j < units; j++) {
                parameters[parameters.length - units + j] = Math.log(random.nextDouble(DT, 1));
            }
            x = new double[steps][inputs][];
            interval = new double[steps][];
            epsilon = new double[steps][units][];
            h0 = new double[units][];
            mask = masked ? new double[steps][] : null;
            for (int j = 0; j < units; j++) {
                h0[j] = random.doubles(lanes, -1, 1).toArray();
            }
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < inputs; i++) {
                    x[t][i] = random.doubles(lanes, -2, 2).toArray();
                }
                for (int j = 0; j < units; j++) {
                    epsilon[t][j] = random.doubles(lanes, -1, 1).toArray();
                }
                interval[t] = equations.irregularTime() ? random.doubles(lanes, 0, DT).toArray()
                        : random.doubles(lanes).map(r -> DT).toArray();
                if (masked) {
                    mask[t] = random.doubles(lanes).map(r -> r < 0.7 ? 1 : 0).toArray();
                }
            }
            interval[steps - 1][0] = equations.irregularTime() ? 0 : DT;
        }

        private int moves(int t, int b) {
            return mask == null ? 1 : (int) mask[t][b];
        }

        /**
         * States after each step and, last, the loss of one lane, by the plain equations; differentiated by
         * {@code [parameters | h0 | x | interval]}.
         */
        Gradient[][] plain(int b) {
            int n = parameters.length + units + steps * (inputs + 1);
            int at = 0;
            Gradient[] p = new Gradient[parameters.length];
            for (; at < p.length; at++) {
                p[at] = Gradient.variable(n, at, parameters[at]);
            }
            PlainGru gru = new PlainGru(equations, inputs, units, p);
            Gradient[] h = new Gradient[units];
            for (int j = 0; j < units; j++) {
                h[j] = Gradient.variable(n, at++, h0[j][b]);
            }
            Gradient[][] all = new Gradient[steps + 2][];
            all[0] = h;
            Gradient loss = Gradient.constant(n, 0);
            for (int t = 0; t < steps; t++) {
                Gradient[] input = new Gradient[inputs];
                for (int i = 0; i < inputs; i++) {
                    input[i] = Gradient.variable(n, at++, x[t][i][b]);
                }
                Gradient time = Gradient.variable(n, at++, interval[t][b]);
                h = moves(t, b) == 1 ? gru.step(input, time, h) : h;
                all[t + 1] = h;
                for (int j = 0; j < units; j++) {
                    loss = loss.add(h[j].multiply(epsilon[t][j][b]));
                }
            }
            all[steps + 1] = new Gradient[] {loss};
            return all;
        }

        FusedGru<double[]> runDouble() {
            FusedGru<double[]> kernel = FusedGru.ofDoubles(equations, inputs, units);
            kernel.resize(lanes, steps);
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < inputs; i++) {
                    System.arraycopy(x[t][i], 0, kernel.input(t, i), 0, lanes);
                }
                for (int j = 0; j < units; j++) {
                    System.arraycopy(epsilon[t][j], 0, kernel.outputGradient(t, j), 0, lanes);
                }
                if (equations.irregularTime()) {
                    System.arraycopy(interval[t], 0, kernel.interval(t), 0, lanes);
                }
            }
            for (int j = 0; j < units; j++) {
                System.arraycopy(h0[j], 0, kernel.initialState(j), 0, lanes);
            }
            kernel.forward(parameters, mask);
            return kernel;
        }

        FusedGru<float[]> runFloat() {
            FusedGru<float[]> kernel = FusedGru.ofFloats(equations, inputs, units);
            kernel.resize(lanes, steps);
            float[][] floatMask = mask == null ? null : new float[steps][lanes];
            for (int b = 0; b < lanes; b++) {
                for (int t = 0; t < steps; t++) {
                    for (int i = 0; i < inputs; i++) {
                        kernel.input(t, i)[b] = (float) x[t][i][b];
                    }
                    for (int j = 0; j < units; j++) {
                        kernel.outputGradient(t, j)[b] = (float) epsilon[t][j][b];
                    }
                    if (equations.irregularTime()) {
                        kernel.interval(t)[b] = (float) interval[t][b];
                    }
                    if (mask != null) {
                        floatMask[t][b] = (float) mask[t][b];
                    }
                }
                for (int j = 0; j < units; j++) {
                    kernel.initialState(j)[b] = (float) h0[j][b];
                }
            }
            kernel.forward(parameters, floatMask);
            return kernel;
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1,false", "1,2,5,7,false", "1,2,5,8,true", "3,1,2,4,true", "2,5,3,9,false", "4,7,2,6,true"})
    void statesAndAllGradientsAreThoseOfThePlainEquations(int inputs, int units, int lanes, int steps,
            boolean masked) {
        for (Integrator integrator : Integrator.values()) {
            for (int option = 0; option < 8; option++) {
                for (int features : new int[] {0, 1, 3}) {
                    compare(new Case(equations(integrator, option < 4 ? 1 : 3, option % 2 == 0, option / 2 % 2 == 1,
                            features), inputs, units, lanes, steps, masked, 17));
                }
            }
        }
    }

    private static void compare(Case c) {
        FusedGru<double[]> kernel = c.runDouble();
        kernel.backward(true);
        double[] expected = new double[kernel.parameterCount()];
        for (int b = 0; b < c.lanes; b++) {
            Gradient[][] plain = c.plain(b);
            Gradient loss = plain[c.steps + 1][0];
            for (int t = 0; t <= c.steps; t++) {
                for (int j = 0; j < c.units; j++) {
                    assertThat(kernel.state(t, j)[b]).isCloseTo(plain[t][j].getValue(), within(1e-14));
                }
            }
            int at = 0;
            for (; at < expected.length; at++) {
                expected[at] += loss.getPartialDerivative(at);
            }
            for (int j = 0; j < c.units; j++) {
                assertThat(kernel.initialStateGradient(j)[b]).isCloseTo(loss.getPartialDerivative(at++), within(1e-13));
            }
            for (int t = 0; t < c.steps; t++) {
                for (int i = 0; i < c.inputs; i++) {
                    assertThat(kernel.inputGradient(t, i)[b])
                            .isCloseTo(loss.getPartialDerivative(at++), within(1e-13));
                }
                double byInterval = loss.getPartialDerivative(at++);
                if (c.equations.irregularTime()) {
                    assertThat(kernel.intervalGradient(t)[b]).isCloseTo(byInterval, within(1e-12));
                }
            }
        }
        double[] gradient = new double[kernel.parameterCount()];
        kernel.gradient(gradient);
        for (int p = 0; p < gradient.length; p++) {
            assertThat(gradient[p]).as("%s, parameter %d", c.equations, p).isCloseTo(expected[p], within(1e-13));
        }
    }

    @Test
    void backpropagationStopsAtTheFirstStepThatIsAsked() {
        Case c = new Case(equations(Integrator.HEUN, 2, true, false, 2), 2, 3, 2, 9, false, 8);
        Case tail = new Case(c.equations, 2, 3, 2, 9, false, 8);
        FusedGru<double[]> kernel = c.runDouble();
        kernel.backward(true, 6);
        double[] truncated = new double[kernel.parameterCount()];
        kernel.gradient(truncated);
        FusedGru<double[]> last = FusedGru.ofDoubles(c.equations, 2, 3);
        last.resize(2, 3);
        for (int j = 0; j < 3; j++) {
            System.arraycopy(kernel.state(6, j), 0, last.initialState(j), 0, 2);
            for (int t = 0; t < 3; t++) {
                System.arraycopy(tail.epsilon[t + 6][j], 0, last.outputGradient(t, j), 0, 2);
            }
        }
        for (int t = 0; t < 3; t++) {
            for (int i = 0; i < 2; i++) {
                System.arraycopy(tail.x[t + 6][i], 0, last.input(t, i), 0, 2);
            }
        }
        last.forward(c.parameters, null);
        last.backward(true);
        double[] whole = new double[kernel.parameterCount()];
        last.gradient(whole);
        assertThat(truncated).containsExactly(whole, within(1e-15));
        assertThat(kernel.inputGradient(5, 0)).containsOnly(0);
        assertThat(kernel.inputGradient(6, 1)).containsExactly(last.inputGradient(0, 1), within(1e-16));
    }

    @ParameterizedTest
    @EnumSource
    void theErrorFallsWithThePowerOfTheStepThatTheIntegratorPromises(Integrator integrator) {
        double[] errors = new double[4];
        double[] exact = end(equations(Integrator.RUNGE_KUTTA_4, 1024, true, false));
        for (int k = 0; k < errors.length; k++) {
            double[] h = end(equations(integrator, 16 << k, true, false));
            errors[k] = Math.hypot(h[0] - exact[0], h[1] - exact[1]);
        }
        for (int k = 1; k < errors.length; k++) {
            double order = Math.log(errors[k - 1] / errors[k]) / Math.log(2);
            assertThat(order).isCloseTo(integrator.order(), within(0.1));
        }
    }

    /** State after three samples of one case with time constants of a third to one sample. */
    private static double[] end(GruEquations equations) {
        Case c = new Case(equations, 1, 2, 1, 3, false, 21);
        c.parameters[c.parameters.length - 2] = Math.log(DT / 3);
        c.parameters[c.parameters.length - 1] = Math.log(DT);
        FusedGru<double[]> kernel = c.runDouble();
        return new double[] {kernel.state(3, 0)[0], kernel.state(3, 1)[0]};
    }

    @ParameterizedTest
    @EnumSource
    void theStateStaysInTheUnitCubeForAnyInputAndAnyWeights(Integrator integrator) {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 200; round++) {
            Case c = new Case(equations(integrator, 1, true, true, round % 3), 1, 2, 3, 40, false, random.nextLong());
            double scale = Math.pow(10, random.nextDouble(-1, 3));
            for (int p = 0; p < c.parameters.length - 2; p++) {
                c.parameters[p] *= scale;
            }
            c.parameters[c.parameters.length - 1] = Math.log(DT);
            FusedGru<double[]> kernel = c.runDouble();
            FusedGru<float[]> single = c.runFloat();
            for (int t = 0; t <= 40; t++) {
                for (int b = 0; b < 3; b++) {
                    assertThat(Math.abs(kernel.state(t, 1)[b])).isLessThanOrEqualTo(1);
                    assertThat(Math.abs(single.state(t, 1)[b])).isLessThanOrEqualTo(1.000001f);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void singlePrecisionAgreesWithDoubleToItsRounding(Integrator integrator) {
        Case c = new Case(equations(integrator, 1, true, true, 3), 1, 2, 37, 400, false, 5);
        FusedGru<double[]> exact = c.runDouble();
        FusedGru<float[]> fast = c.runFloat();
        for (int b = 0; b < 37; b++) {
            assertThat((double) fast.state(400, 1)[b]).isCloseTo(exact.state(400, 1)[b], within(2e-6));
        }
        exact.backward(false);
        fast.backward(false);
        double[] g = new double[exact.parameterCount()];
        double[] f = new double[exact.parameterCount()];
        exact.gradient(g);
        fast.gradient(f);
        double norm = 0;
        double difference = 0;
        for (int p = 0; p < g.length; p++) {
            norm = Math.hypot(norm, g[p]);
            difference = Math.hypot(difference, g[p] - f[p]);
        }
        assertThat(difference).isLessThan(3e-6 * norm);
    }

    @Test
    void theFastHyperbolicTangentAndSigmoidAreExactToFloatRounding() {
        FloatRowMath math = new FloatRowMath();
        for (double limit : new double[] {0.01, 1, 8, 40, 140, 1e6, 1e30}) {
            float[] x = new float[4001];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (limit * (i - 2000) / 2000);
            }
            float[] tanh = x.clone();
            float[] sigmoid = x.clone();
            math.tanh(tanh, limit);
            math.sigmoid(sigmoid, limit);
            for (int i = 0; i < x.length; i++) {
                assertThat((double) tanh[i]).isCloseTo(Math.tanh(x[i]), within(2.4e-7));
                assertThat((double) sigmoid[i]).isCloseTo(1 / (1 + Math.exp(-x[i])), within(2.4e-7));
            }
        }
    }

    @Test
    void aLaneDoesNotDependOnItsNeighboursNorOnTheBuffersThatEarlierCallsLeft() {
        Case wide = new Case(EULER, 1, 2, 33, 20, false, 3);
        FusedGru<float[]> all = wide.runFloat();
        FusedGru<float[]> one = FusedGru.ofFloats(EULER, 1, 2);
        one.resize(1, 50);
        one.forward(wide.parameters, null);
        one.resize(1, 20);
        for (int b : new int[] {0, 16, 32}) {
            for (int t = 0; t < 20; t++) {
                one.input(t, 0)[0] = (float) wide.x[t][0][b];
            }
            for (int j = 0; j < 2; j++) {
                one.initialState(j)[0] = (float) wide.h0[j][b];
            }
            one.forward(wide.parameters, null);
            assertThat(one.state(20, 0)[0]).isEqualTo(all.state(20, 0)[b]);
            assertThat(one.state(20, 1)[0]).isEqualTo(all.state(20, 1)[b]);
        }
    }

    @Test
    void aNonFiniteInputIsNamedByItsPlace() {
        FusedGru<float[]> kernel = FusedGru.ofFloats(EULER, 2, 2);
        kernel.resize(3, 4);
        kernel.input(2, 1)[1] = Float.NaN;
        assertThatThrownBy(() -> kernel.forward(new double[kernel.parameterCount()], null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input[example 1, feature 1, time step 2] is NaN; allowed: finite numbers");
    }

    @Test
    void aTimeConstantBelowTheStepIsRefused() {
        FusedGru<float[]> kernel = FusedGru.ofFloats(EULER, 1, 2);
        kernel.resize(1, 1);
        double[] parameters = new double[kernel.parameterCount()];
        parameters[parameters.length - 1] = Math.log(0.05);
        assertThatThrownBy(() -> kernel.forward(parameters, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time constant of unit 1").hasMessageContaining("at least the step, 0.1 ms");
    }

    @Test
    void whateverElseIsNotFiniteIsNamedToo() {
        FusedGru<double[]> kernel = FusedGru.ofDoubles(equations(Integrator.EULER, 1, true, true), 1, 2);
        kernel.resize(2, 3);
        double[] parameters = new double[kernel.parameterCount()];
        kernel.interval(2)[1] = 0.11;
        assertThatThrownBy(() -> kernel.forward(parameters, null))
                .hasMessage("interval[example 1, time step 2] is 0.11 ms; allowed: from 0 to dt = 0.1 ms");
        kernel.interval(2)[1] = -0.01;
        assertThatThrownBy(() -> kernel.forward(parameters, null)).hasMessageContaining("is -0.01 ms");
        kernel.interval(2)[1] = 0;
        kernel.initialState(1)[0] = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> kernel.forward(parameters, null))
                .hasMessage("initial state[example 0, unit 1] is Infinity; allowed: finite numbers");
        kernel.initialState(1)[0] = 0;
        parameters[1] = Double.NaN;
        assertThatThrownBy(() -> kernel.forward(parameters, null))
                .hasMessage("a parameter of unit 1's gate z is NaN; allowed: finite numbers");
    }
}
