package org.nagumo.datagen.neuron;

import java.util.List;
import java.util.ServiceLoader;
import org.nagumo.datagen.io.Nearest;

/**
 * The neurons that can be named in a protocol or on the command line: all that some jar or folder of the class path
 * lists in {@code META-INF/services/org.nagumo.datagen.neuron.Neuron}, with a public constructor without arguments for
 * the standard parameters. A new neuron is one class and one line there, in a project of its own if need be.
 */
public final class Neurons {

    private Neurons() {
    }

    /** All names, those of this module first. */
    public static List<String> names() {
        return ServiceLoader.load(Neuron.class).stream().map(provider -> provider.get().name()).toList();
    }

    /**
     * The neuron of that name with its standard parameters.
     *
     * @throws IllegalArgumentException naming the neurons there are
     */
    public static Neuron named(String name) {
        for (Neuron neuron : ServiceLoader.load(Neuron.class)) {
            if (neuron.name().equals(name)) {
                return neuron;
            }
        }
        throw new IllegalArgumentException("there is no neuron '" + name + "'; allowed: " + names()
                + "; did you mean '" + Nearest.to(name, names()) + "'?");
    }
}
