package org.nagumo.core.equations;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An immutable expression: a tree of constants, names, operators, function calls and conditionals. A name has no
 * meaning of its own; an {@link EquationSystem} resolves it to a state, parameter, input, temporary or the time.
 *
 * <p>The factories build exactly the tree that they describe. They simplify nothing, so that an expression computes the
 * numbers that its author wrote. Two expressions are equal when their trees are.
 *
 * <p>Depth and size are limited ({@link #MAX_DEPTH}, {@link #MAX_SIZE}); whoever walks the tree may use recursion.
 */
public abstract sealed class Expression permits Constant, Variable, Negation, Binary, Call, Conditional {

    /** The most levels of a tree: deeper nesting is refused with an {@link ExpressionLimitException}. */
    public static final int MAX_DEPTH = 1000;

    /** The most nodes of a tree, shared parts counted wherever they occur. */
    public static final int MAX_SIZE = 200_000;

    private final int depth;
    private final int size;
    private final int hash;

    Expression(int hash, Expression... children) {
        int deepest = 0;
        long nodes = 1;
        for (Expression child : children) {
            deepest = Math.max(deepest, child.depth);
            nodes += child.size;
        }
        if (deepest >= MAX_DEPTH) {
            throw new ExpressionLimitException("expression is nested deeper than " + MAX_DEPTH
                    + " levels; allowed: at most " + MAX_DEPTH);
        }
        if (nodes > MAX_SIZE) {
            throw new ExpressionLimitException("expression has " + nodes
                    + " nodes, functions and repetitions written out; allowed: at most " + MAX_SIZE);
        }
        this.depth = deepest + 1;
        this.size = (int) nodes;
        this.hash = hash;
    }

    /**
     * The number of levels.
     *
     * @return 1 for a constant or a name, at most {@link #MAX_DEPTH}
     */
    public final int depth() {
        return depth;
    }

    /**
     * The number of nodes, shared parts counted wherever they occur.
     *
     * @return at most {@link #MAX_SIZE}
     */
    public final int size() {
        return size;
    }

    /**
     * The operands of the node, in order.
     *
     * @return an immutable list, empty for constants and names
     */
    public abstract List<Expression> operands();

    /**
     * A number.
     *
     * @param value the number, finite
     * @return the expression
     * @throws IllegalArgumentException if the number is infinite or NaN
     */
    public static Expression constant(double value) {
        return new Constant(value);
    }

    /**
     * A name.
     *
     * @param name a letter or underscore, followed by letters, digits, underscores or dots
     * @return the expression
     * @throws IllegalArgumentException if the name has another form
     */
    public static Expression variable(String name) {
        return new Variable(name);
    }

    /**
     * Two operands joined by an operator.
     *
     * @param operator the operator
     * @param left     the left operand
     * @param right    the right operand
     * @return the expression
     */
    public static Expression binary(Operator operator, Expression left, Expression right) {
        return new Binary(operator, left, right);
    }

    /**
     * A function call.
     *
     * @param function  the function
     * @param arguments as many as the function's {@link Function#arity() arity}
     * @return the expression
     * @throws IllegalArgumentException if the number of arguments is wrong
     */
    public static Expression call(Function function, Expression... arguments) {
        return new Call(function, List.of(arguments));
    }

    /**
     * {@code if (condition) then (yes) else (no)}. Only the chosen branch counts: a NaN in the other one has no effect.
     *
     * @param condition true unless it is 0
     * @param yes       the value if the condition is true
     * @param no        the value otherwise
     * @return the expression
     */
    public static Expression conditional(Expression condition, Expression yes, Expression no) {
        return new Conditional(condition, yes, no);
    }

    /**
     * The sum with another expression.
     *
     * @param other the other summand
     * @return this + other
     */
    public final Expression plus(Expression other) {
        return new Binary(Operator.ADD, this, other);
    }

    /**
     * The difference from another expression.
     *
     * @param other the subtrahend
     * @return this - other
     */
    public final Expression minus(Expression other) {
        return new Binary(Operator.SUBTRACT, this, other);
    }

    /**
     * The product with another expression.
     *
     * @param other the other factor
     * @return this * other
     */
    public final Expression times(Expression other) {
        return new Binary(Operator.MULTIPLY, this, other);
    }

    /**
     * The quotient by another expression.
     *
     * @param other the divisor
     * @return this / other
     */
    public final Expression over(Expression other) {
        return new Binary(Operator.DIVIDE, this, other);
    }

    /**
     * A power with a real exponent.
     *
     * @param exponent the exponent
     * @return this ^ exponent
     */
    public final Expression power(Expression exponent) {
        return new Binary(Operator.POWER, this, exponent);
    }

    /**
     * The negative.
     *
     * @return -this
     */
    public final Expression negate() {
        return new Negation(this);
    }

    /**
     * The names that occur in the tree, in the order of their first occurrence.
     *
     * @return an unmodifiable set
     */
    public final Set<String> names() {
        return Names.of(this);
    }

    /**
     * Replaces names by expressions, all at once: names in the replacements are not replaced again. This is how a call
     * of a function that a user defined becomes its body.
     *
     * @param replacements the expressions by name; other names remain
     * @return the tree with the replacements
     * @throws ExpressionLimitException if the result is too deep or too large
     */
    public final Expression substitute(Map<String, Expression> replacements) {
        return new Substitution(replacements).of(this);
    }

    /**
     * The value at given values of the names.
     *
     * @param values a number for each of the {@link #names()}
     * @return the value, which may be NaN or infinite
     * @throws IllegalArgumentException if a name has no value
     */
    public final double value(Map<String, Double> values) {
        return Interpreter.value(this, values);
    }

    /** Whether a node of the same class has the same content; hash codes are known to agree. */
    abstract boolean sameAs(Expression other);

    @Override
    public final boolean equals(Object other) {
        return this == other || other instanceof Expression e && e.getClass() == getClass() && e.hash == hash
                && e.size == size && sameAs(e);
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    /** The infix text, see {@link ExpressionPrinter}. */
    @Override
    public final String toString() {
        return ExpressionPrinter.ODE.print(this);
    }

    static int hash(Object kind, Object... parts) {
        return 31 * kind.hashCode() + Arrays.hashCode(parts);
    }
}
