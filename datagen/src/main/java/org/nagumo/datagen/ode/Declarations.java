package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements of a file in their order, before names have a meaning. */
final class Declarations {

    /** A name with a number. */
    record Value(Place place, String name, double value) {
    }

    /** A name with a formula. */
    record Formula(Place place, String name, Syntax formula) {
    }

    /** A function with its formal arguments. */
    record Function(Place place, String name, List<String> arguments, Syntax body) {
    }

    /** Numbers that a user may change. */
    final List<Value> parameters = new ArrayList<>();

    /** Numbers that nobody may change. */
    final List<Value> constants = new ArrayList<>();

    /** Formulas of parameters. */
    final List<Formula> derived = new ArrayList<>();

    /** Formulas that others use. */
    final List<Formula> temporaries = new ArrayList<>();

    /** The right-hand sides, by the name of the state. */
    final List<Formula> equations = new ArrayList<>();

    /** Formulas that are only recorded. */
    final List<Formula> auxiliaries = new ArrayList<>();

    final List<Function> functions = new ArrayList<>();

    /** Initial values by the name of the state. */
    final List<Formula> initials = new ArrayList<>();

    /** Options of XPPAUT by their names in lower case. */
    final Map<String, String> options = new LinkedHashMap<>();

    /** Names in lower case that refused statements define: that they are unknown is no fault of its own. */
    final Set<String> refused = new HashSet<>();

    final Directives directives = new Directives();
}
