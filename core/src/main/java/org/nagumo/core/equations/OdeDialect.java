package org.nagumo.core.equations;

import java.util.List;

/** The language of XPPAUT's .ode files. */
final class OdeDialect implements Dialect {

    @Override
    public Infix infix(Operator operator) {
        return switch (operator) {
            case ADD, SUBTRACT -> new Infix(operator.symbol(), SUM, true);
            case MULTIPLY, DIVIDE -> new Infix(operator.symbol(), SUM + 1, true);
            // Languages differ in the order of a^b^c, of -a^b and of logical operators.
            default -> new Infix(operator.symbol(), operator == Operator.POWER ? SUM + 2 : SUM - 1, false);
        };
    }

    @Override
    public String operation(Operator operator, String left, String right) {
        throw new IllegalStateException("every operator is infix");
    }

    @Override
    public String call(Function function, List<String> arguments) {
        return function.symbol() + "(" + String.join(",", arguments) + ")";
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return "(if(" + condition + ")then(" + yes + ")else(" + no + "))";
    }

    /** The linoid functions as quotients, as XPPAUT has none of its own; they are not defined at 0. */
    @Override
    public String prelude() {
        return """
                linoid(x)=x/(1-exp(-x))
                linoid1(x)=(1-(1+x)*exp(-x))/(1-exp(-x))^2
                linoid2(x)=exp(-x)*(x*(1+exp(-x))-2*(1-exp(-x)))/(1-exp(-x))^3
                """;
    }
}
