package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A system finds its faults, all at once, and evaluates its quantities in their order. */
class EquationSystemTest {

    @Test
    void allFaultsAreReportedAtOnce() {
        EquationSystem.Builder builder = EquationSystem.builder("faulty")
                .state(new State("v", Infix.parse("w+k*missing"), 0, "mV", ""))
                .state(new State("t", Infix.parse("-v/(3-3)"), 0, "", ""))
                .parameter(new Parameter("k", 1, "", ""))
                .parameter(new Parameter("v", 1, "", ""))
                .input(new Input("i", 0, "", ""))
                .temporary(new Definition("w", Infix.parse("a+1"), "", ""))
                .temporary(new Definition("a", Infix.parse("2*b"), "", ""))
                .temporary(new Definition("b", Infix.parse("a*out"), "", ""))
                .output(new Definition("out", Infix.parse("v"), "", ""));
        InvalidSystemException refused = catchThrowableOfType(InvalidSystemException.class, builder::build);
        assertThat(refused.faults()).extracting(Fault::kind).containsExactlyInAnyOrder(Fault.Kind.INVALID_NAME,
                Fault.Kind.DEFINED_TWICE, Fault.Kind.UNKNOWN_NAME, Fault.Kind.USED_OUTPUT, Fault.Kind.CYCLE,
                Fault.Kind.UNREAD_INPUT, Fault.Kind.DIVISION_BY_ZERO);
        assertThat(refused.faults()).anySatisfy(f -> {
            assertThat(f.kind()).isEqualTo(Fault.Kind.UNKNOWN_NAME);
            assertThat(f.quantity()).isEqualTo("v");
            assertThat(f.name()).isEqualTo("missing");
        });
        assertThat(refused).hasMessageContaining("'v' is defined as a parameter and already as a state; allowed: one "
                + "definition")
                .hasMessageContaining("temporaries need each other in a cycle: a <- b <- a")
                .hasMessageContaining("the equation of 't' divides by '3-3', which is 0")
                .hasMessageContaining("no equation depends on the input 'i'");
    }

    @Test
    void aSystemWithoutStatesIsRefused() {
        assertThatThrownBy(() -> EquationSystem.builder("empty").build())
                .hasMessage("the system has no state; allowed: at least one differential equation");
    }

    @Test
    void aTemporaryThatNeedsItselfIsACycle() {
        assertThatThrownBy(() -> Infix.system("s", "w=w+1", "x'=w")).isInstanceOf(InvalidSystemException.class)
                .hasMessageContaining("w <- w");
    }

    @Test
    void temporariesAreOrderedAndALongChainOfThemIsNoDeepRecursion() {
        EquationSystem.Builder builder = EquationSystem.builder("chain")
                .state(new State("x", Infix.parse("w0"), 0, "", ""));
        int length = 20_000;
        for (int i = 0; i < length; i++) {
            builder.temporary(new Definition("w" + i, i == length - 1 ? Infix.parse("x")
                    : Expression.variable("w" + (i + 1)).plus(Infix.parse("1e-3*x")), "", ""));
        }
        EquationSystem system = builder.build();
        assertThat(system.temporaries().get(0).name()).isEqualTo("w19999");
        double[] derivative = new double[1];
        double[][] jacobian = new double[1][1];
        CompiledSystem compiled = system.compile();
        compiled.derivative(0, new double[] {2}, new double[0], derivative);
        compiled.jacobian(0, new double[] {2}, new double[0], jacobian);
        assertThat(derivative[0]).isCloseTo(2 + 2 * 19.999, within(1e-9));
        assertThat(jacobian[0][0]).isCloseTo(1 + 19.999, within(1e-9));
    }

    @Test
    void doublingTemporariesStaySmall() {
        EquationSystem.Builder builder = EquationSystem.builder("doubling")
                .state(new State("x", Infix.parse("w60"), 0, "", ""))
                .temporary(new Definition("w0", Infix.parse("exp(x)"), "", ""));
        for (int i = 1; i <= 60; i++) {
            builder.temporary(new Definition("w" + i, Infix.parse("(w" + (i - 1) + "+w" + (i - 1) + ")/2"), "", ""));
        }
        double[][] jacobian = new double[1][1];
        builder.build().field().jacobian(new double[] {1}, 0, jacobian);
        assertThat(jacobian[0][0]).isCloseTo(Math.E, within(1e-13));
    }

    private static EquationSystem twoInputs() {
        return Infix.system("two", "par g=2", "in i=1", "in j=3", "k=g*x", "x'=-k*y+i", "y'=x*j-y", "aux z=k+j");
    }

