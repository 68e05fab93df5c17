package org.nagumo.datagen.neuron;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nagumo.datagen.io.Nearest;

/**
 * The neurons that can be named in a protocol or on the command line: all that some jar or folder of the class path
 * lists in {@code META-INF/services/org.nagumo.datagen.neuron.Neuron}, with a public constructor without arguments for
 * the standard parameters. A new neuron is one class and one line there, in a project of its own if need be.
 */
public final class Neurons {

    private Neurons() {
    }

    /** All there are, those of this module first. */
    private static Stream<Neuron> all() {
        return ServiceLoader.load(Neuron.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(neuron -> neuron.getClass().getPackage() != Neurons.class.getPackage()));
    }

    /** All names, those of this module first. */
    public static List<String> names() {
        return all().map(Neuron::name).toList();
    }

    /**
     * The neuron of that name with its standard parameters.
     *
     * @throws IllegalArgumentException naming the neurons there are
     */
    public static Neuron named(String name) {
        return all().filter(neuron -> neuron.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("there is no neuron '" + name + "'; allowed: " + names()
                        + "; did you mean '" + Nearest.to(name, names()) + "'?"));
    }

    /** A neuron's parameters that are not the standard ones, by their names, in their order. */
    public static Map<String, Double> changed(Neuron neuron) {
        Map<String, Double> changed = new LinkedHashMap<>();
        List<Parameter> standard = named(neuron.name()).parameters();
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
