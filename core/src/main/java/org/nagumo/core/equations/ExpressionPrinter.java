package org.nagumo.core.equations;

import java.util.List;
import java.util.Objects;

/**
 * Writes expressions as text of a {@link Dialect}, with parentheses where they are needed. The text means the same
 * tree: operations are neither reordered nor simplified.
 */
public final class ExpressionPrinter {

    /** The language of XPPAUT's .ode files. */
    public static final ExpressionPrinter ODE = new ExpressionPrinter(new OdeDialect());

    /** JavaScript. */
    public static final ExpressionPrinter JAVASCRIPT = new ExpressionPrinter(new JavaScriptDialect());

    private static final int PRIMARY = 1000;

    private final Dialect dialect;

    /**
     * A printer.
     *
     * @param dialect the language
     */
    public ExpressionPrinter(Dialect dialect) {
        this.dialect = Objects.requireNonNull(dialect, "dialect");
    }

    /**
     * The language.
     *
     * @return the dialect
     */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Writes an expression.
     *
     * @param expression the expression
     * @return one line of text
     */
    public String print(Expression expression) {
        StringBuilder text = new StringBuilder();
        write(expression, 0, true, text);
        return text.toString();
    }

    /**
     * @param least the lowest precedence that needs no parentheses here
     * @param start whether the text starts here, so that a minus sign needs no parentheses: (-a) * b is -a * b
     */
    private void write(Expression expression, int least, boolean start, StringBuilder text) {
        boolean parentheses = isNegative(expression) ? !start && least > Dialect.SUM || least == PRIMARY
                : precedence(expression) < least;
        if (parentheses) {
            text.append('(');
        }
        if (expression instanceof Constant c) {
            text.append(dialect.number(c.value()));
        } else if (expression instanceof Variable v) {
            text.append(dialect.name(v.name()));
        } else if (expression instanceof Negation n) {
            text.append('-');
            write(n.operand(), PRIMARY, false, text);
        } else if (expression instanceof Call c) {
            text.append(dialect.call(c.function(), c.operands().stream().map(this::print).toList()));
        } else if (expression instanceof Conditional c) {
            List<String> parts = c.operands().stream().map(this::print).toList();
            text.append(dialect.conditional(parts.get(0), parts.get(1), parts.get(2)));
        } else if (expression instanceof Binary b) {
            Dialect.Infix infix = dialect.infix(b.operator());
            if (infix == null) {
                text.append(dialect.operation(b.operator(), print(b.left()), print(b.right())));
            } else {
                write(b.left(), infix.chain() ? infix.precedence() : PRIMARY, start || parentheses, text);
                text.append(infix.symbol());
                write(b.right(), infix.chain() ? infix.precedence() + 1 : PRIMARY, false, text);
            }
        }
        if (parentheses) {
            text.append(')');
        }
    }

    private int precedence(Expression expression) {
        if (expression instanceof Binary b) {
            Dialect.Infix infix = dialect.infix(b.operator());
            return infix == null ? PRIMARY : infix.precedence();
        }
        return PRIMARY;
    }

    private static boolean isNegative(Expression expression) {
        return expression instanceof Negation
                || expression instanceof Constant c && Double.doubleToRawLongBits(c.value()) < 0;
    }

    /**
     * The shortest usual decimal text of a number: no fraction if it is an integer, exponents with a small e.
     *
     * @param value a finite number
     * @return text from which {@link Double#parseDouble} reads the same number
     */
    public static String decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Double.doubleToRawLongBits(value) == Long.MIN_VALUE ? "-0" : Long.toString((long) value);
        }
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
