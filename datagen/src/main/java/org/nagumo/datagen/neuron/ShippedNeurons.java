package org.nagumo.datagen.neuron;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nagumo.datagen.ode.OdeChoice;

/** The neurons that ship with this module as files of equations. */
final class ShippedNeurons {

    static final List<String> NAMES = List.of("hh", "fhn", "fhn-psi", "bvp", "rinzel", "morris-lecar-1",
            "morris-lecar-2", "morris-lecar-homoclinic", "connor-stevens", "wang-buzsaki", "inap-ik", "inap-ik-low",
            "traub-miles", "pospischil-rs", "pospischil-fs", "pospischil-lts", "hindmarsh-rose", "sherman-rinzel");

    private static final Map<String, EquationNeuron> READ = new ConcurrentHashMap<>();

    private ShippedNeurons() {
    }

    /** The text of a neuron's file. */
    static String text(String name) {
        String resource = "/org/nagumo/datagen/neurons/" + name + ".ode";
        try (InputStream in = ShippedNeurons.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A neuron with its standard parameters; it is read once, so that all share its compiled code. */
    static EquationNeuron named(String name) {
        return READ.computeIfAbsent(name, key -> EquationNeuron.parse(key + ".ode", text(key), OdeChoice.NONE));
    }
}
