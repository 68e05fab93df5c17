package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.equations.Expression.constant;
import static org.nagumo.core.equations.Expression.variable;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nagumo.core.dynamics.CertifiedEquilibria;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.State;
import org.nagumo.core.equations.SystemBatch;
import org.nagumo.core.equations.SystemField;
import org.nagumo.core.interval.Interval;

/** Hodgkin and Huxley's equations as a system, compared with the neuron that is written by hand. */
class EquationsTest {

    private static final Expression V = variable("V");
    private static final Expression ONE = constant(1);

    private static Expression exp(double shift, double scale) {
        return Expression.call(Function.EXP, V.plus(constant(shift)).negate().over(constant(scale)));
    }

    private static Expression linoid(double factor, double shift) {
        return constant(factor).times(V.plus(constant(shift))).over(ONE.minus(exp(shift, 10)));
    }

    private static State gate(String name) {
        Expression x = variable(name);
        return new State(name, variable("q").times(variable("a" + name).times(ONE.minus(x))
                .minus(variable("b" + name).times(x))), 0, "1", "");
    }

    private static Expression current(String g, Expression open, String reversal) {
        return variable(g).times(open).times(V.minus(variable(reversal)));
    }

    private static EquationSystem equations(HodgkinHuxley neuron) {
        EquationSystem.Builder builder = EquationSystem.builder("hh");
        for (Parameter p : neuron.parameters()) {
            builder.parameter(new org.nagumo.core.equations.Parameter(p.name(), p.value(), p.unit(), ""));
        }
        Map<String, Expression> temporaries = Map.of("am", linoid(0.1, 40), "bm", constant(4).times(exp(65, 18)),
                "ah", constant(0.07).times(exp(65, 20)), "bh", ONE.over(ONE.plus(exp(35, 10))),
                "an", linoid(0.01, 55), "bn", constant(0.125).times(exp(65, 80)),
                "q", constant(3).power(variable("T").minus(constant(6.3)).over(constant(10))));
        temporaries.forEach((name, e) -> builder.temporary(new Definition(name, e, "", "")));
        Expression rate = variable("I")
                .minus(current("gNa", variable("m").power(constant(3)).times(variable("h")), "ENa"))
                .minus(current("gK", variable("n").power(constant(4)), "EK"))
                .minus(current("gL", ONE, "EL")).over(variable("C"));
        return builder.input(new Input("I", 0, "uA/cm2", "")).state(new State("V", rate, -65, "mV", ""))
                .state(gate("m")).state(gate("h")).state(gate("n")).build();
    }

    /** Relative to the largest of the terms that cancel in a sum. */
    private static void assertClose(double ours, double expected, double scale) {
        assertThat(ours).isCloseTo(expected, within(1e-13 * Math.max(Math.abs(expected), scale)));
    }

    @Test
    void fieldAndJacobianAreThoseOfTheNeuron() {
        HodgkinHuxley neuron = new HodgkinHuxley().with(Map.of("T", 18.5, "gNa", 100.0));
        SystemField field = equations(neuron).field();
        SplittableRandom random = new SplittableRandom(3);
        double[] ours = new double[4];
        double[] theirs = new double[4];
        double[][] ourJacobian = new double[4][4];
        double[][] theirJacobian = new double[4][4];
        for (int round = 0; round < 2000; round++) {
            double[] state = {random.nextDouble(-170, 80), random.nextDouble(), random.nextDouble(),
                random.nextDouble()};
            double current = random.nextDouble(-10, 100);
            field.derivative(state, current, ours);
            field.jacobian(state, current, ourJacobian);
            neuron.derivative(state, current, theirs);
            neuron.jacobian(state, current, theirJacobian);
            for (int i = 0; i < 4; i++) {
                double scale = Math.abs(theirJacobian[i][i]) * (i == 0 ? 100 : 1);
                assertClose(ours[i], theirs[i], scale);
                for (int j = 0; j < 4; j++) {
                    // The neuron's slope of x / (1 - e^-x) cancels four digits where its series ends.
                    assertThat(ourJacobian[i][j]).isCloseTo(theirJacobian[i][j],
                            within(1e-11 * Math.max(Math.abs(theirJacobian[i][j]), 1)));
                }
            }
        }
    }

    @Test
    void proofsNeedNoMoreBoxesThanThoseOfTheNeuron() {
        HodgkinHuxley neuron = new HodgkinHuxley();
        SystemField field = equations(neuron).field();
        for (double current : new double[] {-30, 0, 9.7754, 200}) {
            Interval[] region = neuron.equilibriumRegion(current, current);
            EquilibriumSearch ours = CertifiedEquilibria.in(field, current, region);
            EquilibriumSearch theirs = CertifiedEquilibria.in(neuron, current, region);
            assertThat(ours.complete()).isTrue();
            assertThat(ours.equilibria()).hasSize(1);
            assertThat(ours.starts()).isLessThanOrEqualTo(theirs.starts());
        }
    }

    @Test
    void loopsAreThoseOfTheNeuron() {
        HodgkinHuxley neuron = new HodgkinHuxley();
        int lanes = 64;
        SystemBatch ours = equations(neuron).compile().batch(lanes);
        NeuronBatch theirs = neuron.batch(lanes);
        SplittableRandom random = new SplittableRandom(4);
        double[][] states = new double[4][lanes];
        double[] currents = new double[lanes];
        for (int i = 0; i < lanes; i++) {
            states[0][i] = random.nextDouble(-120, 60);
            for (int k = 1; k < 4; k++) {
                states[k][i] = random.nextDouble();
            }
            currents[i] = random.nextDouble(0, 50);
        }
        double[][] rates = new double[4][lanes];
        double[][] expected = new double[4][lanes];
        double[][] relaxation = new double[4][lanes];
        double[][] expectedRelaxation = new double[4][lanes];
        ours.derivatives(lanes, null, states, new double[][] {currents}, rates);
        theirs.derivatives(lanes, states, currents, expected);
        ours.relaxationRates(lanes, null, states, new double[][] {currents}, relaxation);
        theirs.relaxationRates(lanes, states, currents, expectedRelaxation);
        for (int k = 0; k < 4; k++) {
            for (int i = 0; i < lanes; i++) {
                assertThat(rates[k][i]).isCloseTo(expected[k][i], within(1e-11 * (1 + Math.abs(expected[k][i]))));
                assertThat(relaxation[k][i]).isCloseTo(expectedRelaxation[k][i],
                        within(1e-12 * (1 + Math.abs(expectedRelaxation[k][i]))));
            }
        }
    }
}
