package org.nagumo.datagen.ode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.ExpressionLimitException;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;
import org.nagumo.datagen.io.Nearest;

/**
 * Gives the names in formulas their meaning: turns syntax trees into expressions, with functions written out and fixed
 * numbers put in. A part with a fault becomes the number 1, so that all faults are found.
 */
final class Formulas {

    /** Levels of a formula, functions written out: the recursion over it must not overflow the stack. */
    private static final int MOST_LEVELS = 500;

    /** Nodes of all expressions of a file, functions written out. */
    private static final int MOST_NODES = 2_000_000;

    private static final Map<String, Function> BUILT_IN = new HashMap<>();

    private static final Map<String, String> REFUSED = Map.of(
            "ran", "random numbers (ran) are not supported; allowed: equations without chance",
            "normal", "random numbers (normal) are not supported; allowed: equations without chance",
            "poisson", "random numbers (poisson) are not supported; allowed: equations without chance",
            "delay", "delays are not supported; allowed: equations without delay",
            "del_shft", "delays are not supported; allowed: equations without delay");

    private static final Set<String> UNSUPPORTED = Set.of("shift", "ishift", "sum", "of", "besselj", "bessely",
            "besseli", "erf", "erfc", "lgamma", "hom_bcs");

    static {
        for (Function function : Function.values()) {
            if (!function.symbol().startsWith("linoid")) {
                BUILT_IN.put(function.symbol(), function);
            }
        }
        BUILT_IN.put("log", Function.LN);
    }

    private final Names names;
    private final Faults faults;
    private final Deque<String> calls = new ArrayDeque<>();
    private int nodes;
    private int level;

    /** Whether a limit was passed; one fault says so. */
    private boolean exhausted;

    Formulas(Names names, Faults faults) {
        this.names = names;
        this.faults = faults;
    }

    /** Whether a name in lower case has a meaning in every file. */
    static boolean isReserved(String name) {
        return BUILT_IN.containsKey(name) || REFUSED.containsKey(name) || UNSUPPORTED.contains(name)
                || name.equals("t") || name.equals("pi") || name.equals("if") || name.equals("then")
                || name.equals("else");
    }

    /** The expression of a formula. */
    Expression expression(Syntax formula) {
        return expression(formula, Map.of());
    }

    /** Finds the faults of a function that may not be called anywhere. */
    void check(Declarations.Function function) {
        Map<String, Expression> arguments = new HashMap<>();
        function.arguments().forEach(name -> arguments.put(name, Expression.variable(name)));
        expression(function.body(), arguments);
    }

    private Expression expression(Syntax formula, Map<String, Expression> arguments) {
        if (exhausted) {
            return Expression.constant(1);
        }
        calls.clear();
        level = 0;
        try {
            return build(formula, arguments);
        } catch (ExpressionLimitException e) {
            exhausted = true;
            faults.add(formula.place(), e.getMessage());
        } catch (SyntaxFault e) {
            faults.add(e.place(), e.getMessage());
        }
        return Expression.constant(1);
    }

    private Expression fault(Place place, String text) {
        faults.add(place, text);
        return Expression.constant(1);
    }

    private Expression build(Syntax syntax, Map<String, Expression> arguments) {
        if (++level > MOST_LEVELS) {
            exhausted = true;
            throw new SyntaxFault(syntax.place(), "the formula has more than " + MOST_LEVELS + " levels with its"
                    + " functions written out; allowed: smaller formulas");
        }
        Expression result = node(syntax, arguments);
        level--;
        return result;
    }

    private Expression node(Syntax syntax, Map<String, Expression> arguments) {
        if (++nodes > MOST_NODES) {
            exhausted = true;
            throw new SyntaxFault(syntax.place(), "the formulas of the file have more than " + MOST_NODES
                    + " parts with their functions written out; allowed: smaller formulas");
        }
        if (syntax instanceof Syntax.Literal number) {
            return Expression.constant(number.value());
        }
        if (syntax instanceof Syntax.Name name) {
            return named(name, arguments);
        }
        if (syntax instanceof Syntax.Minus minus) {
            return minus.operand() instanceof Syntax.Literal number ? Expression.constant(-number.value())
                    : build(minus.operand(), arguments).negate();
        }
        if (syntax instanceof Syntax.Joined joined) {
            return joined(joined, arguments);
        }
        if (syntax instanceof Syntax.Choice choice) {
            return Expression.conditional(build(choice.condition(), arguments), build(choice.yes(), arguments),
                    build(choice.no(), arguments));
        }
        return call((Syntax.Call) syntax, arguments);
    }

