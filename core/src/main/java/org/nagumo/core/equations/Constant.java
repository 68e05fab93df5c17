package org.nagumo.core.equations;

import java.util.List;

/** A number in an expression. */
public final class Constant extends Expression {

    private final double value;

    Constant(double value) {
        super(Double.hashCode(value));
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("constant is " + value + "; allowed: finite numbers");
        }
        this.value = value;
    }

    /**
     * The number.
     *
     * @return a finite number
     */
    public double value() {
        return value;
    }

    @Override
    public List<Expression> operands() {
        return List.of();
    }

    @Override
    boolean sameAs(Expression other) {
        return Double.doubleToLongBits(value) == Double.doubleToLongBits(((Constant) other).value);
    }
}
