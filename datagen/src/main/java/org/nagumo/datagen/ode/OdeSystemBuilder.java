package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.Fault;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.InvalidSystemException;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.io.Nearest;

/** Builds the system of equations from the statements of a file. */
final class OdeSystemBuilder {

    private static final int LONGEST_MESSAGE = 400;

    private final Declarations file;
    private final Faults faults;
    private final Names names;
    private final Formulas formulas;
    private final List<Definition> temporaries = new ArrayList<>();
    private final Map<String, Expression> rates = new LinkedHashMap<>();

    OdeSystemBuilder(Declarations file, Faults faults) {
        this.file = file;
        this.faults = faults;
        this.names = new Names(file, faults);
        this.formulas = new Formulas(names, faults);
    }

    /**
     * Builds the content of a file.
     *
     * @throws OdeException when the file has a fault
     */
    OdeFile build(String path, String defaultName, String text, OdeChoice said) {
        file.derived.forEach(each -> temporaries.add(definition(each)));
        file.temporaries.forEach(each -> temporaries.add(definition(each)));
        file.equations.forEach(each -> rates.putIfAbsent(each.name(), formulas.expression(each.formula())));
        // The functions that nothing calls may have faults as well.
        file.functions.forEach(formulas::check);
        List<Definition> outputs = outputs();
        List<OdeRequirement> requirements = requirements();
        OdeTraits traits = new TraitsReader(file.directives, names, faults).read(
                file.directives.plane == null ? null : formulas.expression(file.directives.plane.formula()));
        checkDerived();
        remarkOnOrder();
        file.directives.abouts.values().forEach(each -> checkName(each.place(), each.name(), "about",
                names.values()));
        file.directives.scales.values().forEach(each -> checkName(each.place(), each.name(), "scale",
                names.named(Names.Kind.STATE)));
        if (rates.isEmpty()) {
            if (!faults.any()) {
                faults.add(Place.START, "has no differential equation; allowed: at least one, x'=formula");
            }
            faults.report();
        }
        OdePorts ports = new PortChooser(names, file.directives, said, faults)
                .choose(Dependencies.of(rates.values(), temporaries));
        Map<String, Double> initials = initials();
        EquationSystem system = system(directed(file.directives.name, defaultName), ports, initials, outputs);
        faults.report();
        return new OdeFile(path, system.name(), text, system, ports, spellings(), scales(), traits, requirements,
                file.options,
                faults.remarks());
    }

    private static String directed(Directives.Choice choice, String otherwise) {
        return choice == null ? otherwise : choice.name();
    }

    private Definition definition(Declarations.Formula each) {
        return new Definition(each.name(), formulas.expression(each.formula()), unit(each.name()),
                comment(each.name()));
    }

    private Directives.About about(String name) {
        return file.directives.abouts.get(name.toLowerCase(Locale.ROOT));
    }

    private String unit(String name) {
        Directives.About about = about(name);
        return about == null || about.unit() == null ? "" : about.unit();
    }

    private String comment(String name) {
        Directives.About about = about(name);
        return about == null ? "" : about.text();
    }

    private List<Definition> outputs() {
        Set<String> taken = new LinkedHashSet<>();
        names.values().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
        List<Definition> outputs = new ArrayList<>();
        for (Declarations.Formula each : file.auxiliaries) {
            Expression expression = formulas.expression(each.formula());
            String name = each.name();
            while (!taken.add(name.toLowerCase(Locale.ROOT)) || Formulas.isReserved(name.toLowerCase(Locale.ROOT))) {
                name += "_aux";
            }
            outputs.add(new Definition(name, expression, unit(each.name()), comment(each.name())));
        }
        return outputs;
    }

    private void checkName(Place place, String name, String word, List<String> known) {
        if (known.stream().noneMatch(name::equalsIgnoreCase)) {
            faults.add(place, "'" + word + "' speaks of '" + name + "', which the file does not define; did you mean '"
                    + Nearest.to(name, known) + "'?");
        }
    }

    private List<OdeRequirement> requirements() {
        List<OdeRequirement> all = new ArrayList<>();
        for (Directives.Condition condition : file.directives.conditions) {
            Expression expression = formulas.expression(condition.formula());
            List<String> parameters = names.named(Names.Kind.PARAMETER);
            String other = expression.names().stream().filter(name -> !parameters.contains(name)).findFirst()
                    .orElse(null);
            if (other != null || expression.names().isEmpty()) {
                faults.add(condition.place(), "'require " + condition.text() + "' "
                        + (other == null ? "has no parameter" : "uses '" + other + "', which is no parameter")
                        + "; allowed: a condition on parameters, such as gna >= 0");
            } else {
                all.add(new OdeRequirement(expression.names().iterator().next(), expression, condition.text()));
            }
        }
        return all;
    }

    private void checkDerived() {
        Set<String> allowed = new LinkedHashSet<>(names.named(Names.Kind.PARAMETER, Names.Kind.DERIVED));
        for (int k = 0; k < file.derived.size(); k++) {
            Declarations.Formula derived = file.derived.get(k);
            for (String name : temporaries.get(k).expression().names()) {
                if (!allowed.contains(name)) {
                    faults.add(derived.place(), "the derived parameter '" + derived.name() + "' uses '" + name
                            + "', which is no parameter; allowed: parameters, numbers and derived parameters");
                }
            }
        }
    }

