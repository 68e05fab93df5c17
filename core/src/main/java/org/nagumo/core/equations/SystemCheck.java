package org.nagumo.core.equations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the faults of a system of equations, and an order in which its temporaries can be evaluated. */
final class SystemCheck {

    private final List<Fault> faults = new ArrayList<>();
    private final List<Definition> ordered = new ArrayList<>();
    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, Definition> temporaries = new LinkedHashMap<>();

    SystemCheck(List<State> states, List<Parameter> parameters, List<Input> inputs, List<Definition> temporaries,
            List<Definition> outputs) {
        if (states.isEmpty()) {
            faults.add(new Fault(Fault.Kind.NO_STATE, "", "", "the system has no state; allowed: at least one "
                    + "differential equation"));
        }
        states.forEach(s -> define(s.name(), "a state"));
        parameters.forEach(p -> define(p.name(), "a parameter"));
        inputs.forEach(i -> define(i.name(), "an input"));
        for (Definition temporary : temporaries) {
            if (define(temporary.name(), "a temporary")) {
                this.temporaries.put(temporary.name(), temporary);
            }
        }
        outputs.forEach(o -> define(o.name(), "an output"));
        temporaries.forEach(d -> check(d.name(), d.expression()));
        states.forEach(s -> check(s.name(), s.derivative()));
        outputs.forEach(d -> check(d.name(), d.expression()));
        order();
        Set<String> read = new HashSet<>();
        states.forEach(s -> read.addAll(s.derivative().names()));
        for (int i = ordered.size() - 1; i >= 0; i--) {
            if (read.contains(ordered.get(i).name())) {
                read.addAll(ordered.get(i).expression().names());
            }
        }
        for (Input input : inputs) {
            if (!read.contains(input.name())) {
                faults.add(new Fault(Fault.Kind.UNREAD_INPUT, input.name(), input.name(), "no equation depends on the "
                        + "input '" + input.name() + "'; allowed: an input that a differential equation reads"));
            }
        }
    }

    List<Fault> faults() {
        return faults;
    }

    List<Definition> ordered() {
        return ordered;
    }

    private boolean define(String name, String kind) {
        if (!Variable.NAME.matcher(name).matches()) {
            faults.add(new Fault(Fault.Kind.INVALID_NAME, name, name, "the name '" + name + "' is invalid; allowed: a "
                    + "letter or underscore, then letters, digits, underscores and dots"));
        } else if (name.equals(EquationSystem.TIME)) {
            faults.add(new Fault(Fault.Kind.INVALID_NAME, name, name, "'" + name + "' is defined as " + kind
                    + "; allowed: other names, '" + name + "' is the time"));
        }
        String before = kinds.putIfAbsent(name, kind);
        if (before != null) {
            faults.add(new Fault(Fault.Kind.DEFINED_TWICE, name, name, "'" + name + "' is defined as " + kind
                    + " and already as " + before + "; allowed: one definition"));
        }
        return before == null;
    }

    private void check(String quantity, Expression expression) {
        for (String name : expression.names()) {
            String kind = kinds.get(name);
            if (kind == null && !name.equals(EquationSystem.TIME)) {
                faults.add(new Fault(Fault.Kind.UNKNOWN_NAME, quantity, name, "the equation of '" + quantity
                        + "' uses '" + name + "', which is not defined; allowed: states, parameters, inputs, "
                        + "temporaries and the time '" + EquationSystem.TIME + "'"));
            } else if ("an output".equals(kind)) {
                faults.add(new Fault(Fault.Kind.USED_OUTPUT, quantity, name, "the equation of '" + quantity
                        + "' uses the output '" + name + "'; allowed: a temporary of the same expression"));
            }
        }
        divisors(quantity, expression, new IdentityHashMap<>());
    }

    private void divisors(String quantity, Expression expression, Map<Expression, Boolean> seen) {
        if (seen.put(expression, true) != null) {
            return;
        }
        if (expression instanceof Binary b && b.operator() == Operator.DIVIDE && b.right().names().isEmpty()
                && b.right().value(Map.of()) == 0) {
            faults.add(new Fault(Fault.Kind.DIVISION_BY_ZERO, quantity, quantity, "the equation of '" + quantity
                    + "' divides by '" + b.right() + "', which is 0; allowed: a divisor other than 0"));
        }
        expression.operands().forEach(o -> divisors(quantity, o, seen));
    }

    /** Depth first with a stack of its own: a chain of temporaries may be long. */
    private void order() {
        Set<String> done = new HashSet<>();
        for (Definition start : temporaries.values()) {
            Map<String, Iterator<String>> open = new LinkedHashMap<>();
            Deque<String> path = new ArrayDeque<>();
            enter(start.name(), done, open, path);
            while (!path.isEmpty()) {
                String last = path.getLast();
                if (!open.get(last).hasNext()) {
                    path.removeLast();
                    open.remove(last);
                    done.add(last);
                    ordered.add(temporaries.get(last));
                    continue;
                }
                String next = open.get(last).next();
                if (open.containsKey(next)) {
                    cycle(next, path);
                } else {
                    enter(next, done, open, path);
                }
            }
        }
    }

    private void enter(String name, Set<String> done, Map<String, Iterator<String>> open, Deque<String> path) {
        if (temporaries.containsKey(name) && !done.contains(name)) {
            open.put(name, temporaries.get(name).expression().names().iterator());
            path.addLast(name);
        }
    }

    private void cycle(String name, Deque<String> path) {
        List<String> around = new ArrayList<>();
        Iterator<String> back = path.descendingIterator();
        String last;
        do {
            last = back.next();
            around.add(0, last);
        } while (!last.equals(name));
        around.add(name);
        faults.add(new Fault(Fault.Kind.CYCLE, name, around.get(1), "temporaries need each other in a cycle: "
                + String.join(" <- ", around) + "; allowed: temporaries without cycles"));
    }
}
