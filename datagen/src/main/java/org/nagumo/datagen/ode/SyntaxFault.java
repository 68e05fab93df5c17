package org.nagumo.datagen.ode;

/** A statement that cannot be read, with its place; the reader goes on with the next statement. */
final class SyntaxFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Place place;

    SyntaxFault(Place place, String text) {
        super(text, null, false, false);
        this.place = place;
    }

    Place place() {
        return place;
    }
}
