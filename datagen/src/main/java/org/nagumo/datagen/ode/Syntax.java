package org.nagumo.datagen.ode;

import java.util.List;
import org.nagumo.core.equations.Operator;

/**
 * A formula as it is written, before its names have a meaning. Each node knows its place and the number of levels below
 * and with it.
 */
sealed interface Syntax {

    /** The place that a fault of the node names. */
    Place place();

    /** Levels of the tree, 1 for a number. */
    int depth();

    /** A number without sign. */
    record Literal(Place place, double value) implements Syntax {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** A name that is no call. */
    record Name(Place place, String name) implements Syntax {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** A function with its arguments. */
    record Call(Place place, String name, List<Syntax> arguments, int depth) implements Syntax {
    }

    /** A negative. */
    record Minus(Place place, Syntax operand, int depth) implements Syntax {
    }

    /** Two operands; the place is that of the operator; closed when it is written in parentheses. */
    record Joined(Place place, Operator operator, Syntax left, Syntax right, boolean closed, int depth)
            implements Syntax {

        boolean isOpenComparison() {
            return !closed && operator.isLogical() && operator != Operator.AND && operator != Operator.OR;
        }

        Joined inParentheses() {
            return new Joined(place, operator, left, right, true, depth);
        }
    }

    /** {@code if(..)then(..)else(..)}. */
    record Choice(Place place, Syntax condition, Syntax yes, Syntax no, int depth) implements Syntax {
    }
}
