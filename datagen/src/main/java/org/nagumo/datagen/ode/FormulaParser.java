package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nagumo.core.equations.Operator;

/**
 * Parses a formula with XPPAUT's precedence, which differs from that of other languages in one point: a comparison
 * binds
 * as tightly as a power, so that {@code a+b>c} is {@code a+(b>c)}; a remark is made where that matters. All operators
 * are left-associative, {@code 2^3^2} is 64, and a leading minus binds as {@code *} does, {@code -2^2} is -4.
 * <pre>
 *   sum     := product {("+" | "-" | "|") product}
 *   product := signed {("*" | "/" | "&amp;") signed}
 *   signed  := ("-" | "+" | "not") signed | power
 *   power   := atom {("^" | "**" | comparison) ["-" | "+"] atom}
 *   atom    := number | name | name "(" sum {"," sum} ")" | "(" sum ")" | "if" "(" sum ")" "then" "(" sum ")"
 *              "else" "(" sum ")"
 * </pre>
 */
final class FormulaParser {

    /** Levels of a formula; the limits keep recursion over it from overflowing the stack. */
    static final int MOST_LEVELS = 300;

    /** Parentheses within parentheses; each costs several calls of the parser. */
    private static final int MOST_NESTED = 100;

    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT,
            "|", Operator.OR);
    private static final Map<String, Operator> PRODUCTS = Map.of("*", Operator.MULTIPLY, "/", Operator.DIVIDE,
            "&", Operator.AND);
    private static final Map<String, Operator> POWERS = Map.of("^", Operator.POWER, "**", Operator.POWER,
            ">", Operator.GREATER, "<", Operator.LESS, "==", Operator.EQUAL, ">=", Operator.GREATER_OR_EQUAL,
            "<=", Operator.LESS_OR_EQUAL, "!=", Operator.NOT_EQUAL);

    private final List<Token> tokens;
    private final Faults faults;
    private int next;
    private int nesting;

    private FormulaParser(List<Token> tokens, int from, Faults faults) {
        this.tokens = tokens;
        this.next = from;
        this.faults = faults;
    }

    /**
     * Parses the tokens from an index to their end. A semicolon at the end is skipped.
     *
     * @throws SyntaxFault when they are no formula
     */
    static Syntax parse(List<Token> tokens, int from, Faults faults) {
        FormulaParser parser = new FormulaParser(tokens, from, faults);
        Syntax formula = parser.sum();
        if (parser.peek().is(";")) {
            parser.next++;
        }
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected("an operator or the end of the statement");
        }
        return formula;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private SyntaxFault unexpected(String allowed) {
        return new SyntaxFault(peek().place(), "unexpected " + peek().quoted() + "; allowed here: " + allowed);
    }

    private void expect(String symbol, String allowed) {
        if (!peek().is(symbol)) {
            throw unexpected(allowed);
        }
        next++;
    }

    private Syntax sum() {
        Syntax left = product();
        while (SUMS.containsKey(peek().text()) && peek().kind() == Token.Kind.SYMBOL) {
            Token operator = tokens.get(next++);
            left = joined(operator, SUMS.get(operator.text()), left, product());
        }
        return left;
    }

    private Syntax product() {
        Syntax left = signed();
        while (PRODUCTS.containsKey(peek().text()) && peek().kind() == Token.Kind.SYMBOL) {
            Token operator = tokens.get(next++);
            left = joined(operator, PRODUCTS.get(operator.text()), left, signed());
        }
        return left;
    }

    /** Signs are counted first, for a long row of them is not nested by itself. */
    private Syntax signed() {
        List<Token> signs = new ArrayList<>();
        while (peek().is("-") || peek().is("+") || peek().isWord("not")) {
            signs.add(tokens.get(next++));
        }
        Syntax operand = power();
        for (int i = signs.size() - 1; i >= 0; i--) {
            Token sign = signs.get(i);
            if (sign.is("-")) {
                remarkOnComparison(sign, operand);
                operand = new Syntax.Minus(sign.place(), operand, level(sign.place(), operand));
            } else if (sign.kind() == Token.Kind.NAME) {
                operand = new Syntax.Call(sign.place(), "not", List.of(operand), level(sign.place(), operand));
            }
        }
        return operand;
    }

    private Syntax power() {
        Syntax left = atom();
        while (POWERS.containsKey(peek().text()) && peek().kind() == Token.Kind.SYMBOL) {
            Token operator = tokens.get(next++);
            Token sign = peek();
            boolean signed = sign.is("-") || sign.is("+");
            next += signed ? 1 : 0;
            Syntax right = atom();
            if (sign.is("-")) {
                right = new Syntax.Minus(sign.place(), right, level(sign.place(), right));
            }
            left = new Syntax.Joined(operator.place(), POWERS.get(operator.text()), left, right, false,
                    level(operator.place(), left, right));
        }
        return left;
    }

    private Syntax joined(Token token, Operator operator, Syntax left, Syntax right) {
        if (!operator.isLogical()) {
            remarkOnComparison(token, left);
            remarkOnComparison(token, right);
        }
        return new Syntax.Joined(token.place(), operator, left, right, false, level(token.place(), left, right));
    }

    private void remarkOnComparison(Token operator, Syntax operand) {
        if (operand instanceof Syntax.Joined comparison && comparison.isOpenComparison()) {
            faults.remark(comparison.place(), "'" + comparison.operator().symbol() + "' is computed before '"
                    + operator.text() + "', as XPPAUT does it; write parentheses to say which comes first");
        }
    }

    private Syntax atom() {
        Token token = peek();
        if (token.kind() == Token.Kind.NUMBER) {
            next++;
            double value = Double.parseDouble(token.text());
            if (Double.isInfinite(value)) {
                throw new SyntaxFault(token.place(), "number " + token.text() + " is too large; allowed: up to "
                        + Double.MAX_VALUE);
            }
            return new Syntax.Literal(token.place(), value);
        }
        if (token.is("(")) {
            return parenthesis("an opening parenthesis");
        }
        if (token.isWord("if")) {
            return choice();
        }
        if (token.isWord("sum") && tokens.get(next + 1).is("(")) {
            throw new SyntaxFault(token.place(), "sums, sum(..)of(..), are not supported; allowed: the terms of the"
                    + " sum");
        }
        if (token.kind() == Token.Kind.NAME) {
            next++;
            return peek().is("(") ? call(token) : new Syntax.Name(token.place(), token.text());
        }
        throw unexpected("a number, a name or '('");
    }

    private Syntax call(Token name) {
        open(name);
        List<Syntax> arguments = new ArrayList<>();
        do {
            next++;
            arguments.add(sum());
        } while (peek().is(","));
        expect(")", "',' or ')'");
        nesting--;
        return new Syntax.Call(name.place(), name.text(), List.copyOf(arguments),
                level(name.place(), arguments.toArray(new Syntax[0])));
    }

    private Syntax parenthesis(String allowed) {
        open(peek());
        expect("(", allowed);
        Syntax inner = sum();
        expect(")", "an operator or ')'");
        nesting--;
        return inner instanceof Syntax.Joined joined ? joined.inParentheses() : inner;
    }

    private Syntax choice() {
        Token token = tokens.get(next++);
        Syntax condition = parenthesis("'(' behind if");
        word("then");
        Syntax yes = parenthesis("'(' behind then");
        word("else");
        Syntax no = parenthesis("'(' behind else");
        return new Syntax.Choice(token.place(), condition, yes, no, level(token.place(), condition, yes, no));
    }

    private void word(String word) {
        if (!peek().isWord(word)) {
            throw unexpected(word + " of if(..)then(..)else(..)");
        }
        next++;
    }

    private void open(Token token) {
        if (++nesting > MOST_NESTED) {
            throw new SyntaxFault(token.place(), "parentheses are nested too deeply; allowed: " + MOST_NESTED
                    + " levels");
        }
    }

    private static int level(Place place, Syntax... operands) {
        int depth = 0;
        for (Syntax operand : operands) {
            depth = Math.max(depth, operand.depth());
        }
        if (depth >= MOST_LEVELS) {
            throw new SyntaxFault(place, "the formula has too many levels; allowed: " + MOST_LEVELS
                    + " parentheses or operators in a row");
        }
        return depth + 1;
    }
}