    /** XPPAUT evaluates temporaries in the order of the file; here the order is no matter, which deserves a remark. */
    private void remarkOnOrder() {
        Map<String, Place> places = new HashMap<>();
        file.temporaries.forEach(each -> places.put(each.name(), each.place()));
        for (int k = 0; k < file.temporaries.size(); k++) {
            Declarations.Formula each = file.temporaries.get(k);
            for (String name : temporaries.get(file.derived.size() + k).expression().names()) {
                Place other = places.get(name);
                if (other != null && other.line() > each.place().line()) {
                    faults.remark(each.place(), "'" + each.name() + "' uses '" + name + "', which is defined behind it"
                            + " in line " + other.line() + "; XPPAUT takes its value of the step before, this program"
                            + " the present one");
                }
            }
        }
    }

    private Map<String, Double> initials() {
        Map<String, Double> values = new HashMap<>();
        file.parameters.forEach(each -> values.put(each.name(), each.value()));
        values.put(EquationSystem.TIME, 0.0);
        Map<String, Expression> open = new LinkedHashMap<>();
        temporaries.subList(0, file.derived.size()).forEach(each -> open.put(each.name(), each.expression()));
        for (int before = -1; before != values.size();) {
            before = values.size();
            open.forEach((name, expression) -> {
                if (values.keySet().containsAll(expression.names())) {
                    values.putIfAbsent(name, expression.value(values));
                }
            });
        }
        Map<String, Double> initials = new HashMap<>();
        for (Declarations.Formula each : file.initials) {
            Names.Meaning meaning = names.meaning(each.name().toLowerCase(Locale.ROOT));
            if (names.isRefused(each.name().toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (meaning == null || meaning.kind() != Names.Kind.STATE) {
                faults.add(each.place(), "'" + each.name() + "' has an initial value, but no equation; allowed: one of "
                        + PortChooser.shown(names.named(Names.Kind.STATE)) + ", or an equation " + each.name()
                        + "'=formula");
                continue;
            }
            Expression expression = formulas.expression(each.formula());
            if (!values.keySet().containsAll(expression.names())) {
                faults.add(each.place(), "the initial value of '" + each.name() + "' depends on more than parameters;"
                        + " allowed: a number or a formula of parameters");
                continue;
            }
            double value = expression.value(values);
            if (!Double.isFinite(value)) {
                faults.add(each.place(), "the initial value of '" + each.name() + "' is " + value
                        + "; allowed: a finite number");
                continue;
            }
            initials.put(meaning.name(), value);
        }
        return initials;
    }

    private EquationSystem system(String name, OdePorts ports, Map<String, Double> initials,
            List<Definition> outputs) {
        EquationSystem.Builder builder = EquationSystem.builder(name);
        String output = ports.output().name();
        rates.forEach((state, rate) -> builder.state(new State(state, rate, initials.getOrDefault(state, 0.0),
                state.equals(output) ? ports.output().unit() : unit(state), comment(state))));
        String input = ports.input().map(OdePort::name).orElse("");
        Set<String> added = new LinkedHashSet<>();
        for (Declarations.Value each : file.parameters) {
            if (!added.add(each.name().toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (each.name().equals(input)) {
                builder.input(new Input(input, each.value(), ports.input().orElseThrow().unit(), comment(input)));
            } else {
                builder.parameter(new Parameter(each.name(), each.value(), unit(each.name()), comment(each.name())));
            }
        }
        temporaries.forEach(builder::temporary);
        outputs.forEach(builder::output);
        try {
            return builder.build();
        } catch (InvalidSystemException e) {
            boolean first = !faults.any();
            for (Fault fault : e.faults()) {
                // The others are found here, with their places; the builder then sees what stands in for a fault.
                if (fault.kind() == Fault.Kind.CYCLE || first) {
                    faults.add(place(fault.quantity()), shortened(fault.message()));
                }
            }
            faults.report();
            throw e;
        }
    }

    /** A cycle may go through thousands of temporaries. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE / 2) + " ... "
                + message.substring(message.length() - LONGEST_MESSAGE / 2);
    }

    private Place place(String quantity) {
        Names.Meaning meaning = names.meaning(quantity.toLowerCase(Locale.ROOT));
        return meaning == null ? Place.START : meaning.place();
    }

    private Map<String, String> spellings() {
        Map<String, String> spellings = new LinkedHashMap<>();
        file.directives.abouts.forEach((key, about) -> {
            if (about.spelling() != null) {
                spellings.put(names.meaning(key).name(), about.spelling());
            }
        });
        return spellings;
    }

    private Map<String, Double> scales() {
        Map<String, Double> scales = new LinkedHashMap<>();
        file.directives.scales.forEach((key, scale) -> scales.put(names.meaning(key).name(), scale.value()));
        return scales;
    }
}
