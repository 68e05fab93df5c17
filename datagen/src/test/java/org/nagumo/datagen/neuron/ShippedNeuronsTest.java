package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.dynamics.Eigenvalues;
import org.nagumo.core.dynamics.Orbit;

/** The neurons that ship against figures that were published of them. */
class ShippedNeuronsTest {

    static List<String> shipped() {
        return ShippedNeurons.NAMES;
    }

    /** The state in which all equations but the first have a zero at a potential, and the current that holds it. */
    private record Balance(double[] state, double current) {

        static Balance of(EquationNeuron neuron, double potential) {
            int n = neuron.dimension();
            double[] x = neuron.system().states().stream().mapToDouble(each -> each.initial()).toArray();
            x[0] = potential;
            double[] f = new double[n];
            double[][] jacobian = new double[n][n];
            for (int k = 0; k < 30; k++) {
                neuron.derivative(x, 0, f);
                neuron.jacobian(x, 0, jacobian);
                double[] step = new LUDecomposition(new Array2DRowRealMatrix(jacobian).getSubMatrix(1, n - 1, 1, n - 1))
                        .getSolver().solve(new ArrayRealVector(f).getSubVector(1, n - 1)).toArray();
                for (int i = 1; i < n; i++) {
                    x[i] -= step[i - 1];
                }
            }
            double[] one = new double[n];
            neuron.derivative(x, 0, f);
            neuron.derivative(x, 1, one);
            return new Balance(x, -f[0] / (one[0] - f[0]));
        }

        /** The largest real part of the complex eigenvalues. */
        double growth(EquationNeuron neuron) {
            double[][] jacobian = new double[state.length][state.length];
            neuron.jacobian(state, current, jacobian);
            return Eigenvalues.of(jacobian).stream().filter(e -> e.getImaginary() != 0).mapToDouble(e -> e.getReal())
                    .max().orElseThrow();
        }
    }

