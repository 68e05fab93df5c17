package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.datagen.io.Nearest;

/**
 * The lines {@code # nagumo: ...} of a file, comments for XPPAUT; see {@link OdeReader} for their language.
 */
final class Directives {

    private static final List<String> KEYWORDS = List.of("name", "time", "input", "output", "about", "scale",
            "unit", "spike", "plane", "require");

    private static final List<String> UNIT_WORDS = List.of("current", "duration");
    private static final List<String> SPIKE_WORDS = List.of("above", "below", "rearm");

    /** A name, with a unit or without. */
    record Choice(Place place, String name, String unit) {
    }

    /** What is known of a quantity; null for what is not. */
    record About(Place place, String name, String unit, String spelling, String text) {
    }

    /** A condition on parameters. */
    record Condition(Place place, Syntax formula, String text) {
    }

    /** A typical range, or another number of a name. */
    record Scale(Place place, String name, double value) {
    }

    Choice name;
    Choice time;
    Choice input;
    Choice output;
    final Map<String, About> abouts = new LinkedHashMap<>();
    final Map<String, Scale> scales = new LinkedHashMap<>();
    final Map<String, Scale> units = new LinkedHashMap<>();
    final Map<String, Scale> spike = new LinkedHashMap<>();
    Condition plane;
    final List<Condition> conditions = new ArrayList<>();

    /** Whether a line is a comment with a directive. */
    static boolean isDirective(SourceLine line) {
        return textStart(line) >= 0;
    }

    private static int textStart(SourceLine line) {
        int i = line.firstNonBlank();
        while (i < line.length() && (line.at(i) == '#' || Character.isWhitespace(line.at(i)))) {
            i++;
        }
        String mark = "nagumo:";
        boolean found = i + mark.length() <= line.length()
                && line.between(i, i + mark.length()).equalsIgnoreCase(mark);
        return found ? i + mark.length() : -1;
    }

    /**
     * Adds the directives of a line.
     *
     * @throws SyntaxFault when it has a fault
     */
    void read(SourceLine line, Faults faults) {
        int at = skipBlanks(line, textStart(line));
        int end = endOfWord(line, at);
        switch (line.between(at, end).toLowerCase(Locale.ROOT)) {
            case "about" -> about(line, end);
            case "require" -> conditions.add(new Condition(line.place(at),
                    FormulaParser.parse(Lexer.tokens(line, end), 0, faults), line.from(end).strip()));
            case "plane" -> plane = plane(line, at, end, faults);
            case "name", "time", "input", "output", "scale", "unit", "spike" -> clauses(line, at);
            default -> throw unknown(line, at, end);
        }
    }

    private Condition plane(SourceLine line, int at, int end, Faults faults) {
        if (plane != null) {
            throw new SyntaxFault(line.place(at), "'plane' is said twice, first in line " + plane.place().line()
                    + "; allowed: once");
        }
        return new Condition(line.place(at), FormulaParser.parse(Lexer.tokens(line, end), 0, faults),
                line.from(end).strip());
    }

    private static SyntaxFault unknown(SourceLine line, int from, int to) {
        String word = line.between(from, to);
        return new SyntaxFault(line.place(from), "unknown word '" + word + "' behind 'nagumo:'; did you mean '"
                + Nearest.to(word, KEYWORDS) + "'? allowed: " + KEYWORDS);
    }

    /** Clauses with commas between; a clause without keyword has that of the one before. */
    private void clauses(SourceLine line, int from) {
        String keyword = "";
        int at = from;
        while (at < line.length()) {
            int comma = line.indexOf(",", at);
            int end = comma < 0 ? line.length() : comma;
            int[] word = word(line, at, end);
            String first = line.between(word[0], word[1]).toLowerCase(Locale.ROOT);
            if (word[1] < end && KEYWORDS.contains(first) && !line.between(word[1], end).isBlank()) {
                keyword = first;
                word = word(line, word[1], end);
            }
            clause(line, keyword, word, end);
            at = end + 1;
        }
        if (keyword.isEmpty()) {
            throw new SyntaxFault(line.place(from), "nothing is said behind '" + line.from(from).strip()
                    + "'; allowed: a name");
        }
    }

