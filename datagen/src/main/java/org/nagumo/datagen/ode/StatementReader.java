package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nagumo.datagen.io.Nearest;

/** Recognises the statements of an {@code .ode} file, line by line, and refuses those that are no equations. */
final class StatementReader {

    private static final Set<String> PARAMETER = Set.of("p", "par", "para", "pars", "param", "params", "parameter",
            "parameters");
    private static final Set<String> NUMBER = Set.of("n", "num", "number", "numbers");
    private static final Set<String> INITIAL = Set.of("i", "ini", "init", "initial");

    /** Statements that steer XPPAUT's windows, files or boundary-value solver; they change no equation. */
    private static final Set<String> IGNORED = Set.of("set", "only", "option", "options", "b", "bdry", "bndry");

    /** The statements that a mistyped one may have meant. */
    private static final List<String> KNOWN = List.of("par", "param", "params", "p", "number", "init", "i", "aux",
            "set", "done");

    /** Characters of one statement, its continuations included; XPPAUT reads 1024 in a line. */
    private static final int LONGEST = 20_000;

    private final Declarations declarations = new Declarations();
    private final Faults faults;
    private boolean table;

    private StatementReader(Faults faults) {
        this.faults = faults;
    }

    /** The statements up to {@code done} or the end of the lines. */
    static Declarations read(List<SourceLine> lines, Faults faults) {
        StatementReader reader = new StatementReader(faults);
        for (SourceLine line : lines) {
            try {
                if (faults.full() || reader.statement(line)) {
                    break;
                }
            } catch (SyntaxFault e) {
                faults.add(e.place(), e.getMessage());
            }
        }
        return reader.declarations;
    }

    /** Reads a line; returns whether it is the last statement. */
    private boolean statement(SourceLine line) {
        int at = line.firstNonBlank();
        if (line.length() > LONGEST) {
            throw new SyntaxFault(line.place(at), "the statement has " + line.length() + " characters; allowed: "
                    + LONGEST);
        }
        if (at == line.length() || line.at(at) == '%' || line.at(at) == '"') {
            return false;
        }
        char first = line.at(at);
        boolean row = table && first == '{';
        table = row;
        if (first == '#') {
            if (line.from(at).toLowerCase(Locale.ROOT).startsWith("#include")) {
                throw new SyntaxFault(line.place(at), "included files are not supported; allowed: one file with all"
                        + " statements");
            }
            if (Directives.isDirective(line)) {
                declarations.directives.read(line, faults);
            }
        } else if (first == '@') {
            options(line, at + 1);
        } else if (first == '!') {
            declarations.derived.add(formula(line, at + 1, "!name=formula"));
        } else if (first == '0' && line.from(at).matches("0\\s*=.*")) {
            throw new SyntaxFault(line.place(at), "algebraic equations (0=) are not supported; allowed: differential"
                    + " equations, x'=formula");
        } else if (Lexer.isLetter(first)) {
            return worded(line, at);
        } else if (!row) {
            throw new SyntaxFault(line.place(at), "is no statement; allowed: x'=.., name=.., f(x)=.., par, init,"
                    + " number, aux, set, @, done, comments");
        }
        return false;
    }

    private boolean worded(SourceLine line, int at) {
        int end = Lexer.endOfName(line, at);
        int next = end;
        while (next < line.length() && Character.isWhitespace(line.at(next))) {
            next++;
        }
        String name = line.between(at, end);
        if (SourceLines.isIntegral(line)) {
            declarations.refused.add(name.toLowerCase(Locale.ROOT));
            throw new SyntaxFault(line.place(at), "integral equations (int) are not supported; allowed: differential"
                    + " equations, x'=formula");
        }
        char c = next < line.length() ? line.at(next) : ' ';
        if (c == '=' || c == '\'' || c == '(' || c == '/') {
            defined(line, at, next, name, c);
            return false;
        }
        return command(line, at, end, name.toLowerCase(Locale.ROOT));
    }

    /** Whether a line is the statement that ends a file. */
    static boolean isEnd(SourceLine line) {
        return line.toString().strip().toLowerCase(Locale.ROOT).matches("(d|done)(\\s+[^=\\s].*)?");
    }

