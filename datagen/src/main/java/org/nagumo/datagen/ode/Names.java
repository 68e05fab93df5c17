package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names that a file defines, in lower case: XPPAUT does not distinguish upper and lower case. */
final class Names {

    /** What a name may be. */
    enum Kind {
        STATE("a state"), PARAMETER("a parameter"), CONSTANT("a number"), DERIVED("a derived parameter"),
        TEMPORARY("a temporary"), FUNCTION("a function");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /**
     * A defined name.
     *
     * @param name  as its definition spells it
     * @param value the number of a constant, else 0
     */
    record Meaning(Kind kind, String name, Place place, double value) {
    }

    private final Map<String, Meaning> meanings = new LinkedHashMap<>();
    private final Map<String, Declarations.Function> functions = new HashMap<>();
    private final Set<String> initials = new HashSet<>();
    private final Set<String> refused;
    private final Faults faults;

    /** Defines all names of a file; a name that is defined twice is a fault. */
    Names(Declarations file, Faults faults) {
        this.faults = faults;
        this.refused = file.refused;
        file.equations.forEach(each -> define(Kind.STATE, each.name(), each.place(), 0));
        file.parameters.forEach(each -> define(Kind.PARAMETER, each.name(), each.place(), 0));
        file.constants.forEach(each -> define(Kind.CONSTANT, each.name(), each.place(), each.value()));
        file.derived.forEach(each -> define(Kind.DERIVED, each.name(), each.place(), 0));
        file.temporaries.forEach(each -> define(Kind.TEMPORARY, each.name(), each.place(), 0));
        for (Declarations.Function function : file.functions) {
            define(Kind.FUNCTION, function.name(), function.place(), 0);
            functions.putIfAbsent(function.name().toLowerCase(Locale.ROOT), function);
        }
        file.initials.forEach(each -> initials.add(each.name().toLowerCase(Locale.ROOT)));
    }

    private void define(Kind kind, String name, Place place, double value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (Formulas.isReserved(key)) {
            faults.add(place, "'" + name + "' is defined as " + kind.text + ", but "
                    + (key.equals("t") ? "t is the time" : "has a meaning of its own in formulas")
                    + "; allowed: other names");
            return;
        }
        Meaning before = meanings.putIfAbsent(key, new Meaning(kind, name, place, value));
        if (before != null) {
            Place later = before.place().line() > place.line() ? before.place() : place;
            Place first = later == place ? before.place() : place;
            faults.add(later, "'" + name + "' is defined twice, first in line " + first.line()
                    + "; allowed: one definition of a name, upper and lower case alike");
        }
    }

    /** The meaning of a name in lower case, or null. */
    Meaning meaning(String key) {
        return meanings.get(key);
    }

    Declarations.Function function(String key) {
        return functions.get(key);
    }

    Set<String> functions() {
        return functions.keySet();
    }

    boolean isRefused(String key) {
        return refused.contains(key);
    }

    /** Keeps a name, whose fault is reported, from being reported again. */
    void refuse(String key) {
        refused.add(key);
    }

    boolean hasInitial(String key) {
        return initials.contains(key);
    }

    /** The names of values, as they are spelled. */
    List<String> values() {
        return named(Kind.STATE, Kind.PARAMETER, Kind.CONSTANT, Kind.DERIVED, Kind.TEMPORARY);
    }

    /** The names of some kinds, as they are spelled. */
    List<String> named(Kind... kinds) {
        List<String> all = new ArrayList<>();
        for (Meaning meaning : meanings.values()) {
            if (Set.of(kinds).contains(meaning.kind())) {
                all.add(meaning.name());
            }
        }
        return all;
    }
}