    private void clause(SourceLine line, String keyword, int[] word, int end) {
        Place place = line.place(word[0]);
        String subject = line.between(word[0], word[1]);
        int[] second = word(line, word[1], end);
        String rest = line.between(second[0], second[1]);
        if (subject.isEmpty() || !line.between(second[1], end).isBlank()) {
            throw new SyntaxFault(place, "'" + line.between(word[0], end).strip() + "' is no clause of '" + keyword
                    + "'; allowed: " + switch (keyword) {
                        case "scale" -> "a state and a number";
                        case "unit", "spike" -> "a word and a number";
                        default -> "a name and a unit";
                    });
        }
        Choice choice = new Choice(place, subject, rest.isEmpty() ? null : rest);
        switch (keyword) {
            case "name" -> name = once(name, choice, keyword);
            case "time" -> time = once(time, choice, keyword);
            case "input" -> input = once(input, choice, keyword);
            case "output" -> output = once(output, choice, keyword);
            case "unit" -> number(units, UNIT_WORDS, keyword, new Scale(place, subject, number(rest)), rest);
            case "spike" -> number(spike, SPIKE_WORDS, keyword, new Scale(place, subject, number(rest)), rest);
            default -> scale(place, subject, rest);
        }
    }

    private static Choice once(Choice before, Choice choice, String keyword) {
        if (before != null) {
            throw new SyntaxFault(choice.place(), "'" + keyword + "' is said twice, first in line "
                    + before.place().line() + "; allowed: once");
        }
        return choice;
    }

    private void scale(Place place, String subject, String number) {
        double value = number(number);
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new SyntaxFault(place, "scale of '" + subject + "' is '" + number + "'; allowed: a positive number");
        }
        if (scales.put(subject.toLowerCase(Locale.ROOT), new Scale(place, subject, value)) != null) {
            throw new SyntaxFault(place, "scale of '" + subject + "' is said twice; allowed: once");
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static void number(Map<String, Scale> numbers, List<String> words, String keyword, Scale number,
            String text) {
        String word = number.name().toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw new SyntaxFault(number.place(), "'" + number.name() + "' is no word of '" + keyword + "'; allowed: "
                    + words);
        }
        if (!Double.isFinite(number.value())) {
            throw new SyntaxFault(number.place(), "'" + keyword + " " + number.name() + "' is '" + text
                    + "'; allowed: a finite number");
        }
        if (numbers.put(word, number) != null) {
            throw new SyntaxFault(number.place(), "'" + keyword + " " + number.name() + "' is said twice; allowed:"
                    + " once");
        }
    }

    private void about(SourceLine line, int from) {
        int colon = line.indexOf(":", from);
        int end = colon < 0 ? line.length() : colon;
        int[] subject = word(line, from, end);
        Place place = line.place(subject[0]);
        String name = line.between(subject[0], subject[1]);
        String[] words = line.between(subject[1], end).strip().split("\\s+");
        String unit = words[0].isEmpty() || words[0].equals("as") && words.length == 2 ? null : words[0];
        int known = unit == null ? 0 : 1;
        boolean spelled = words.length == known + 2 && words[known].equals("as");
        if (name.isEmpty() || !spelled && words.length > 1) {
            throw new SyntaxFault(place, "'" + line.between(subject[0], end).strip() + "' is no clause of 'about';"
                    + " allowed: NAME [UNIT] [as SPELLING] [: TEXT]");
        }
        About about = new About(place, name, unit, spelled ? words[known + 1] : null,
                colon < 0 ? "" : line.from(colon + 1).strip());
        if (abouts.putIfAbsent(name.toLowerCase(Locale.ROOT), about) != null) {
            throw new SyntaxFault(place, "'about " + name + "' is said twice; allowed: once");
        }
    }

    private static int skipBlanks(SourceLine line, int from) {
        int i = from;
        while (i < line.length() && Character.isWhitespace(line.at(i))) {
            i++;
        }
        return i;
    }

    private static int endOfWord(SourceLine line, int from) {
        int i = from;
        while (i < line.length() && !Character.isWhitespace(line.at(i))) {
            i++;
        }
        return i;
    }

    /** Start and end of the first word between two indices. */
    private static int[] word(SourceLine line, int from, int end) {
        int start = Math.min(end, skipBlanks(line, from));
        return new int[] {start, Math.min(end, endOfWord(line, start))};
    }
}
