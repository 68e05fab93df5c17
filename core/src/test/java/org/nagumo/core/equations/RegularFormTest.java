package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.equations.Expression.constant;
import static org.nagumo.core.equations.Expression.variable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegularFormTest {

    private static Expression exp(Expression x) {
        return Expression.call(Function.EXP, x);
    }

    /** dv/dt = x/(1 - exp(-x)) + e^(w + 1)^2 + e^(w + 1) with x = (v + 40)/10, and an alias of the state. */
    private static EquationSystem system() {
        Expression x = variable("v").plus(constant(40)).over(constant(10));
        Expression shared = exp(variable("w").plus(constant(1)));
        return EquationSystem.builder("system").input(new Input("i", 0, "1", "drive"))
                .parameter(new Parameter("tau", 4, "ms", "time constant"))
                .temporary(new Definition("w1", variable("v"), "mV", "alias"))
                .temporary(new Definition("rate", x.over(constant(1).minus(exp(x.negate()))), "1/ms", "rate"))
                .state(new State("v", variable("rate").plus(shared.power(constant(2))).plus(shared)
                        .plus(variable("i")), -3, "mV", "potential"))
                .state(new State("w", variable("w1").minus(variable("w")).over(variable("tau")), 0.5, "1", "gate"))
                .output(new Definition("y", Expression.conditional(Expression.binary(Operator.GREATER, variable("v"),
                        constant(0)), variable("v"), variable("rate")), "", ""))
                .build();
    }

    @Test
    void namesOfTemporariesStayAndSharedPartsGetOne() {
        EquationSystem regular = system().regular();
        assertThat(regular.temporaries()).extracting(Definition::name).containsExactlyInAnyOrder("w1", "rate", "w2");
        assertThat(ExpressionPrinter.ODE.print(regular.temporaries().stream().filter(each -> each.name().equals("rate"))
                .findFirst().orElseThrow().expression())).contains("linoid(");
        assertThat(regular.states()).extracting(State::initial).containsExactly(-3.0, 0.5);
        assertThat(regular.parameters()).isEqualTo(system().parameters());
        assertThat(regular.inputs()).isEqualTo(system().inputs());
    }

    @Test
    void valuesAreThoseOfTheTreesAlsoAtTheSingularity() {
        CompiledSystem ours = system().compile();
        CompiledSystem regular = system().regular().compile();
        for (double v : new double[] {-75, -40, -39.999, 3}) {
            double[] state = {v, 0.25};
            double[] expected = new double[2];
            double[] actual = new double[2];
            ours.derivative(0, state, new double[] {0.7}, expected);
            regular.derivative(0, state, new double[] {0.7}, actual);
            assertThat(actual).containsExactly(expected, within(1e-13));
            double[] y = new double[1];
            double[] outputs = new double[1];
            ours.outputs(0, state, new double[1], y);
            regular.outputs(0, state, new double[1], outputs);
            assertThat(outputs).containsExactly(y, within(1e-13));
        }
        // The text itself, not the code that is compiled from it, has the limit 1.
        List<Definition> temporaries = system().regular().temporaries();
        Expression rate = temporaries.stream().filter(each -> each.name().equals("rate")).findFirst().orElseThrow()
                .expression();
        assertThat(rate.value(Map.of("v", -40.0))).isEqualTo(1);
        assertThat(system().temporaries().get(1).expression().value(Map.of("v", -40.0))).isNaN();
    }
}
