package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.List;

/** Splits a part of a line into tokens. A {@code #} starts a comment. */
final class Lexer {

    private static final List<String> SYMBOLS = List.of("**", "==", ">=", "<=", "!=", "+", "-", "*", "/", "^", "(",
            ")", ",", "<", ">", "&", "|", "=", "'", ";");

    private Lexer() {
    }

    /**
     * The tokens from an index of a line on, the last of kind {@code END}.
     *
     * @throws SyntaxFault at a character that no formula has
     */
    static List<Token> tokens(SourceLine line, int from) {
        List<Token> tokens = new ArrayList<>();
        int i = from;
        while (i < line.length() && line.at(i) != '#') {
            char c = line.at(i);
            int end = i;
            Token.Kind kind = Token.Kind.SYMBOL;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (isLetter(c)) {
                end = endOfName(line, i);
                kind = Token.Kind.NAME;
            } else if (isDigit(c) || c == '.') {
                end = endOfNumber(line, i);
                kind = Token.Kind.NUMBER;
            } else {
                end = i + symbol(line, i).length();
            }
            if (end == i) {
                throw new SyntaxFault(line.place(i), "unexpected character " + shown(c) + "; allowed: numbers, names"
                        + " and " + String.join(" ", SYMBOLS.subList(0, SYMBOLS.size() - 3)));
            }
            tokens.add(new Token(kind, line.between(i, end), line.place(i)));
            i = end;
        }
        tokens.add(new Token(Token.Kind.END, "", line.place(i)));
        return tokens;
    }

    private static String shown(char c) {
        return c > ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }

    private static String symbol(SourceLine line, int from) {
        for (String symbol : SYMBOLS) {
            if (line.startsWith(symbol, from)) {
                return symbol;
            }
        }
        return "";
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The index behind the name that starts at an index; the index itself when none does. */
    static int endOfName(SourceLine line, int from) {
        int i = from;
        while (i < line.length() && (isLetter(line.at(i)) || i > from && (isDigit(line.at(i)) || line.at(i) == '.'))) {
            i++;
        }
        return i;
    }

    /** The index behind the number without sign that starts at an index; the index itself when none does. */
    static int endOfNumber(SourceLine line, int from) {
        int i = from;
        int digits = 0;
        while (i < line.length() && isDigit(line.at(i))) {
            i++;
            digits++;
        }
        if (i < line.length() && line.at(i) == '.') {
            i++;
            while (i < line.length() && isDigit(line.at(i))) {
                i++;
                digits++;
            }
        }
        if (digits == 0) {
            return from;
        }
        int e = i;
        if (e < line.length() && (line.at(e) == 'e' || line.at(e) == 'E')) {
            e++;
            e += e < line.length() && (line.at(e) == '+' || line.at(e) == '-') ? 1 : 0;
            int exponent = e;
            while (e < line.length() && isDigit(line.at(e))) {
                e++;
            }
            return e > exponent ? e : i;
        }
        return i;
    }
}
