package org.nagumo.datagen.ode;

import java.util.List;
import java.util.Map;
import org.nagumo.core.equations.EquationSystem;

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
     * The name of a quantity as people read it.
     *
     * @param name name in the equations
     * @return another spelling if the file gives one, else the name
     */
    public String spelling(String name) {
        return spellings.getOrDefault(name, name);
    }
}