    private void defined(SourceLine line, int at, int next, String name, char c) {
        Place place = line.place(at);
        if (c == '=') {
            declarations.temporaries.add(formula(line, at, "name=formula"));
            return;
        }
        if (c == '(') {
            parenthesised(line, next, place, name);
            return;
        }
        List<Token> tokens = Lexer.tokens(line, next);
        if (c == '\'') {
            declarations.equations.add(new Declarations.Formula(place, name, behindEquals(tokens, 1, "x'=formula")));
            return;
        }
        boolean isRate = name.length() > 1 && (name.charAt(0) == 'd' || name.charAt(0) == 'D');
        if (!isRate || !tokens.get(1).isWord("dt")) {
            throw new SyntaxFault(place, "is no derivative by the time; allowed: dx/dt=formula");
        }
        Place state = new Place(place.line(), place.column() + 1);
        declarations.equations.add(new Declarations.Formula(state, name.substring(1),
                behindEquals(tokens, 2, "dx/dt=formula")));
    }

    private Syntax behindEquals(List<Token> tokens, int at, String form) {
        if (!tokens.get(at).is("=")) {
            throw new SyntaxFault(tokens.get(at).place(), "unexpected " + tokens.get(at).quoted() + "; allowed: "
                    + form);
        }
        return FormulaParser.parse(tokens, at + 1, faults);
    }

    /** A statement {@code name=formula} that begins at an index. */
    private Declarations.Formula formula(SourceLine line, int from, String form) {
        List<Token> tokens = Lexer.tokens(line, from);
        Token name = tokens.get(0);
        if (name.kind() != Token.Kind.NAME) {
            throw new SyntaxFault(name.place(), "unexpected " + name.quoted() + "; allowed: " + form);
        }
        return new Declarations.Formula(name.place(), name.text(), behindEquals(tokens, 1, form));
    }

    /** {@code x(0)=formula}, {@code f(x,..)=formula}, or a map. */
    private void parenthesised(SourceLine line, int open, Place place, String name) {
        List<Token> tokens = Lexer.tokens(line, open);
        if (tokens.get(1).text().equals("0") && tokens.get(2).is(")")) {
            declarations.initials.add(new Declarations.Formula(place, name,
                    behindEquals(tokens, 3, name + "(0)=value")));
            return;
        }
        if (tokens.get(1).isWord("t") && tokens.get(2).is("+")) {
            declarations.refused.add(name.toLowerCase(Locale.ROOT));
            throw new SyntaxFault(place, "maps, " + name + "(t+1)=, are not supported; allowed: differential"
                    + " equations, " + name + "'=formula");
        }
        List<String> arguments = new ArrayList<>();
        int k = 0;
        do {
            Token argument = tokens.get(++k);
            if (argument.kind() != Token.Kind.NAME) {
                throw new SyntaxFault(argument.place(), "unexpected " + argument.quoted() + "; allowed: names of"
                        + " arguments, " + name + "(x,y)=formula, or an initial value, " + name + "(0)=value");
            }
            if (arguments.contains(argument.text().toLowerCase(Locale.ROOT))) {
                throw new SyntaxFault(argument.place(), "argument '" + argument.text() + "' has the name of another"
                        + " one; allowed: different names");
            }
            arguments.add(argument.text().toLowerCase(Locale.ROOT));
            k++;
        } while (tokens.get(k).is(","));
        if (!tokens.get(k).is(")")) {
            throw new SyntaxFault(tokens.get(k).place(), "unexpected " + tokens.get(k).quoted() + "; allowed: ',' or"
                    + " ')' behind the arguments of a function");
        }
        Syntax body = behindEquals(tokens, k + 1, name + "(x,y)=formula");
        declarations.functions.add(new Declarations.Function(place, name, List.copyOf(arguments), body));
    }

    private boolean command(SourceLine line, int at, int end, String word) {
        if (PARAMETER.contains(word)) {
            declarations.parameters.addAll(values(line, end, "par"));
        } else if (NUMBER.contains(word)) {
            declarations.constants.addAll(values(line, end, "number"));
        } else if (INITIAL.contains(word)) {
            values(line, end, "init").forEach(value -> declarations.initials.add(new Declarations.Formula(value.place(),
                    value.name(), new Syntax.Literal(value.place(), value.value()))));
        } else if (word.equals("aux")) {
            declarations.auxiliaries.add(formula(line, end, "aux name=formula"));
        } else if (isEnd(line)) {
            return true;
        } else if (!IGNORED.contains(word)) {
            refuse(line, at, end, word);
        }
        return false;
    }

