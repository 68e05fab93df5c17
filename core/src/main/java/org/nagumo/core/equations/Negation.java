package org.nagumo.core.equations;

import java.util.List;

/** The negative of an expression. */
public final class Negation extends Expression {

    private final Expression operand;

    Negation(Expression operand) {
        super(hash("-", operand), operand);
        this.operand = operand;
    }

    /**
     * What is negated.
     *
     * @return the operand
     */
    public Expression operand() {
        return operand;
    }

    @Override
    public List<Expression> operands() {
        return List.of(operand);
    }

    @Override
    boolean sameAs(Expression other) {
        return operand.equals(((Negation) other).operand);
    }
}
