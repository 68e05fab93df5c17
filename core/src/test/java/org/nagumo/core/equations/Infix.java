package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads infix text, so that tests can state equations as people write them: precedence as in .ode files. */
final class Infix {

    private final String text;
    private int at;

    private Infix(String text) {
        this.text = text.replace(" ", "");
    }

    static Expression parse(String text) {
        Infix infix = new Infix(text);
        Expression result = infix.binary(0);
        if (infix.at != infix.text.length()) {
            throw new IllegalArgumentException("left over: " + infix.text.substring(infix.at));
        }
        return result;
    }

    private static final String[][] LEVELS = {{"|"}, {"&"}, {"<=", ">=", "==", "!=", "<", ">"}, {"+", "-"},
        {"*", "/"}};

    private boolean take(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private Expression binary(int level) {
        if (level == LEVELS.length) {
            return unary();
        }
        Expression left = binary(level + 1);
        while (true) {
            String token = Arrays.stream(LEVELS[level]).filter(s -> text.startsWith(s, at)).findFirst().orElse(null);
            if (token == null) {
                return left;
            }
            at += token.length();
            Operator operator = Arrays.stream(Operator.values()).filter(o -> o.symbol().equals(token)).findFirst()
                    .orElseThrow();
            left = Expression.binary(operator, left, binary(level + 1));
        }
    }

    private Expression unary() {
        if (take("-")) {
            return unary().negate();
        }
        Expression base = primary();
        return take("^") ? base.power(unary()) : base;
    }

    private Expression primary() {
        if (take("(")) {
            Expression inner = binary(0);
            expect(")");
            return inner;
        }
        if (take("if(")) {
            Expression condition = binary(0);
            expect(")then(");
            Expression yes = binary(0);
            expect(")else(");
            Expression no = binary(0);
            expect(")");
            return Expression.conditional(condition, yes, no);
        }
        int start = at;
        if (Character.isLetter(text.charAt(at))) {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            String name = text.substring(start, at);
            return take("(") ? call(name) : Expression.variable(name);
        }
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.'
                || text.charAt(at) == 'e' || "+-".indexOf(text.charAt(at)) >= 0 && text.charAt(at - 1) == 'e')) {
            at++;
        }
        return Expression.constant(Double.parseDouble(text.substring(start, at)));
    }

    private Expression call(String name) {
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(binary(0));
        } while (take(","));
        expect(")");
        return Expression.call(Arrays.stream(Function.values()).filter(f -> f.symbol().equals(name)).findFirst()
                .orElseThrow(), arguments.toArray(new Expression[0]));
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException("expected " + token + " at " + text.substring(at));
        }
    }

    /**
     * A system from lines: {@code par a=1}, {@code in i=0}, {@code x'=...}, {@code y=...}, {@code aux z=...}.
     * Parameters and inputs have numbers, states start at 0.
     */
    static EquationSystem system(String name, String... lines) {
        EquationSystem.Builder builder = EquationSystem.builder(name);
        for (String line : lines) {
            String[] sides = line.split("=", 2);
            String left = sides[0].trim();
            if (left.startsWith("par ")) {
                builder.parameter(new Parameter(left.substring(4), Double.parseDouble(sides[1]), "", ""));
            } else if (left.startsWith("in ")) {
                builder.input(new Input(left.substring(3), Double.parseDouble(sides[1]), "", ""));
            } else if (left.startsWith("aux ")) {
                builder.output(new Definition(left.substring(4), parse(sides[1]), "", ""));
            } else if (left.endsWith("'")) {
                builder.state(new State(left.substring(0, left.length() - 1), parse(sides[1]), 0, "", ""));
            } else {
                builder.temporary(new Definition(left, parse(sides[1]), "", ""));
            }
        }
        return builder.build();
    }
}
