package org.nagumo.experiments.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.nagumo.datagen.io.InputException;

/**
 * The trained networks that ship with this project. Each is a resource {@code NAME.zip} beside this class, a
 * {@code model.zip} that {@code reproduce} or {@code train} wrote, with a record {@code NAME.json}: the command that
 * trained it, its seed,
 * the checksum of its data, versions, and the metrics that it has.
 */
public final class ShippedNetworks {

    private static final List<String> NAMES = List.of("gru-2", "gru-2-plain", "gru-3", "gru-8", "fhn-2");

    private ShippedNetworks() {
    }

    /** The names, the first being that of the network in the README. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A network by its name.
     *
     * @throws InputException when there is none of this name
     */
    public static TrainedNetwork named(String name) {
        if (!NAMES.contains(name)) {
            throw new InputException("no network '" + name + "' ships with this project; allowed: " + NAMES);
        }
        try (InputStream in = ShippedNetworks.class.getResourceAsStream(name + ".zip")) {
            Path file = Files.createTempFile("nagumo-" + name, ".zip");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return TrainedNetwork.load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
