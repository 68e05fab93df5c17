package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees are what their author wrote, and their text means the same tree. */
class ExpressionTest {

    private static final Map<String, Double> VALUES = Map.of("x", 2.5, "y", -0.75, "a", 3.0, "u", 0.5);

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "1+2*3; 7", "(1+2)*3; 9", "8/4/2; 1", "8-4-2; 2", "2^3^2; 512", "-2^2; -4", "(-2)^2; 4", "2^-1; 0.5",
        "x<y; 0", "x>y; 1", "x<=2.5; 1", "x>=3; 0", "x==2.5; 1", "x!=2.5; 0", "(x>1)&(y>1); 0", "(x>1)|(y>1); 1",
        "not(0); 1", "not(2); 0", "if(y)then(1)else(2); 1", "if(0)then(1)else(2); 2", "if(x>9)then(1/0)else(5); 5",
        "heav(0); 1", "heav(-1e-300); 0", "sign(y); -1", "sign(0); 0", "flr(y); -1", "mod(-1,3); 2", "mod(7,3); 1",
        "mod(5,-3); -1", "min(x,y); -0.75", "max(x,y); 2.5", "abs(y); 0.75", "ln(exp(2)); 2", "log10(1000); 3",
        "sqrt(x*10); 5", "4^0.5; 2", "8^(1/3); 2", "atan2(0,-1); 3.141592653589793", "tanh(0); 0", "cosh(0); 1",
        "linoid(0); 1", "linoid1(0); 0.5", "linoid2(0); 0.16666666666666666"})
    void values(String text, double expected) {
        assertThat(Infix.parse(text).value(VALUES)).isEqualTo(expected);
    }

    @Test
    void nothingIsSimplified() {
        Expression x = Expression.variable("x");
        assertThat(x.times(Expression.constant(0)).value(Map.of("x", Double.NaN))).isNaN();
        assertThat(Infix.parse("0*x+1*y-(2+3)").toString()).isEqualTo("0*x+1*y-(2+3)");
    }

    @ParameterizedTest
    @CsvSource({"a-(b-c)", "a-b-c", "a/(b*c)", "a/b*c", "(a+b)*c", "-a*b", "a+(-b)*c", "-(a*b)", "-a+b", "a-(-b)",
        "(a^b)^c",
        "a^(b^c)", "(-a)^2", "-(a^2)", "a*(-2)", "(a<b)<c", "a+(b<c)", "(a&b)|c", "exp(-(a+b)/10)",
        "'(if(a<b)then(c)else(d+1))*2'", "'max(a,b)+atan2(a,b+1)'"})
    void textHasTheParenthesesThatItNeeds(String text) {
        assertThat(Infix.parse(text)).hasToString(text);
    }

    @Test
    void textOfRandomTreesIsReadAsTheSameTree() {
        RandomTrees trees = new RandomTrees(5, true);
        for (int round = 0; round < 2000; round++) {
            Expression tree = trees.tree(4, trees.point());
            // A negative constant is read as the negative of a constant: the text of the tree read is the fixed point.
            Expression read = Infix.parse(tree.toString());
            assertThat(read).hasToString(tree.toString());
            assertThat(Infix.parse(read.toString())).isEqualTo(read).hasSameHashCodeAs(read);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "a-(b-c)^2; a - Math.pow(b - c, 2)", "if(a<b)then(1)else(-c); (((a) < (b) ? 1 : 0)) !== 0 ? 1 : -c",
        "ln(a)*flr(b); Math.log(a) * Math.floor(b)", "mod(a,2)+not(b); mod(a, 2) + ((b) === 0 ? 1 : 0)",
        "1e-7*a; 1e-7 * a"})
    void javaScript(String text, String expected) {
        String printed = ExpressionPrinter.JAVASCRIPT.print(Infix.parse(text));
        assertThat(printed.startsWith("((") && printed.contains("?") && text.startsWith("if")
                ? printed.substring(1, printed.length() - 1) : printed).isEqualTo(expected);
    }

    @Test
    void numbersAreReadAsTheSameNumbers() {
        for (double value : new double[] {0, 1, 0.1, 1e-5, 1.5e-300, 123456789, 1e15, 1e16, 6.02214076e23, 0.001,
            Double.MIN_VALUE, Double.MAX_VALUE, 1.0 / 3}) {
            assertThat(Double.parseDouble(ExpressionPrinter.decimal(value))).isEqualTo(value);
            assertThat(Double.parseDouble(ExpressionPrinter.decimal(-value))).isEqualTo(-value);
        }
        assertThat(ExpressionPrinter.decimal(1e-5)).isEqualTo("1e-5");
        assertThat(ExpressionPrinter.decimal(-65)).isEqualTo("-65");
    }

    @Test
    void nestingIsLimitedAndRefusedWhereItHappens() {
        Expression deep = Expression.variable("x");
        for (int i = 1; i < Expression.MAX_DEPTH; i++) {
            deep = deep.negate();
        }
        Expression deepest = deep;
        assertThat(deepest.depth()).isEqualTo(1000);
        assertThat(deepest.value(Map.of("x", 2.0))).isEqualTo(-2);
        assertThat(deepest.toString()).endsWith("x" + ")".repeat(998));
        assertThat(deepest.names()).containsExactly("x");
        assertThatThrownBy(deepest::negate).isInstanceOf(ExpressionLimitException.class)
                .hasMessage("expression is nested deeper than 1000 levels; allowed: at most 1000");
    }

    @Test
    void sizeIsLimitedAlsoWhereSharedPartsRepeat() {
        assertThatThrownBy(() -> {
            Expression doubled = Expression.variable("x");
            for (int i = 0; i < 40; i++) {
                doubled = Infix.parse("z+z").substitute(Map.of("z", doubled));
            }
        }).isInstanceOf(ExpressionLimitException.class).hasMessageContaining("allowed: at most 200000");
    }

    @Test
    void substitutionReplacesAllNamesAtOnce() {
        assertThat(Infix.parse("x*exp(y)+z").substitute(Map.of("x", Infix.parse("y+1"), "y", Infix.parse("x"))))
                .hasToString("(y+1)*exp(x)+z");
    }

    @Test
    void wrongPartsAreRefused() {
        assertThatThrownBy(() -> Expression.constant(Double.NaN))
                .hasMessage("constant is NaN; allowed: finite numbers");
        assertThatThrownBy(() -> Expression.variable("2x")).hasMessageContaining("name is '2x'; allowed");
        assertThatThrownBy(() -> Expression.call(Function.ATAN2, Expression.constant(1)))
                .hasMessage("function atan2 has 1 arguments; allowed: 2");
        assertThatThrownBy(() -> Expression.variable("x").value(Map.of())).hasMessageContaining("'x' has no value");
    }
}
