package org.nagumo.core.equations;

import java.util.List;

/** A call of a {@link Function}. */
public final class Call extends Expression {

    private final Function function;
    private final List<Expression> arguments;

    Call(Function function, List<Expression> arguments) {
        super(hash(function.symbol(), arguments.toArray()), arguments.toArray(new Expression[0]));
        if (arguments.size() != function.arity()) {
            throw new IllegalArgumentException("function " + function.symbol() + " has " + arguments.size()
                    + " arguments; allowed: " + function.arity());
        }
        this.function = function;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * The function.
     *
     * @return the function
     */
    public Function function() {
        return function;
    }

    @Override
    public List<Expression> operands() {
        return arguments;
    }

    @Override
    boolean sameAs(Expression other) {
        Call o = (Call) other;
        return function == o.function && arguments.equals(o.arguments);
    }
}
