package org.nagumo.datagen.neuron;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.Nearest;

/**
 * The neurons that can be named in a protocol or on the command line: those that ship with this module as files of
 * equations; any file of equations whose name ends in {@code .ode}; and every class that a jar or folder of the class
 * path lists in {@code META-INF/services/org.nagumo.datagen.neuron.Neuron}, with a public constructor without
 * arguments for the standard parameters. The name of a neuron that ships always means that neuron.
 */
public final class Neurons {

    /** The ending of files of equations. */
    public static final String ENDING = ".ode";

    private Neurons() {
    }

    private static List<Neuron> classes() {
        return ServiceLoader.load(Neuron.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /** All names, those of this module first. */
    public static List<String> names() {
        Set<String> names = new LinkedHashSet<>(ShippedNeurons.NAMES);
        classes().forEach(neuron -> names.add(neuron.name()));
        return List.copyOf(names);
    }

    /**
     * The neuron of that name, or of a file of equations, with its standard parameters.
     *
     * @param nameOrFile one of {@link #names()}, or the path of a file that ends in {@link #ENDING}
     * @return the neuron
     * @throws IllegalArgumentException naming the neurons there are
     * @throws InputException           when the file cannot be read or has faults
     */
    public static Neuron named(String nameOrFile) {
        if (nameOrFile.endsWith(ENDING)) {
            return EquationNeuron.read(Path.of(nameOrFile));
        }
        if (ShippedNeurons.NAMES.contains(nameOrFile)) {
            return ShippedNeurons.named(nameOrFile);
        }
        return classes().stream().filter(neuron -> neuron.name().equals(nameOrFile)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no neuron '" + nameOrFile + "'; allowed: "
                        + names() + ", or a file " + ENDING + "; did you mean '" + Nearest.to(nameOrFile, names())
                        + "'?"));
    }

    /**
     * A neuron that is given by equations.
     *
     * @param neuron a neuron
     * @return the neuron itself; empty for a class that somebody wrote
     */
    public static Optional<EquationNeuron> equations(Neuron neuron) {
        return neuron instanceof EquationNeuron given ? Optional.of(given) : Optional.empty();
    }

    /** A neuron's parameters that are not the standard ones, by their names, in their order. */
    public static Map<String, Double> changed(Neuron neuron) {
        Map<String, Double> changed = new LinkedHashMap<>();
        List<Parameter> standard = neuron.standardParameters();
        for (int p = 0; p < standard.size(); p++) {
            Parameter parameter = neuron.parameters().get(p);
            if (parameter.value() != standard.get(p).value()) {
                changed.put(parameter.name(), parameter.value());
            }
        }
        return changed;
    }

    /** A neuron's name with the parameters that are not the standard ones, such as {@code hh with gNa = 110}. */
    public static String label(Neuron neuron) {
        return label(neuron.name(), changed(neuron));
    }

    /** The same by name and changed parameters. */
    public static String label(String name, Map<String, Double> changed) {
        return changed.isEmpty() ? name : name + changed.entrySet().stream()
                .map(each -> each.getKey() + " = " + BigDecimal.valueOf(each.getValue()).stripTrailingZeros()
                        .toPlainString()).collect(Collectors.joining(", ", " with ", ""));
    }
}
