package org.nagumo.core.equations;

import java.util.List;

/** One of two expressions, chosen by a condition. */
public final class Conditional extends Expression {

    private final Expression condition;
    private final Expression yes;
    private final Expression no;

    Conditional(Expression condition, Expression yes, Expression no) {
        super(hash("if", condition, yes, no), condition, yes, no);
        this.condition = condition;
        this.yes = yes;
        this.no = no;
    }

    /**
     * What decides: true unless it is 0.
     *
     * @return the condition
     */
    public Expression condition() {
        return condition;
    }

    /**
     * The value if the condition is true.
     *
     * @return the expression after {@code then}
     */
    public Expression yes() {
        return yes;
    }

    /**
     * The value if the condition is false.
     *
     * @return the expression after {@code else}
     */
    public Expression no() {
        return no;
    }

    @Override
    public List<Expression> operands() {
        return List.of(condition, yes, no);
    }

    @Override
    boolean sameAs(Expression other) {
        Conditional o = (Conditional) other;
        return condition.equals(o.condition) && yes.equals(o.yes) && no.equals(o.no);
    }
}
