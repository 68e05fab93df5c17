package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.ode.OdeChoice;

/** Neurons that are given by their equations. */
class EquationNeuronTest {

    @TempDir
    private Path folder;

    static List<String> shipped() {
        return ShippedNeurons.NAMES;
    }

    /** A state in the box of a neuron's typical ranges around its rest. */
    private static double[] state(Neuron neuron, double[] rest, SplittableRandom random) {
        double[] x = new double[rest.length];
        for (int i = 0; i < x.length; i++) {
            boolean gate = i > 0 && neuron.units()[i] == 1 && rest[i] >= 0 && rest[i] <= 1;
            x[i] = gate ? random.nextDouble(0, 1) : rest[i] + random.nextDouble(-0.5, 0.8) * neuron.units()[i];
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theJacobianAgreesWithDifferencesTheEnclosureHoldsBothAndTheBatchAgrees(String name) {
        EquationNeuron neuron = ShippedNeurons.named(name);
        int n = neuron.dimension();
        double[] rest = neuron.restState();
        SplittableRandom random = new SplittableRandom(6);
        NeuronBatch batch = neuron.batch(1);
        for (int trial = 0; trial < 50; trial++) {
            double[] x = state(neuron, rest, random);
            double[] f = new double[n];
            neuron.derivative(x, 0.1, f);
            double[][] jacobian = new double[n][n];
            neuron.jacobian(x, 0.1, jacobian);
            double[][] lanes = new double[n][1];
            double[][] rates = new double[n][1];
            double[][] slopes = new double[n][1];
            Interval[] box = new Interval[n];
            for (int i = 0; i < n; i++) {
                lanes[i][0] = x[i];
                box[i] = new Interval(x[i] - 1e-3 * neuron.units()[i], x[i] + 1e-3 * neuron.units()[i]);
            }
            batch.derivatives(1, lanes, new double[] {0.1}, rates);
            batch.relaxationRates(1, lanes, new double[] {0.1}, slopes);
            Jet[] enclosed = new Jet[n];
            neuron.enclose(Jet.variables(box), 0.1, enclosed);
            for (int i = 0; i < n; i++) {
                double terms = 1e-3;
                for (int j = 0; j < n; j++) {
                    terms += Math.abs(jacobian[i][j]) * Math.max(Math.abs(x[j]), neuron.units()[j]);
                }
                assertThat(rates[i][0]).isCloseTo(f[i], within(1e-12 * terms));
                assertThat(slopes[i][0]).isCloseTo(-jacobian[i][i], within(1e-11 * terms));
                assertThat(enclosed[i].value().contains(f[i])).isTrue();
                for (int j = 0; j < n; j++) {
                    assertThat(enclosed[i].derivative(j).contains(jacobian[i][j])).isTrue();
                    double step = 1e-5 * neuron.units()[j];
                    double difference = (rate(neuron, x, i, j, step) - rate(neuron, x, i, j, -step)) / (2 * step);
                    assertThat(jacobian[i][j]).as("%s d f%d / d x%d at %s", name, i, j, Arrays.toString(x))
                            .isCloseTo(difference, within(1e-5 * terms / neuron.units()[j]));
                }
            }
        }
    }

    private static double rate(Neuron neuron, double[] x, int i, int j, double step) {
        double[] beside = x.clone();
        beside[j] += step;
        double[] f = new double[x.length];
        neuron.derivative(beside, 0.1, f);
        return f[i];
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theRegionHoldsTheRestAndShippedParametersHaveUnits(String name) {
        EquationNeuron neuron = ShippedNeurons.named(name);
        double[] rest = neuron.restState();
        Interval[] region = neuron.equilibriumRegion(0, 0);
        for (int i = 0; i < rest.length; i++) {
            assertThat(region[i].contains(rest[i])).isTrue();
            assertThat(region[i].width()).isLessThan(20 * neuron.units()[i]);
        }
        assertThat(neuron.parameters()).allMatch(p -> !p.unit().isEmpty() && !p.description().isEmpty());
        assertThat(neuron.ships()).isTrue();
        assertThat(neuron.file().remarks()).isEmpty();
        assertThat(neuron.file().scales()).hasSize(neuron.dimension());
    }

    /** The region widens with the current, and is found also where no equilibrium is near zero. */
    @Test
    void theRegionOfLargeCurrents() {
        Neuron neuron = ShippedNeurons.named("hh");
        for (double current : new double[] {100, 1e4, 1e9}) {
            Interval[] region = neuron.equilibriumRegion(0, current);
            // The sodium battery, or where the leak alone carries the current.
            double highest = Math.max(50, -54.387 + current / 0.3);
            assertThat(region[0].high()).isLessThanOrEqualTo(highest * 1.01 + 5);
            double[] f = new double[4];
            neuron.derivative(new double[] {region[0].high(), 1, 0, 1}, current, f);
            assertThat(f[0]).isNegative();
        }
        assertThat(neuron.equilibriumRegion(-1e9, -1e9)[0].low()).isLessThan(-1e6);
    }

    @Test
    void parametersAreOverriddenByTheNamesThatPeopleUse() {
        EquationNeuron hh = ShippedNeurons.named("hh");
        assertThat(hh.with(Map.of("T", 18.5)).parameters()).contains(new Parameter("T", 18.5, "C",
                "temperature; the gates' rates change threefold in 10 degrees"));
        assertThat(Neurons.changed(hh.with(Map.of("T", 18.5, "gNa", 120.0)))).isEqualTo(Map.of("T", 18.5));
        assertThatThrownBy(() -> hh.with(Map.of("gna", 1.0)))
                .hasMessageStartingWith("hh has no parameter 'gna'; did you mean 'gNa'? allowed: [C, gNa,");
        assertThatThrownBy(() -> hh.with(Map.of("C", 0.0))).hasMessage("hh parameter 'C' is 0.0; allowed: C > 0");
        assertThatThrownBy(() -> hh.with(Map.of("T", 99.0)))
                .hasMessage("hh parameter 'T' is 99.0; allowed: (T >= -2) & (T <= 60)");
        assertThatThrownBy(() -> ShippedNeurons.named("bvp").with(Map.of("b", 1.2)))
                .hasMessage("bvp parameter 'b' is 1.2; allowed: (b > 0) & (b < 1)");
        assertThatThrownBy(() -> hh.with(Map.of("gL", Double.NaN))).hasMessageStartingWith("hh parameter 'gL' is NaN");
    }

    @Test
    void aNeuronThatDoesNotRestSaysSo() {
        assertThatThrownBy(() -> ShippedNeurons.named("fhn").with(Map.of("a", 0.0)).restState())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is unstable");
        assertThatThrownBy(() -> ShippedNeurons.named("sherman-rinzel").with(Map.of("gKATP", 13.0)).restState())
                .hasMessageStartingWith("sherman-rinzel has no resting state at zero current with [");
    }

    @Test
    void aFileOfTheUsersOwnIsANeuronThoughNothingIsSaidOfRanges() throws Exception {
        Path file = Files.writeString(folder.resolve("my-cell.ode"), """
                par iapp=2, g=0.1, e=-70
                ca'=0.01*(-ca+0.05*(v+70)^2)
                v'=iapp-g*(v-e)*(1+ca)
                init v=-70
                """);
        EquationNeuron neuron = (EquationNeuron) Neurons.named(file.toString());
        assertThat(neuron.name()).isEqualTo("my-cell");
        assertThat(neuron.ships()).isFalse();
        assertThat(neuron.stateNames()).containsExactly("v", "ca");
        assertThat(neuron.restState()).containsExactly(new double[] {-70, 0}, within(1e-9));
        assertThat(neuron.units()[0]).isEqualTo(150);
        // The largest calcium on the orbit at the current of the file, rounded up to a digit.
        assertThat(neuron.units()[1]).isBetween(2.0, 6.0);
        double[] f = new double[2];
        neuron.derivative(new double[] {-60, 1}, 3, f);
        assertThat(f).containsExactly(new double[] {3 - 2, 0.01 * (5 - 1)}, within(1e-14));
        assertThat(neuron.equilibriumRegion(0, 5)[0].contains(-60)).isTrue();
        EquationNeuron chosen = EquationNeuron.read(file, new OdeChoice("g mS/cm2", "ca"));
        assertThat(chosen.stateNames()).containsExactly("ca", "v");
        assertThat(chosen.parameters()).extracting(Parameter::name).containsExactly("iapp", "e");
    }

    @Test
    void whatIsNoNeuronIsRefusedInOneLine() throws Exception {
        Path timed = Files.writeString(folder.resolve("timed.ode"), "v'=-v+i*heav(t-5)\npar i=1\n");
        assertThatThrownBy(() -> EquationNeuron.read(timed)).isInstanceOf(InputException.class)
                .hasMessage(timed + ": the equations depend on the time t; allowed for a neuron: equations without t,"
                        + " whose stimuli come from a protocol; 'simulate' takes this file as it is");
        Path silent = Files.writeString(folder.resolve("silent.ode"), "v'=-v\n");
        assertThatThrownBy(() -> EquationNeuron.read(silent)).isInstanceOf(InputException.class)
                .hasMessageStartingWith(silent + ": has no injected current: potential: state v (mV),")
                .hasMessageNotContaining("\n");
        String none = folder.resolve("none.ode").toString();
        assertThatThrownBy(() -> Neurons.named(none)).isInstanceOf(InputException.class)
                .hasMessageContaining("none.ode: there is no such file");
        assertThatThrownBy(() -> Neurons.named("hhh")).hasMessageContaining("did you mean 'hh'?");
    }

    @Test
    void everyShippedNeuronHasAName() {
        assertThat(Neurons.names()).startsWith("hh", "fhn", "fhn-psi", "bvp", "rinzel")
                .containsAll(ShippedNeurons.NAMES).doesNotHaveDuplicates();
        assertThat(Neurons.named("wang-buzsaki").stateNames()).containsExactly("V", "h", "n");
    }
}
