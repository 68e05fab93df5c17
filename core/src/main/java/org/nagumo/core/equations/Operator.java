package org.nagumo.core.equations;

/**
 * The binary operators. Comparisons and logical operators give 1 for true and 0 for false; every number but 0 counts as
 * true.
 */
public enum Operator {

    /** Sum. */
    ADD("+"),
    /** Difference. */
    SUBTRACT("-"),
    /** Product. */
    MULTIPLY("*"),
    /** Quotient. */
    DIVIDE("/"),
    /** Power with a real exponent; the base must not be negative unless the exponent is an integer. */
    POWER("^"),
    /** Less than. */
    LESS("<"),
    /** Greater than. */
    GREATER(">"),
    /** Less than or equal. */
    LESS_OR_EQUAL("<="),
    /** Greater than or equal. */
    GREATER_OR_EQUAL(">="),
    /** Equal. */
    EQUAL("=="),
    /** Not equal. */
    NOT_EQUAL("!="),
    /** Both are true. */
    AND("&"),
    /** At least one is true. */
    OR("|");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The sign in an expression's text.
     *
     * @return one or two characters
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Whether the result is a truth value.
     *
     * @return true for comparisons and logical operators
     */
    public boolean isLogical() {
        return ordinal() >= LESS.ordinal();
    }
}