    private void refuse(SourceLine line, int at, int end, String word) {
        String reason = switch (word) {
            case "w", "wie", "wiener" -> "noise (wiener) is not supported; allowed: equations without chance; a"
                    + " stimulus brings the noise";
            case "global" -> "resets at events (global) are not supported; allowed: continuous equations";
            case "table" -> "tables are not supported; allowed: formulas";
            case "markov" -> "random jumps (markov) are not supported; allowed: equations without chance";
            case "special" -> "sums over arrays (special) are not supported; allowed: formulas";
            case "volt", "volterra" -> "integral equations are not supported; allowed: differential equations";
            case "solv", "solve" -> "algebraic equations (solve) are not supported; allowed: differential equations";
            case "vector", "group", "export", "delay" -> "'" + word + "' is not supported; allowed: formulas";
            default -> null;
        };
        if (reason == null) {
            throw new SyntaxFault(line.place(at), "unknown statement '" + line.between(at, end) + "'; did you mean '"
                    + Nearest.to(word, KNOWN) + "'? allowed: x'=.., name=.., f(x)=.., " + KNOWN
                    + " and comments behind '#'");
        }
        table = word.equals("markov");
        String rest = line.from(end).strip();
        for (String name : word.startsWith("w") ? rest.split("[\\s,]+") : new String[] {rest.split("[\\s=]+")[0]}) {
            declarations.refused.add(name.split("=")[0].toLowerCase(Locale.ROOT));
        }
        throw new SyntaxFault(line.place(at), reason);
    }

    /** The pairs {@code name=number} of a list, with commas, semicolons or blanks between; a name alone is 0. */
    private List<Declarations.Value> values(SourceLine line, int from, String word) {
        List<Declarations.Value> values = new ArrayList<>();
        int i = from;
        while (true) {
            while (i < line.length() && isSeparator(line.at(i))) {
                i++;
            }
            if (i == line.length() || line.at(i) == '#') {
                return values;
            }
            Place place = line.place(i);
            int end = Lexer.endOfName(line, i);
            if (end == i) {
                throw new SyntaxFault(place, "'" + line.between(i, endOfItem(line, i)) + "' is no name; allowed: "
                        + word + " name=number, name=number, ...");
            }
            String name = line.between(i, end);
            i = skipBlanks(line, end);
            double value = 0;
            if (i < line.length() && line.at(i) == '=') {
                i = skipBlanks(line, i + 1);
                int valueEnd = endOfItem(line, i);
                value = number(line, i, valueEnd, word, name);
                i = valueEnd;
            }
            values.add(new Declarations.Value(place, name, value));
        }
    }

    private double number(SourceLine line, int from, int to, String word, String name) {
        String written = line.between(from, to);
        if (written.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
            double value = Double.parseDouble(written);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        faults.add(line.place(from), "'" + written + "' is no number for '" + name + "'; allowed: a number; a formula"
                + " of parameters is written '!" + name + "=formula'"
                + (word.equals("init") ? ", an initial value '" + name + "(0)=formula'" : ""));
        return 0;
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c) || c == ',' || c == ';';
    }

    private static int skipBlanks(SourceLine line, int from) {
        int i = from;
        while (i < line.length() && Character.isWhitespace(line.at(i))) {
            i++;
        }
        return i;
    }

    private static int endOfItem(SourceLine line, int from) {
        int i = from;
        while (i < line.length() && !isSeparator(line.at(i)) && line.at(i) != '#') {
            i++;
        }
        return i;
    }

    private void options(SourceLine line, int from) {
        for (String option : line.from(from).replaceAll("\\s*=\\s*", "=").split("[,\\s]+")) {
            String[] pair = option.split("=", 2);
            if (pair.length == 2) {
                if (pair[0].toLowerCase(Locale.ROOT).startsWith("meth") && pair[1].toLowerCase(Locale.ROOT)
                        .startsWith("di")) {
                    throw new SyntaxFault(line.place(from), "'" + option + "' makes the equations a map; allowed:"
                            + " methods for differential equations");
                }
                declarations.options.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
            }
        }
    }
}
