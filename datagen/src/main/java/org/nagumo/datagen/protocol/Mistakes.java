package org.nagumo.datagen.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.nagumo.datagen.io.InputException;

/** Gathers the faults of independent parts of a file, so that a person can mend them all at once. */
final class Mistakes {

    private final List<String> lines = new ArrayList<>();

    /** What the part gives, or null when it has a fault. */
    <T> T gather(Supplier<T> part) {
        try {
            return part.get();
        } catch (InputException e) {
            lines.add(e.getMessage());
            return null;
        }
    }

    void add(InputException fault) {
        lines.add(fault.getMessage());
    }

    /** @throws InputException with one line a fault, when there is any */
    void report() {
        if (!lines.isEmpty()) {
            throw new InputException(String.join("\n", lines));
        }
    }
}
