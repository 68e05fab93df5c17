package org.nagumo.experiments.benchmark;

import java.lang.module.ModuleFinder;
import java.util.List;

/** Whether the measured processes have the module {@code jdk.incubator.vector}. */
public enum VectorModule {

    /** Without and, where the JDK has it, with it. */
    AUTO,

    /** With it. */
    ON,

    /** Without it. */
    OFF;

    private static final String NAME = "jdk.incubator.vector";

    /** Arguments of the Java processes, one list for each setting to be measured. */
    List<List<String>> arguments() {
        List<String> with = List.of("--add-modules", NAME);
        List<String> without = List.of();
        return switch (this) {
            case AUTO -> isThere() ? List.of(without, with) : List.of(without);
            case ON -> List.of(with);
            case OFF -> List.of(without);
        };
    }

    /** Whether this JDK has the module. */
    public static boolean isThere() {
        return ModuleFinder.ofSystem().find(NAME).isPresent();
    }

    /** Whether a process with these arguments has the module. */
    static boolean isIn(Iterable<String> jvmArguments) {
        for (String argument : jvmArguments) {
            if (argument.contains(NAME)) {
                return true;
            }
        }
        return false;
    }
}
