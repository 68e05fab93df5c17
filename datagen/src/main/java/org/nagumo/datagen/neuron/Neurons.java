package org.nagumo.datagen.neuron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nagumo.datagen.io.Nearest;

/** The neurons that can be named in a protocol or on the command line. */
public final class Neurons {

    private static final Map<String, Supplier<Neuron>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("hh", HodgkinHuxley::new);
        BY_NAME.put("fhn", FitzHughNagumo::new);
        BY_NAME.put("bvp", BonhoefferVanDerPol::new);
        BY_NAME.put("rinzel", RinzelReduction::new);
    }

    private Neurons() {
    }

    /** All names, in the order of documentation. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /**
     * The neuron of that name with its standard parameters.
     *
     * @throws IllegalArgumentException naming the neurons there are
     */
    public static Neuron named(String name) {
        Supplier<Neuron> neuron = BY_NAME.get(name);
        if (neuron == null) {
            throw new IllegalArgumentException("there is no neuron '" + name + "'; allowed: " + names()
                    + "; did you mean '" + Nearest.to(name, names()) + "'?");
        }
        return neuron.get();
    }
}
