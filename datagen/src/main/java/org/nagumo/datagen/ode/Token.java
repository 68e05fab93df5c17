package org.nagumo.datagen.ode;

/**
 * A part of a formula.
 *
 * @param kind  what it is
 * @param text  its characters, as they are written
 * @param place its first character
 */
record Token(Kind kind, String text, Place place) {

    /** The kinds of tokens. */
    enum Kind {
        NUMBER, NAME, SYMBOL, END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    /** The token as a fault names it. */
    String quoted() {
        return kind == Kind.END ? "the end of the statement" : "'" + text + "'";
    }
}
