package org.nagumo.datagen.ode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Parameter;

/**
 * The content of an {@code .ode} file.
 *
 * @param file         the file as it is named in faults
 * @param name         name of the system: what the file says, or the file's name without its ending
 * @param text         the text that was read
 * @param system       the equations, with the states in the order of the file, functions written out, and the
 *                     formulas of {@code aux} as outputs (an output whose name another quantity has ends in
 *                     {@code _aux})
 * @param ports        input and potential
 * @param spellings    names that differ from those in the equations, for people, by the names in the equations
 * @param scales       typical ranges of states that the file states, by state
 * @param traits       what the file states for measurements and pictures
 * @param requirements conditions on the parameters
 * @param options      XPPAUT's options, by their names in lower case, such as {@code total} and {@code dt}
 * @param remarks      places where the writer may have meant something else
 */
public record OdeFile(String file, String name, String text, EquationSystem system, OdePorts ports,
        Map<String, String> spellings, Map<String, Double> scales, OdeTraits traits,
        List<OdeRequirement> requirements, Map<String, String> options, List<OdeFault> remarks) {

    /** Copies the collections. */
    public OdeFile {
        spellings = Map.copyOf(spellings);
        scales = Map.copyOf(scales);
        requirements = List.copyOf(requirements);
        options = Map.copyOf(options);
        remarks = List.copyOf(remarks);
    }

    /**
     * The file with other values of its parameters.
     *
     * @param values values by the names of parameters as people read them
     * @return the file's content with these values
     * @throws IllegalArgumentException when there is no such parameter, a value is not finite, or the file requires
     *     another
     */
    public OdeFile with(Map<String, Double> values) {
        Map<String, Double> changed = new LinkedHashMap<>();
        Map<String, Double> all = new LinkedHashMap<>();
        system.parameters().forEach(each -> all.put(each.name(), each.value()));
        values.forEach((name, value) -> {
            String known = system.parameters().stream().map(Parameter::name)
                    .filter(each -> spelling(each).equals(name)).findFirst().orElseThrow(() ->
                            new IllegalArgumentException(file + ": has no parameter '" + name + "'; allowed: "
                                    + system.parameters().stream().map(each -> spelling(each.name())).toList()));
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(file + ": parameter '" + name + "' is " + value
                        + "; allowed: finite numbers");
            }
            changed.put(known, value);
        });
        all.putAll(changed);
        for (OdeRequirement each : requirements) {
            if (!(each.condition().value(all) != 0)) {
                throw new IllegalArgumentException(file + ": parameter '" + spelling(each.parameter()) + "' is "
                        + all.get(each.parameter()) + "; allowed: " + each.text());
            }
        }
        return new OdeFile(file, name, text, system.with(changed), ports, spellings, scales, traits, requirements,
                options, remarks);
    }

    /**
     * The name of a quantity as people read it.
     *
     * @param name name in the equations
     * @return another spelling if the file gives one, else the name
     */
    public String spelling(String name) {
        return spellings.getOrDefault(name, name);
    }
}
