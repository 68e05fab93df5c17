package org.nagumo.core.equations;

import java.util.List;

/** Two expressions joined by an {@link Operator}. */
public final class Binary extends Expression {

    private final Operator operator;
    private final Expression left;
    private final Expression right;

    Binary(Operator operator, Expression left, Expression right) {
        super(hash(operator.symbol(), left, right), left, right);
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    /**
     * The operator.
     *
     * @return the operator
     */
    public Operator operator() {
        return operator;
    }

    /**
     * The left operand.
     *
     * @return the operand
     */
    public Expression left() {
        return left;
    }

    /**
     * The right operand.
     *
     * @return the operand
     */
    public Expression right() {
        return right;
    }

    @Override
    public List<Expression> operands() {
        return List.of(left, right);
    }

    @Override
    boolean sameAs(Expression other) {
        Binary o = (Binary) other;
        return operator == o.operator && left.equals(o.left) && right.equals(o.right);
    }
}