    /** The current of the Hopf point between two potentials, by bisection. */
    private static double hopf(EquationNeuron neuron, double from, double to) {
        double low = from;
        double high = to;
        double sign = Math.signum(Balance.of(neuron, low).growth(neuron));
        assertThat(Math.signum(Balance.of(neuron, high).growth(neuron))).isEqualTo(-sign);
        for (int k = 0; k < 50; k++) {
            double middle = (low + high) / 2;
            if (Math.signum(Balance.of(neuron, middle).growth(neuron)) == sign) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Balance.of(neuron, low).current();
    }

    /** The largest current at which an equilibrium is between two potentials: the fold, by ternary search. */
    private static double fold(EquationNeuron neuron, double from, double to) {
        double low = from;
        double high = to;
        for (int k = 0; k < 80; k++) {
            double third = (high - low) / 3;
            if (Balance.of(neuron, low + third).current() < Balance.of(neuron, high - third).current()) {
                low += third;
            } else {
                high -= third;
            }
        }
        double fold = Balance.of(neuron, low).current();
        assertThat(Balance.of(neuron, from).current()).isLessThan(fold);
        assertThat(Balance.of(neuron, to).current()).isLessThan(fold);
        return fold;
    }

    /** Times of upward passages of a level. */
    private static List<Double> spikes(EquationNeuron neuron, double[] from, double current, double total,
            double level) {
        List<Double> spikes = new ArrayList<>();
        double[] last = {0, from[0]};
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(1e-9, 1, 1e-7, 1e-7);
        integrator.addStepHandler(step -> {
            double t = step.getCurrentState().getTime();
            double v = step.getCurrentState().getPrimaryState()[0];
            if (last[1] < level && v >= level) {
                spikes.add(last[0] + (t - last[0]) * (level - last[1]) / (v - last[1]));
            }
            last[0] = t;
            last[1] = v;
        });
        integrator.integrate(new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return from.length;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] derivative = new double[y.length];
                neuron.derivative(y, current, derivative);
                return derivative;
            }
        }, new ODEState(0, from), total);
        return spikes;
    }

    private static List<Double> intervals(List<Double> spikes) {
        List<Double> intervals = new ArrayList<>();
        for (int k = 1; k < spikes.size(); k++) {
            intervals.add(spikes.get(k) - spikes.get(k - 1));
        }
        return intervals;
    }

    /**
     * Hopf points: hh, J. Rinzel and R. N. Miller (1980), Math. Biosci. 49:27-59; fhn and bvp, where the trace
     * 1 - v^2 - phi b vanishes, and c (1 - x^2) - b / c; fhn-psi, (a + 2 (1 - a) V - 3 V^2) / psi = b; Morris-Lecar of
     * class II, Rinzel and Ermentrout (1998), figure 7.3; the low-threshold neuron of Izhikevich (2007), section 6.1.
     */
    @ParameterizedTest
    @CsvSource({
        "hh, -61, -58, 9.775, 0.01", "hh, -45, -41, 154.5, 0.05",
        "fhn, -1.1, -0.9, 0.331281, 1e-6", "fhn, 0.9, 1.1, 1.418719, 1e-6",
        "bvp, 0.9, 1, -0.346478, 1e-6", "bvp, -1, -0.9, -1.403522, 1e-6",
        "fhn-psi, -0.06, -0.03, 0.307, 0.001",
        "morris-lecar-2, -27, -23, 93.86, 0.01", "morris-lecar-2, 6, 9, 212.0, 0.05",
        "inap-ik-low, -58, -54, 14.66, 0.01"})
    void hopfPoints(String name, double from, double to, double current, double tolerance) {
        assertThat(hopf(ShippedNeurons.named(name), from, to)).isCloseTo(current, within(tolerance));
    }

    /**
     * Saddle-nodes at which firing begins: Morris-Lecar, Rinzel and Ermentrout (1998), section 7.4; the high-threshold
     * neuron of Izhikevich (2007), figure 4.26; Wang and Buzsaki, and Traub and Miles, C. Borgers (2017), An
     * Introduction
     * to Modeling Neuronal Dynamics, Springer, chapter 17.
     */
    @ParameterizedTest
    @CsvSource({
        "morris-lecar-1, -40, -15, 39.96, 0.01", "morris-lecar-homoclinic, -40, -15, 39.96, 0.01",
        "inap-ik, -66, -50, 4.51, 0.01", "wang-buzsaki, -64, -55, 0.160, 0.001", "traub-miles, -67, -60, 0.119, 0.001"})
    void saddleNodes(String name, double from, double to, double current, double tolerance) {
        assertThat(fold(ShippedNeurons.named(name), from, to)).isCloseTo(current, within(tolerance));
    }

    /** Wang and Buzsaki (1996), page 6404; Dayan and Abbott (2001), figure 6.1; Izhikevich (2007), figure 4.1. */
    @ParameterizedTest
    @CsvSource({"wang-buzsaki, -64.0, 0.1", "connor-stevens, -68.0, 0.1", "inap-ik, -66.0, 0.2"})
    void restingPotentials(String name, double potential, double tolerance) {
        assertThat(ShippedNeurons.named(name).restState()[0]).isCloseTo(potential, within(tolerance));
    }

    /**
     * Firing begins at arbitrarily low rates at a saddle-node (class I), and at 50 Hz in the squid's axon (class II).
     */
    @Test
    void classesOfExcitability() {
        for (String name : List.of("wang-buzsaki", "traub-miles")) {
            EquationNeuron neuron = ShippedNeurons.named(name);
            double onset = fold(neuron, -67, name.equals("wang-buzsaki") ? -55 : -60);
            assertThat(spikes(neuron, neuron.restState(), onset - 0.002, 1000, 0)).isEmpty();
            assertThat(spikes(neuron, neuron.restState(), onset + 0.01, 1000, 0)).hasSizeBetween(2, 20);
        }
        EquationNeuron hh = ShippedNeurons.named("hh");
        assertThat(spikes(hh, hh.restState(), 6.2, 500, 0).size()).isLessThan(10);
        List<Double> intervals = intervals(spikes(hh, hh.restState(), 6.3, 500, 0));
        assertThat(1000 / intervals.get(intervals.size() - 1)).isCloseTo(52.37, within(0.05));
    }

    /** With the A-current rates begin low; without it, at a high rate: Dayan and Abbott (2001), figure 6.1. */
    @Test
    void theACurrentMakesLowRates() {
        EquationNeuron neuron = ShippedNeurons.named("connor-stevens");
        double onset = fold(neuron, -66, -53);
        List<Double> slow = intervals(spikes(neuron, neuron.restState(), onset + 0.05, 1000, -20));
        assertThat(1000 / slow.get(slow.size() - 1)).isLessThan(30);
        List<Double> fast = intervals(spikes(neuron, neuron.restState(), 20, 200, -20));
        assertThat(fast.get(fast.size() - 1)).isLessThan(slow.get(slow.size() - 1) / 3);
    }

    /** Rest and firing coexist below the saddle-node: Rinzel and Ermentrout (1998), figure 7.7. */
    @Test
    void theHomoclinicNeuronIsBistable() {
        EquationNeuron neuron = ShippedNeurons.named("morris-lecar-homoclinic");
        double[] rest = Balance.of(neuron, -35).state();
        double current = Balance.of(neuron, -35).current();
        assertThat(current).isBetween(36.0, 39.9);
        assertThat(spikes(neuron, rest, current, 1000, 0)).isEmpty();
        assertThat(spikes(neuron, new double[] {0, 0.1}, current, 1000, -5).size()).isGreaterThan(10);
    }

    /** h = 0.89 - 1.1 n: firing already at 5 uA/cm2, where the axon does not fire repetitively; 87.6 Hz at 10. */
    @Test
    void theReductionOfTheAxonFiresEarlierAndFaster() {
        EquationNeuron neuron = ShippedNeurons.named("rinzel");
        assertThat(spikes(neuron, neuron.restState(), 5, 500, 0).size()).isGreaterThan(20);
        List<Double> intervals = intervals(spikes(neuron, neuron.restState(), 10, 500, 0));
        assertThat(1000 / intervals.get(intervals.size() - 1)).isCloseTo(87.6, within(0.1));
    }

    /**
     * Pospischil et al. (2008), figures 2, 3 and 7, under the currents of the authors' demonstrations over the cells'
     * areas: the regular-spiking neuron adapts, the fast-spiking one does not, and the third fires after
     * hyperpolarisation.
     */
    @Test
    void corticalNeurons() {
        EquationNeuron regular = ShippedNeurons.named("pospischil-rs");
        List<Double> adapting = intervals(spikes(regular, regular.restState(), 750 / 289.5, 400, -10));
        assertThat(adapting.get(adapting.size() - 1)).isGreaterThan(1.5 * adapting.get(0));
        EquationNeuron fast = ShippedNeurons.named("pospischil-fs");
        List<Double> steady = intervals(spikes(fast, fast.restState(), 500 / 141.0, 400, -10));
        assertThat(steady).hasSizeGreaterThan(10);
        assertThat(steady.get(steady.size() - 1)).isCloseTo(steady.get(2), within(0.02 * steady.get(2)));
        EquationNeuron rebounding = ShippedNeurons.named("pospischil-lts");
        double[][] held = {rebounding.restState()};
        assertThat(spikes(rebounding, held[0], 0, 300, -20)).isEmpty();
        held[0] = Orbit.follow(rebounding, -0.25, held[0], 400).last();
        assertThat(held[0][0]).isLessThan(-75);
        assertThat(spikes(rebounding, held[0], 0, 300, -20)).isNotEmpty();
    }

    /** Hindmarsh and Rose (1984): without adaptation, rest at x = -(1 + sqrt 5) / 2; with it, bursts. */
    @Test
    void hindmarshAndRose() {
        EquationNeuron neuron = ShippedNeurons.named("hindmarsh-rose");
        double x = -(1 + Math.sqrt(5)) / 2;
        assertThat(neuron.with(Map.of("s", 0.0)).restState()).containsExactly(new double[] {x, 1 - 5 * x * x, 0},
                within(1e-9));
        List<Double> intervals = intervals(spikes(neuron, neuron.restState(), 2, 2000, 0));
        double longest = intervals.stream().mapToDouble(each -> each).max().orElseThrow();
        double shortest = intervals.stream().mapToDouble(each -> each).min().orElseThrow();
        assertThat(longest).isGreaterThan(5 * shortest);
    }

    /**
     * Square waves: seconds of silence, then bursts in which spikes slow down towards the end (Bertram and Rubin 2017).
     */
    @Test
    void squareWaveBursts() {
        EquationNeuron neuron = ShippedNeurons.named("sherman-rinzel").with(Map.of("gKATP", 13.0));
        List<Double> intervals = intervals(spikes(neuron, new double[] {-62, 0.005, 0}, 0, 40_000, -35));
        int first = firstSilence(intervals, 0);
        int second = firstSilence(intervals, first + 1);
        List<Double> burst = intervals.subList(first + 1, second);
        assertThat(burst).hasSizeGreaterThan(20);
        assertThat(burst.get(burst.size() - 1)).isGreaterThan(1.5 * burst.get(0));
    }

    private static int firstSilence(List<Double> intervals, int from) {
        int k = from;
        while (intervals.get(k) < 5000) {
            k++;
        }
        return k;
    }

    /** XPPAUT reads names of ten characters and lines of 1024. */
    @ParameterizedTest
    @MethodSource("shipped")
    void aFileKeepsTheLimitsOfXppaut(String name) {
        assertThat(ShippedNeurons.text(name).lines()).allMatch(line -> line.length() <= 120);
        EquationNeuron neuron = ShippedNeurons.named(name);
        assertThat(neuron.system().parameters()).allMatch(each -> each.name().length() <= 10);
        assertThat(neuron.system().temporaries()).allMatch(each -> each.name().length() <= 10);
        assertThat(neuron.system().states()).allMatch(each -> each.name().length() <= 10);
    }
}
