package org.nagumo.core.equations;

import java.util.List;

/**
 * How a language writes the nodes of an expression. The {@link ExpressionPrinter} sets the parentheses of infix
 * operators; all other texts that a dialect returns stand for themselves in every place, so they need parentheses or a
 * call around them.
 */
public interface Dialect {

    /**
     * An infix operator.
     *
     * @param symbol     the text between the operands, with blanks if wanted
     * @param precedence a larger number binds stronger; {@link Dialect#SUM} for sums
     * @param chain      whether {@code a o b o c} means {@code (a o b) o c}; otherwise both operands get parentheses
     */
    record Infix(String symbol, int precedence, boolean chain) { }

    /** The precedence of a sum; a leading minus sign counts as one. */
    int SUM = 10;

    /**
     * A number.
     *
     * @param value a finite number
     * @return its text, from which the language reads the same number; a negative one starts with a minus sign; the
     *         shortest decimal unless a dialect says otherwise
     */
    default String number(double value) {
        return ExpressionPrinter.decimal(value);
    }

    /**
     * A name.
     *
     * @param name the name in the expression
     * @return the name in the language, the same unless a dialect says otherwise
     */
    default String name(String name) {
        return name;
    }

    /**
     * The infix form of an operator.
     *
     * @param operator the operator
     * @return the form, null if {@link #operation} writes it; sums and products have one unless a dialect says otherwise
     */
    default Infix infix(Operator operator) {
        return switch (operator) {
            case ADD, SUBTRACT -> new Infix(" " + operator.symbol() + " ", SUM, true);
            case MULTIPLY, DIVIDE -> new Infix(operator.symbol(), SUM + 1, true);
            default -> null;
        };
    }

    /**
     * An operator that has no infix form.
     *
     * @param operator the operator
     * @param left     text of the left operand, without parentheses
     * @param right    text of the right operand, without parentheses
     * @return a text that needs no parentheses
     */
    String operation(Operator operator, String left, String right);

    /**
     * A function call.
     *
     * @param function  the function
     * @param arguments texts of the arguments, without parentheses
     * @return a text that needs no parentheses
     */
    String call(Function function, List<String> arguments);

    /**
     * A conditional.
     *
     * @param condition text of the condition, which is true unless it is 0, without parentheses
     * @param yes       text of the value if it is true, without parentheses
     * @param no        text of the value otherwise, without parentheses
     * @return a text that needs no parentheses
     */
    String conditional(String condition, String yes, String no);

    /**
     * Definitions that a program needs before it can use the texts of this dialect.
     *
     * @return source text, empty unless a dialect says otherwise
     */
    default String prelude() {
        return "";
    }
}
