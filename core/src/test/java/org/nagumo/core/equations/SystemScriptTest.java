package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nagumo.core.equations.Expression.constant;
import static org.nagumo.core.equations.Expression.variable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The text of scripts; the explorer's tests run them in a browser. */
class SystemScriptTest {

    private static EquationSystem.Builder decay(String state, String parameter, String input) {
        return EquationSystem.builder("</script>").parameter(new Parameter(parameter, 10, "ms", "*/ '\"`"))
                .input(new Input(input, 0, "mV", ""))
                .state(new State(state, variable(input).minus(variable(state)).over(variable(parameter)), 0, "mV", ""));
    }

    private static String make(String script) {
        return script.substring(script.indexOf("export function make"));
    }

    @Test
    void eachExpressionIsComputedOnce() {
        Expression square = variable("v").times(variable("v"));
        String script = make(SystemScript.of(decay("v", "tau", "i").temporary(new Definition("w", square.over(variable(
                "tau").power(constant(4))), "", "")).output(new Definition("y", variable("w").plus(variable("w").times(
                variable("i"))), "", "")).build()));
        assertThat(script.replaceAll("_\\d+", "_")).isEqualTo("""
                export function make(p) {
                  const tau_ = p[0];
                  const a_ = power4(tau_);
                  const a_ = -(1 / tau_);
                  return {
                    derivative(x, u, out) {
                      const v_ = x[0];
                      out[0] = (u - v_) / tau_;
                    },
                    jacobian(x, u, out) {
                      out[0] = a_;
                    },
                    outputs(x, u, out) {
                      const v_ = x[0];
                      const w_ = power2(v_) / a_;
                      out[0] = w_ + u * w_;
                    },
                    temporaries(x, u, out) {
                      const v_ = x[0];
                      out[0] = power2(v_) / a_;
                    },
                  };
                }
                """);
    }

    /** A name is part of an identifier that ends in a number, so it means nothing to the language. */
    @Test
    void namesOfTheSystemAreNoNamesOfTheLanguage() {
        Set<String> expected = new TreeSet<>(identifiers(SystemScript.of(decay("v", "tau", "i").build())));
        for (String[] names : new String[][] {{"return", "class", "new"}, {"x", "u", "p"}, {"Math", "out", "eval"},
            {"__proto__", "linoid", "power2"}, {"a.b", "constructor", "this"}, {"await", "make", "let"}}) {
            String script = SystemScript.of(decay(names[0], names[1], names[2]).build());
            assertThat(identifiers(script)).as(List.of(names).toString()).isEqualTo(expected);
            assertThat(script).doesNotContain("</script>", "*/", "`");
        }
        assertThat(ExpressionPrinter.JAVASCRIPT.print(variable("new").plus(variable("linoid")).plus(variable("a.b"))))
                .isEqualTo("$new + $linoid + a$b");
    }

    /** All words outside comments but those that end in an underscore and a number. */
    private static Set<String> identifiers(String script) {
        Set<String> words = new TreeSet<>();
        Matcher word = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*").matcher(script.replaceAll("//.*", ""));
        while (word.find()) {
            if (!word.group().matches("[A-Za-z0-9_]+_\\d+")) {
                words.add(word.group());
            }
        }
        return words;
    }

    @Test
    void otherInputsHaveTheirOwnValues() {
        EquationSystem two = EquationSystem.builder("two").input(new Input("i", 0, "", "")).input(new Input("j", -2, "",
                "")).state(new State("v", variable("i").minus(variable("j").times(variable("v"))), 0, "", "")).build();
        assertThat(make(SystemScript.of(two))).containsPattern("out\\[0\\] = u - v_\\d+ \\* \\(-2\\);");
    }

    @Test
    void aSystemThatDependsOnTheTimeIsRefused() {
        EquationSystem forced = EquationSystem.builder("forced").state(new State("v", variable("t")
                .minus(variable("v")), 0, "", "")).build();
        assertThatThrownBy(() -> SystemScript.of(forced)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forced depends on the time t; allowed: an autonomous system");
    }
}
