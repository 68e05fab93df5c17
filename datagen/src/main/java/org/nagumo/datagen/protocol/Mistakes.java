package org.nagumo.datagen.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.nagumo.datagen.io.InputException;

/** Gathers the faults of a file, each once, so that a person can mend them all at once. */
public final class Mistakes {

    private final Set<String> lines = new LinkedHashSet<>();

    /** What the part gives, or null when it has a fault. */
    public <T> T gather(Supplier<T> part) {
        try {
            return part.get();
        } catch (InputException e) {
            add(e);
            return null;
        }
    }

    /** Adds a fault, or several with a line each. */
    public void add(InputException fault) {
        fault.getMessage().lines().forEach(lines::add);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Number of faults so far. */
    public int count() {
        return lines.size();
    }

    /** @throws InputException with one line a fault, when there is any */
    public void report() {
        if (!lines.isEmpty()) {
            throw new InputException(String.join("\n", lines));
        }
    }
}
