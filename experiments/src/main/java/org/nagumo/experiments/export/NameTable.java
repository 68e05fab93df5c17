package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;

/**
 * The names of a system in another language. A name that the language does not allow is changed, and a remark says so:
 * a keyword gets an underscore at its end, a name that is too long is cut, and one that is taken gets a number.
 */
final class NameTable {

    /**
     * What a language allows: a letter, then letters, digits and underscores, and these conditions.
     *
     * @param program    the program, for remarks
     * @param longest    most characters of a name
     * @param ignoresCase whether upper and lower case are alike
     * @param reserved   names that have a meaning; in lower case if case is ignored
     */
    record Rules(String program, int longest, boolean ignoresCase, Set<String> reserved) { }

    private final Rules rules;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();

    NameTable(EquationSystem system, Rules rules) {
        this.rules = rules;
        taken.addAll(rules.reserved());
        List<String> all = Stream.of(system.states().stream().map(State::name),
                system.inputs().stream().map(Input::name), system.parameters().stream().map(Parameter::name),
                system.temporaries().stream().map(Definition::name),
                system.outputs().stream().map(Definition::name)).flatMap(each -> each).toList();
        // Names that may stay do so, whatever the others become.
        for (String name : all) {
            if (name.matches("[A-Za-z][A-Za-z0-9_]*") && name.length() <= rules.longest() && taken.add(key(name))) {
                names.put(name, name);
            }
        }
        for (String name : all) {
            if (!names.containsKey(name)) {
                String changed = fresh(name);
                names.put(name, changed);
                remarks.add(system.name() + ": '" + name + "' is called '" + changed + "' in the file, because "
                        + reason(name));
            }
        }
    }

    private String key(String name) {
        return rules.ignoresCase() ? name.toLowerCase(Locale.ROOT) : name;
    }

    private String reason(String name) {
        if (name.length() > rules.longest()) {
            return rules.program() + " allows " + rules.longest() + " characters";
        }
        return rules.reserved().contains(key(name)) ? "the name has a meaning of its own in " + rules.program()
                : !name.matches("[A-Za-z][A-Za-z0-9_]*") ? rules.program() + " allows a letter, then letters, digits"
                        + " and underscores" : rules.program() + " does not tell upper from lower case";
    }

    /**
     * A name that nothing has, and takes it.
     *
     * @param wanted the name that would be best
     */
    String fresh(String wanted) {
        String plain = wanted.replaceAll("[^A-Za-z0-9_]", "_").replaceFirst("^(?=[^A-Za-z])", "x");
        String name = cut(plain, rules.longest());
        for (int k = 0; !taken.add(key(name)); k++) {
            String end = k == 0 ? "_" : Integer.toString(k + 1);
            name = cut(plain, rules.longest() - end.length()) + end;
        }
        return name;
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    /** The name in the language; a name that the system does not define stays. */
    String of(String name) {
        return names.getOrDefault(name, name);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
