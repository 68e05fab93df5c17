package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.nagumo.datagen.io.Nearest;

/**
 * Chooses the injected current and the membrane potential of a file: by what the user says, else by what the file says,
 * else by usual names.
 */
final class PortChooser {

    /** Usual names of an injected current, the most usual first. */
    private static final List<String> CURRENTS = List.of("i", "iapp", "i0", "istim", "iext", "iinj", "idc", "ibias",
            "i_app", "iappl", "i_ext", "iap", "iap0", "ip", "ip0", "ibase", "iin", "stim", "current", "input", "amp");

    /** Usual names of a membrane potential. */
    private static final List<String> POTENTIALS = List.of("v", "vm", "vs", "v1", "v0", "vsoma");

    /** Names without a unit, as in models without dimensions. */
    private static final List<String> EXCITATIONS = List.of("u", "x");

    private final Names names;
    private final Faults faults;
    private final OdeChoice said;
    private final Directives file;

    PortChooser(Names names, Directives file, OdeChoice said, Faults faults) {
        this.names = names;
        this.file = file;
        this.said = said;
        this.faults = faults;
    }

    /**
     * The choice for a file with at least one state.
     *
     * @param read names that the derivatives depend on
     */
    OdePorts choose(Set<String> read) {
        String timeUnit = file.time == null ? null : file.time.name();
        String[] how = new String[2];
        OdePort output = output(how);
        boolean dimensionless = output.unit().equals("1");
        Optional<OdePort> input = input(read, dimensionless, how);
        String time = timeUnit == null ? dimensionless ? "1" : "ms" : timeUnit;
        String sentence = "potential: state " + output + ", " + how[1] + "; current: "
                + input.map(port -> "parameter " + port).orElse("none") + ", " + how[0] + "; time: "
                + (time.equals("1") ? "dimensionless" : time)
                + (timeUnit == null ? ", assumed" : ", as the file says");
        return new OdePorts(input, output, time, sentence);
    }

    private OdePort output(String[] how) {
        List<String> states = names.named(Names.Kind.STATE);
        Directives.Choice asked = OdeChoice.parse(said.output());
        Directives.Choice choice = asked != null ? asked : file.output;
        if (choice != null) {
            how[1] = asked != null ? "as you say" : "as the file says";
            String found = find(choice.name(), states);
            if (found == null) {
                faults.add(choice.place(), "there is no state '" + choice.name() + "' for the potential; did you mean '"
                        + Nearest.to(choice.name(), states) + "'? allowed: " + shown(states));
                return new OdePort(states.get(0), "1");
            }
            return new OdePort(found, unit(choice, found, how, 1,
                    EXCITATIONS.contains(found.toLowerCase(Locale.ROOT)) ? "1" : "mV"));
        }
        how[1] = "by its usual name";
        for (List<String> usual : List.of(POTENTIALS, EXCITATIONS)) {
            for (String name : usual) {
                String found = find(name, states);
                if (found != null) {
                    return new OdePort(found, unit(null, found, how, 1, usual == POTENTIALS ? "mV" : "1"));
                }
            }
        }
        how[1] = "the first state";
        return new OdePort(states.get(0), unit(null, states.get(0), how, 1, "1"));
    }

    private Optional<OdePort> input(Set<String> read, boolean dimensionless, String[] how) {
        List<String> parameters = names.named(Names.Kind.PARAMETER);
        String assumed = dimensionless ? "1" : "uA/cm2";
        Directives.Choice asked = OdeChoice.parse(said.input());
        Directives.Choice choice = asked != null ? asked : file.input;
        if (choice != null) {
            how[0] = asked != null ? "as you say" : "as the file says";
            String found = find(choice.name(), parameters);
            if (found == null) {
                faults.add(choice.place(), "there is no parameter '" + choice.name() + "' for the injected current; did"
                        + " you mean '" + Nearest.to(choice.name(), parameters) + "'? allowed: " + shown(parameters));
                return Optional.empty();
            }
            if (!read.contains(found) && !faults.any()) {
                Place place = asked != null ? names.meaning(found.toLowerCase(Locale.ROOT)).place() : choice.place();
                faults.add(place, "no equation reads the current '" + found + "'; allowed: "
                        + shown(parameters.stream().filter(read::contains).toList()));
            }
            return Optional.of(new OdePort(found, unit(choice, found, how, 0, assumed)));
        }
        for (String name : CURRENTS) {
            String found = find(name, parameters);
            if (found != null && read.contains(found)) {
                how[0] = "by its usual name";
                return Optional.of(new OdePort(found, unit(null, found, how, 0, assumed)));
            }
        }
        how[0] = "for no parameter has a usual name of a current (" + String.join(", ", CURRENTS.subList(0, 5))
                + ", ...); choose one with the line '# nagumo: input NAME UNIT'";
        return Optional.empty();
    }

    private String unit(Directives.Choice choice, String name, String[] how, int which, String assumed) {
        if (choice != null && choice.unit() != null) {
            return choice.unit();
        }
        Directives.About about = file.abouts.get(name.toLowerCase(Locale.ROOT));
        if (about != null && about.unit() != null) {
            return about.unit();
        }
        how[which] += " (unit assumed)";
        return assumed;
    }

    /** A list of names, of which there may be thousands. */
    static String shown(List<String> all) {
        List<String> some = new ArrayList<>(all.subList(0, Math.min(20, all.size())));
        if (all.size() > some.size()) {
            some.add("...");
        }
        return some.toString();
    }

    private static String find(String name, List<String> all) {
        return all.stream().filter(each -> each.equalsIgnoreCase(name)).findFirst().orElse(null);
    }
}
