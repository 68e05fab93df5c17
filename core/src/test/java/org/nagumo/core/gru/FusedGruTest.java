package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedGruTest {

    private static final double DT = 0.1;

    /** A random problem and the equations of one step written out once more, without rows or regrouped weights. */
    private static final class Case {
        final int inputs;
        final int units;
        final int lanes;
        final int steps;
        final double[] parameters;
        final double[][][] x;       // [t][i][b]
        final double[][] h0;        // [j][b]
        final double[][][] epsilon; // [t][j][b]
        final double[][] mask;      // [t][b] or null

        Case(int inputs, int units, int lanes, int steps, boolean masked, long seed) {
            this.inputs = inputs;
            this.units = units;
            this.lanes = lanes;
            this.steps = steps;
            SplittableRandom random = new SplittableRandom(seed);
            parameters = new double[FusedGru.parameterCount(inputs, units)];
            for (int p = 0; p < parameters.length; p++) {
                parameters[p] = random.nextDouble(-1, 1);
            }
            for (int j = 0; j < units; j++) {
                parameters[parameters.length - units + j] = Math.log(random.nextDouble(0.1, 1));
            }
            x = new double[steps][inputs][lanes];
            h0 = new double[units][lanes];
            epsilon = new double[steps][units][lanes];
            mask = masked ? new double[steps][lanes] : null;
            for (int b = 0; b < lanes; b++) {
                for (int j = 0; j < units; j++) {
                    h0[j][b] = random.nextDouble(-1, 1);
                }
                for (int t = 0; t < steps; t++) {
                    for (int i = 0; i < inputs; i++) {
                        x[t][i][b] = random.nextDouble(-2, 2);
                    }
                    for (int j = 0; j < units; j++) {
                        epsilon[t][j][b] = random.nextDouble(-1, 1);
                    }
                    if (masked) {
                        mask[t][b] = random.nextDouble() < 0.7 ? 1 : 0;
                    }
                }
            }
        }

        double[][][] states() {
            double[][][] h = new double[steps + 1][units][lanes];
            for (int b = 0; b < lanes; b++) {
                for (int j = 0; j < units; j++) {
                    h[0][j][b] = h0[j][b];
                }
                for (int t = 0; t < steps; t++) {
                    double[] r = new double[units];
                    for (int j = 0; j < units; j++) {
                        r[j] = 1 / (1 + Math.exp(-preActivation(t, b, units + j, h[t], null)));
                    }
                    for (int j = 0; j < units; j++) {
                        double z = 1 / (1 + Math.exp(-preActivation(t, b, j, h[t], null)));
                        double c = Math.tanh(preActivation(t, b, 2 * units + j, h[t], r));
                        double tau = Math.exp(parameters[parameters.length - units + j]);
                        boolean moves = mask == null || mask[t][b] != 0;
                        h[t + 1][j][b] = h[t][j][b] + (moves ? DT / tau * (1 - z) * (c - h[t][j][b]) : 0);
                    }
                }
            }
            return h;
        }

        private double preActivation(int t, int b, int column, double[][] h, double[] reset) {
            double a = parameters[3 * units * (inputs + units) + column];
            for (int i = 0; i < inputs; i++) {
                a += parameters[column * inputs + i] * x[t][i][b];
            }
            for (int k = 0; k < units; k++) {
                double source = h[k][b] * (reset == null ? 1 : reset[k]);
                a += parameters[3 * units * inputs + column * units + k] * source;
            }
            return a;
        }

        double loss() {
            double[][][] h = states();
            double loss = 0;
            for (int t = 0; t < steps; t++) {
                for (int j = 0; j < units; j++) {
                    for (int b = 0; b < lanes; b++) {
                        loss += epsilon[t][j][b] * h[t + 1][j][b];
                    }
                }
            }
            return loss;
        }

        /** Central difference of the loss along one number. */
        double slope(double[] array, int index) {
            double value = array[index];
            double step = 1e-5;
            array[index] = value + step;
            double up = loss();
            array[index] = value - step;
            double down = loss();
            array[index] = value;
            return (up - down) / (2 * step);
        }

        FusedGru<double[]> runDouble() {
            FusedGru<double[]> kernel = FusedGru.ofDoubles(inputs, units);
            kernel.resize(lanes, steps);
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < inputs; i++) {
                    System.arraycopy(x[t][i], 0, kernel.input(t, i), 0, lanes);
                }
                for (int j = 0; j < units; j++) {
                    System.arraycopy(epsilon[t][j], 0, kernel.outputGradient(t, j), 0, lanes);
                }
            }
            for (int j = 0; j < units; j++) {
                System.arraycopy(h0[j], 0, kernel.initialState(j), 0, lanes);
            }
            kernel.forward(parameters, DT, mask);
            return kernel;
        }

        FusedGru<float[]> runFloat() {
            FusedGru<float[]> kernel = FusedGru.ofFloats(inputs, units);
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
                    if (mask != null) {
                        floatMask[t][b] = (float) mask[t][b];
                    }
                }
                for (int j = 0; j < units; j++) {
                    kernel.initialState(j)[b] = (float) h0[j][b];
                }
            }
            kernel.forward(parameters, DT, floatMask);
            return kernel;
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1,false", "1,2,5,7,false", "1,2,5,8,true", "3,1,2,4,true", "2,5,3,9,false", "4,7,2,6,true"})
    void statesAndGradientsAgreeWithThePlainEquationsAndCentralDifferences(int inputs, int units, int lanes,
            int steps, boolean masked) {
        Case c = new Case(inputs, units, lanes, steps, masked, 17);
        FusedGru<double[]> kernel = c.runDouble();
        double[][][] h = c.states();
        for (int t = 0; t <= steps; t++) {
            for (int j = 0; j < units; j++) {
                assertThat(kernel.state(t, j)).containsExactly(h[t][j], within(1e-14));
            }
        }
        kernel.backward(true);
        double[] gradient = new double[kernel.parameterCount()];
        kernel.gradient(gradient);
        for (int p = 0; p < gradient.length; p++) {
            assertThat(gradient[p]).as("parameter %d", p).isCloseTo(c.slope(c.parameters, p), within(2e-8));
        }
        for (int b = 0; b < lanes; b++) {
            for (int j = 0; j < units; j++) {
                assertThat(kernel.initialStateGradient(j)[b]).isCloseTo(c.slope(c.h0[j], b), within(1e-8));
            }
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < inputs; i++) {
                    assertThat(kernel.inputGradient(t, i)[b]).isCloseTo(c.slope(c.x[t][i], b), within(1e-8));
                }
            }
        }
    }

    @Test
    void singlePrecisionAgreesWithDoubleToItsRounding() {
        Case c = new Case(1, 2, 37, 400, false, 5);
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
        Case wide = new Case(1, 2, 33, 20, false, 3);
        FusedGru<float[]> all = wide.runFloat();
        FusedGru<float[]> one = FusedGru.ofFloats(1, 2);
        one.resize(1, 50);
        one.forward(wide.parameters, DT, null);
        one.resize(1, 20);
        for (int b : new int[] {0, 16, 32}) {
            for (int t = 0; t < 20; t++) {
                one.input(t, 0)[0] = (float) wide.x[t][0][b];
            }
            for (int j = 0; j < 2; j++) {
                one.initialState(j)[0] = (float) wide.h0[j][b];
            }
            one.forward(wide.parameters, DT, null);
            assertThat(one.state(20, 0)[0]).isEqualTo(all.state(20, 0)[b]);
            assertThat(one.state(20, 1)[0]).isEqualTo(all.state(20, 1)[b]);
        }
    }

    @Test
    void aNonFiniteInputIsNamedByItsPlace() {
        FusedGru<float[]> kernel = FusedGru.ofFloats(2, 2);
        kernel.resize(3, 4);
        kernel.input(2, 1)[1] = Float.NaN;
        assertThatThrownBy(() -> kernel.forward(new double[kernel.parameterCount()], DT, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input[example 1, feature 1, time step 2] is NaN; allowed: finite numbers");
    }

    @Test
    void aTimeConstantBelowTheStepIsRefused() {
        FusedGru<float[]> kernel = FusedGru.ofFloats(1, 2);
        kernel.resize(1, 1);
        double[] parameters = new double[kernel.parameterCount()];
        parameters[parameters.length - 1] = Math.log(0.05);
        assertThatThrownBy(() -> kernel.forward(parameters, DT, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time constant of unit 1").hasMessageContaining("at least the Euler step");
    }
}
