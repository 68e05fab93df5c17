package org.nagumo.datagen.ode;

/**
 * What a user says about a file from outside; it takes precedence over the file's own words.
 *
 * @param input  the parameter that is the injected current, with its unit if known, such as {@code iapp uA/cm2};
 *               null to leave the choice to the file
 * @param output the state that is the membrane potential, such as {@code v mV}; null to leave the choice to the file
 */
public record OdeChoice(String input, String output) {

    /** Nothing is said: the file decides. */
    public static final OdeChoice NONE = new OdeChoice(null, null);

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when a text is not a name, or a name and a unit
     */
    public OdeChoice {
        check("input", input);
        check("output", output);
    }

    private static void check(String field, String text) {
        if (text != null && !text.strip().matches("[A-Za-z_][A-Za-z0-9_]*(\\s+\\S+)?")) {
            throw new IllegalArgumentException(field + " is '" + text + "'; allowed: a name, or a name and a unit such"
                    + " as" + (field.equals("input") ? " 'iapp uA/cm2'" : " 'v mV'"));
        }
    }

    /** A text as a choice that a directive could have made, null for null. */
    static Directives.Choice parse(String text) {
        if (text == null) {
            return null;
        }
        String[] words = text.strip().split("\\s+");
        return new Directives.Choice(Place.START, words[0], words.length == 1 ? null : words[1]);
    }
}