    private Expression joined(Syntax.Joined joined, Map<String, Expression> arguments) {
        Expression left = build(joined.left(), arguments);
        Expression right = build(joined.right(), arguments);
        if (joined.operator() == Operator.DIVIDE && right.names().isEmpty() && right.value(Map.of()) == 0) {
            return fault(joined.place(), "divides by '" + right + "', which is 0; allowed: a divisor other than 0");
        }
        return Expression.binary(joined.operator(), left, right);
    }

    private Expression named(Syntax.Name name, Map<String, Expression> arguments) {
        String key = name.name().toLowerCase(Locale.ROOT);
        if (arguments.containsKey(key)) {
            return arguments.get(key);
        }
        Names.Meaning meaning = names.meaning(key);
        if (meaning != null && meaning.kind() == Names.Kind.CONSTANT) {
            return Expression.constant(meaning.value());
        }
        if (meaning != null && meaning.kind() != Names.Kind.FUNCTION) {
            return Expression.variable(meaning.name());
        }
        if (key.equals("t")) {
            return Expression.variable(EquationSystem.TIME);
        }
        if (key.equals("pi")) {
            return Expression.constant(Math.PI);
        }
        if (names.isRefused(key)) {
            return Expression.constant(1);
        }
        if (meaning != null || BUILT_IN.containsKey(key)) {
            return fault(name.place(), "'" + name.name() + "' is a function without arguments here; allowed: "
                    + key + "(...)");
        }
        if (faults.full()) {
            return Expression.constant(1);
        }
        String initial = names.hasInitial(key) ? "; it has an initial value, but no equation " + name.name()
                + "'=formula" : "";
        names.refuse(key);
        return fault(name.place(), "unknown name '" + name.name() + "'" + initial + "; did you mean '"
                + Nearest.to(name.name(), names.values()) + "'? allowed: the names that the file defines, t and pi");
    }

    private Expression call(Syntax.Call call, Map<String, Expression> arguments) {
        String key = call.name().toLowerCase(Locale.ROOT);
        if (REFUSED.containsKey(key)) {
            return fault(call.place(), REFUSED.get(key));
        }
        if (names.isRefused(key)) {
            return Expression.constant(1);
        }
        List<Expression> values = new ArrayList<>();
        for (Syntax argument : call.arguments()) {
            values.add(build(argument, arguments));
        }
        Function builtIn = BUILT_IN.get(key);
        if (builtIn != null) {
            return values.size() == builtIn.arity()
                    ? Expression.call(builtIn, values.toArray(new Expression[0]))
                    : arity(call, builtIn.arity());
        }
        Declarations.Function function = names.function(key);
        if (function == null) {
            return unknownFunction(call, key);
        }
        if (function.arguments().size() != values.size()) {
            return arity(call, function.arguments().size());
        }
        if (calls.contains(key)) {
            names.refuse(key);
            return fault(call.place(), "function '" + call.name() + "' needs its own value; allowed: functions without"
                    + " cycles");
        }
        Map<String, Expression> inner = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            inner.put(function.arguments().get(i), values.get(i));
        }
        calls.push(key);
        Expression result = build(function.body(), inner);
        calls.pop();
        return result;
    }

    private Expression arity(Syntax.Call call, int allowed) {
        return fault(call.place(), "function '" + call.name() + "' has " + call.arguments().size() + " argument"
                + (call.arguments().size() == 1 ? "" : "s") + "; allowed: " + allowed);
    }

    private Expression unknownFunction(Syntax.Call call, String key) {
        Set<String> known = new TreeSet<>(BUILT_IN.keySet());
        if (UNSUPPORTED.contains(key)) {
            return fault(call.place(), "function '" + call.name() + "' is not supported; allowed: " + known
                    + " and those that the file defines");
        }
        if (names.meaning(key) != null) {
            return fault(call.place(), "'" + call.name() + "' is no function; allowed: an operator between it and '('");
        }
        if (faults.full()) {
            return Expression.constant(1);
        }
        Set<String> candidates = new TreeSet<>(known);
        candidates.addAll(names.functions());
        return fault(call.place(), "unknown function '" + call.name() + "'; did you mean '"
                + Nearest.to(call.name(), candidates) + "'? allowed: " + known + " and those that the file defines");
    }
}