    @Test
    void inputsParametersAndOutputs() {
        EquationSystem system = twoInputs();
        double[] out = new double[2];
        double[] state = {5, 7};
        system.field().derivative(state, 10, out);
        assertThat(out).containsExactly(-70 + 10, 15 - 7);
        system.field("j").derivative(state, 10, out);
        assertThat(out).containsExactly(-70 + 1, 50 - 7);
        system.with(Map.of("g", 1.0, "j", 2.0)).field().derivative(state, 0, out);
        assertThat(out).containsExactly(-35, 10 - 7);
        system.withInput("g").field().derivative(state, 3, out);
        assertThat(out).containsExactly(-105 + 1, 15 - 7);
        system.field().derivativeBy("g", state, 0, out);
        assertThat(out).containsExactly(-35, 0);
        system.field().derivativeBy("j", state, 0, out);
        assertThat(out).containsExactly(0, 5);
        double[] output = new double[1];
        system.compile().outputs(0, state, new double[] {0, 4}, output);
        assertThat(output).containsExactly(14);
        system.compile().temporaries(0, state, new double[] {0, 4}, output);
        assertThat(output).containsExactly(10);
        system.compile().relaxationRates(0, state, new double[] {0, 4}, out);
        assertThat(out).containsExactly(14, 1);
        assertThat(system.with(Map.of("x", 0.5)).states().get(0).initial()).isEqualTo(0.5);
        assertThat(system.field().stateNames()).isEqualTo(List.of("x", "y"));
    }

    @Test
    void unknownQuantitiesAreRefused() {
        EquationSystem system = twoInputs();
        assertThatThrownBy(() -> system.with(Map.of("G", 1.0)))
                .hasMessage("two has no parameter or input 'G'; allowed: g, i, j");
        assertThatThrownBy(() -> system.with(Map.of("g", Double.NaN))).hasMessage("g is NaN; allowed: finite numbers");
        assertThatThrownBy(() -> system.field("g")).hasMessage("two has no input 'g'; allowed: i, j");
        assertThatThrownBy(() -> system.field().derivativeBy("k", new double[2], 0, new double[2]))
                .hasMessageContaining("no parameter or input 'k'");
        assertThatThrownBy(() -> system.compile().batch(0)).hasMessage("lanes is 0; allowed: at least 1");
    }

    @Test
    void timeIsForSimulationAlone() {
        EquationSystem system = Infix.system("driven", "x'=-x+heav(t-5)*sin(t)");
        assertThat(system.dependsOnTime()).isTrue();
        assertThat(twoInputs().dependsOnTime()).isFalse();
        assertThatThrownBy(system::field)
                .hasMessage("driven depends on the time t; allowed: an autonomous system");
        double[] out = new double[1];
        system.compile().derivative(6, new double[] {1}, new double[0], out);
        assertThat(out[0]).isEqualTo(-1 + StrictMath.sin(6));
        system.compile().derivativeBy(EquationSystem.TIME, 6, new double[] {1}, new double[0], out);
        assertThat(out[0]).isEqualTo(StrictMath.cos(6));
        double[][] rates = new double[1][2];
        system.compile().batch(2).derivatives(2, new double[] {4, 6}, new double[][] {{1, 1}}, new double[0][], rates);
        assertThat(rates[0]).containsExactly(-1, -1 + StrictMath.sin(6));
        SystemBatch batch = system.compile().batch(2);
        assertThatThrownBy(() -> batch.derivatives(2, null, new double[1][2], new double[0][], rates))
                .hasMessageContaining("times is null");
    }

    /** A ring of 200 states: a Jacobian matrix of 40 000 numbers of which 600 are not zero. */
    @Test
    void aLargeSystemIsCompiledWithItsJacobian() {
        int n = 200;
        EquationSystem.Builder builder = EquationSystem.builder("ring").input(new Input("i", 0, "", ""));
        for (int k = 0; k < n; k++) {
            builder.state(new State("x" + k, Infix.parse("sin(x" + (k + 1) % n + ")-2*x" + k + "*x" + (k + n - 1) % n
                    + (k == 0 ? "+i" : "")), 0, "", ""));
        }
        CompiledSystem compiled = builder.build().compile();
        double[] x = new SplittableRandom(3).doubles(n, -1, 1).toArray();
        double[] derivative = new double[n];
        double[][] jacobian = new double[n][n];
        Arrays.stream(jacobian).forEach(row -> Arrays.fill(row, 7));
        compiled.derivative(0, x, new double[] {0.5}, derivative);
        compiled.jacobian(0, x, new double[] {0.5}, jacobian);
        for (int k = 0; k < n; k++) {
            int next = (k + 1) % n;
            int before = (k + n - 1) % n;
            assertThat(derivative[k]).isCloseTo(Math.sin(x[next]) - 2 * x[k] * x[before] + (k == 0 ? 0.5 : 0),
                    within(1e-14));
            double[] row = new double[n];
            row[next] = Math.cos(x[next]);
            row[k] = -2 * x[before];
            row[before] = -2 * x[k];
            assertThat(jacobian[k]).containsExactly(row, within(1e-14));
        }
    }
}
