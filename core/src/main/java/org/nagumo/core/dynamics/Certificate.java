package org.nagumo.core.dynamics;

/** What is known about a list of equilibria. */
public enum Certificate {

    /** Each is proven to exist, and the box is proven to hold no other. */
    PROVEN("proven"),
    /** Each is proven to exist; parts of the box could not be decided. */
    UNDECIDED("proven, but there may be more"),
    /** They were searched from many starts; each is an equilibrium within rounding, and there may be more. */
    SEARCHED("searched, not proven");

    private final String words;

    Certificate(String words) {
        this.words = words;
    }

    /**
     * The certificate as figures and tables write it.
     *
     * @return a few words
     */
    public String words() {
        return words;
    }

    /**
     * The certificate of two lists together.
     *
     * @param other that of the other list
     * @return the weaker one
     */
    public Certificate and(Certificate other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
