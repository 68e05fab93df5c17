package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuronsTest {

    @ParameterizedTest
    @ValueSource(strings = {"hh", "fhn", "fhn-psi", "bvp", "rinzel"})
    void theJacobianAgreesWithCentralDifferencesAlsoAtTheRemovableSingularities(String name) {
        Neuron neuron = Neurons.named(name);
        int n = neuron.dimension();
        SplittableRandom random = new SplittableRandom(1);
        boolean volts = name.equals("hh") || name.equals("rinzel");
        for (int trial = 0; trial < 60; trial++) {
            double[] x = new double[n];
            x[0] = !volts ? random.nextDouble(-2, 2)
                    : trial == 0 ? -40 : trial == 1 ? -55 : trial == 2 ? -40.05 : random.nextDouble(-120, 60);
            for (int k = 1; k < n; k++) {
                x[k] = random.nextDouble(0.05, 0.95);
            }
            double[][] jacobian = new double[n][n];
            neuron.jacobian(x, 3, jacobian);
            for (int j = 0; j < n; j++) {
                double step = 1e-5 * Math.max(1, Math.abs(x[j]));
                double[] up = x.clone();
                double[] down = x.clone();
                up[j] += step;
                down[j] -= step;
                double[] fUp = new double[n];
                double[] fDown = new double[n];
                neuron.derivative(up, 3, fUp);
                neuron.derivative(down, 3, fDown);
                for (int i = 0; i < n; i++) {
                    double slope = (fUp[i] - fDown[i]) / (up[j] - down[j]);
                    assertThat(jacobian[i][j]).as("%s d f%d / d x%d at %s", name, i, j, Arrays.toString(x))
                            .isCloseTo(slope, within(2e-6 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    @Test
    void hodgkinHuxleyRestsWhereTheReferenceSays() {
        double[] rest = Neurons.named("hh").restState();
        assertThat(rest).containsExactly(new double[] {-64.99638, 0.0529551, 0.5959941, 0.3177324}, within(5e-6));
    }

    @Test
    void theEigenvaluesAtRestOfHodgkinHuxleyWithLeakReversalAt54Point4() {
        Complex[] values = eigenvalues(Neurons.named("hh").with(Map.of("EL", -54.4)));
        assertThat(values[0].getReal()).isCloseTo(-4.675, within(1e-3));
        assertThat(values[1].getReal()).isCloseTo(-0.2027, within(1e-4));
        assertThat(Math.abs(values[1].getImaginary())).isCloseTo(0.3831, within(1e-4));
        assertThat(values[3].getReal()).isCloseTo(-0.1207, within(1e-4));
    }

    @Test
    void fitzHughNagumoRestsAtItsPublishedEquilibrium() {
        Neuron neuron = Neurons.named("fhn");
        assertThat(neuron.restState()).containsExactly(new double[] {-1.19941, -0.62426}, within(5e-6));
        Complex[] values = eigenvalues(neuron);
        assertThat(values[0].getReal()).isCloseTo(-0.2513, within(1e-4));
        assertThat(Math.abs(values[0].getImaginary())).isCloseTo(0.2119, within(1e-4));
    }

    @Test
    void bonhoefferVanDerPolRestsAtItsPublishedEquilibrium() {
        Neuron neuron = Neurons.named("bvp");
        assertThat(neuron.restState()).containsExactly(new double[] {1.19941, -0.62426}, within(5e-6));
        Complex[] values = eigenvalues(neuron);
        assertThat(values[0].getReal()).isCloseTo(-0.7912, within(1e-4));
        assertThat(Math.abs(values[0].getImaginary())).isCloseTo(0.8514, within(1e-4));
    }

    @Test
    void parametersAreOverriddenByNameAndCheckedByName() {
        assertThat(Neurons.named("hh").with(Map.of("gNa", 110.0)).parameters())
                .contains(new Parameter("gNa", 110, "mS/cm2", "largest sodium conductance"));
        assertThatThrownBy(() -> Neurons.named("hh").with(Map.of("gna", 110.0)))
                .hasMessageStartingWith("hh has no parameter 'gna'; did you mean 'gNa'? allowed: [C, gNa,");
        assertThatThrownBy(() -> Neurons.named("hh").with(Map.of("C", 0.0)))
                .hasMessage("hh parameter 'C' is 0.0; allowed: C > 0");
        assertThatThrownBy(() -> Neurons.named("bvp").with(Map.of("b", 1.2)))
                .hasMessage("bvp parameter 'b' is 1.2; allowed: (b > 0) & (b < 1)");
        assertThatThrownBy(() -> Neurons.named("izhikevich")).hasMessageContaining("[hh, fhn, fhn-psi, bvp, rinzel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hh", "fhn", "fhn-psi", "bvp", "rinzel"})
    void aRestIsAStableEquilibriumWhateverTheParameters(String name) {
        SplittableRandom random = new SplittableRandom(3);
        Neuron standard = Neurons.named(name);
        int atRest = 0;
        for (int trial = 0; trial < 300; trial++) {
            Map<String, Double> changed = new HashMap<>();
            standard.parameters().stream().filter(p -> !p.name().equals("T"))
                    .forEach(p -> changed.put(p.name(), p.value() * random.nextDouble(0.8, 1.2)));
            double[] rest;
            Neuron neuron;
            try {
                neuron = standard.with(changed);
                rest = neuron.restState();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching(name + " (has no resting state at zero current|parameter '.' is).*");
                continue;
            }
            atRest++;
            double[] slope = new double[rest.length];
            neuron.derivative(rest, 0, slope);
            assertThat(slope).as("%s", changed).containsExactly(new double[rest.length], within(1e-9));
            assertThat(Arrays.stream(eigenvalues(neuron)).allMatch(e -> e.getReal() < 0)).isTrue();
        }
        assertThat(atRest).isGreaterThan(200);
    }

    @Test
    void anUnstableEquilibriumIsNoRest() {
        assertThatThrownBy(() -> Neurons.named("fhn").with(Map.of("a", 0.0)).restState())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is unstable");
        assertThatThrownBy(() -> Neurons.named("hh").with(Map.of("T", 1e9)).restState())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'T' is 1.0E9; allowed: (T >= -2) & (T <= 60)");
    }

    @Test
    void theRatesAreThoseOfThePaperAlsoWhereTheyShareAnExponential() {
        SplittableRandom random = new SplittableRandom(6);
        for (int trial = 0; trial < 20_000; trial++) {
            double v = random.nextDouble(-200, 120);
            double[] zero = new double[4];
            double[] one = new double[4];
            Neurons.named("hh").derivative(new double[] {v, 0, 0, 0}, 0, zero);
            Neurons.named("hh").derivative(new double[] {v, 1, 1, 1}, 0, one);
            // With u the depolarisation from rest, as in the paper but with its sign turned round.
            double u = v + 65;
            double[] alpha = {0.1 * (25 - u) / StrictMath.expm1((25 - u) / 10), 0.07 * StrictMath.exp(-u / 20),
                0.01 * (10 - u) / StrictMath.expm1((10 - u) / 10)};
            double[] beta = {4 * StrictMath.exp(-u / 18), 1 / (StrictMath.exp((30 - u) / 10) + 1),
                0.125 * StrictMath.exp(-u / 80)};
            for (int k = 0; k < 3; k++) {
                assertThat(zero[k + 1] / alpha[k]).as("alpha %d at %f", k, v).isCloseTo(1, within(2e-12));
                assertThat(-one[k + 1] / beta[k]).as("beta %d at %f", k, v).isCloseTo(1, within(2e-12));
            }
        }
    }

    @Test
    void gatesRunThreeTimesFasterTenDegreesWarmer() {
        double[] x = {-50, 0.2, 0.4, 0.4};
        double[] cold = new double[4];
        double[] warm = new double[4];
        Neurons.named("hh").derivative(x, 0, cold);
        Neurons.named("hh").with(Map.of("T", 16.3)).derivative(x, 0, warm);
        assertThat(warm[0]).isEqualTo(cold[0]);
        for (int k = 1; k < 4; k++) {
            assertThat(warm[k] / cold[k]).isCloseTo(3, within(1e-12));
        }
    }

    private static Complex[] eigenvalues(Neuron neuron) {
        double[][] jacobian = new double[neuron.dimension()][neuron.dimension()];
        neuron.jacobian(neuron.restState(), 0, jacobian);
        List<Complex> values = Arrays.asList(new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(jacobian))
                .getEigenvalues());
        values.sort(Comparator.comparingDouble(Complex::getReal));
        return values.toArray(new Complex[0]);
    }
}
