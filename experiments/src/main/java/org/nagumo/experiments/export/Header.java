package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.neuron.PhysicalUnits;

/** The lines at the head of every exported file. */
final class Header {

    private Header() {
    }

    /**
     * What the file is, and how it is run.
     *
     * @param system the system
     * @param run    lines that say how the file is run
     * @return lines without marks of comments
     */
    static List<String> lines(ExportedSystem system, String... run) {
        List<String> lines = new ArrayList<>(system.origin());
        lines.add("Written by Nagumo " + version());
        PhysicalUnits units = system.units();
        lines.add("Current " + system.input().name() + unit(units.current()) + ", a positive one depolarises unless the"
                + " equations say otherwise; potential " + system.potential() + unit(units.potential()) + "; time"
                + unit(units.time()));
        lines.addAll(List.of(run));
        return lines;
    }

    /** The version of Nagumo that writes the file. */
    static String version() {
        String version = Header.class.getPackage().getImplementationVersion();
        return version == null ? "(development version)" : version;
    }

    /** A unit behind a name. */
    static String unit(String unit) {
        return unit.equals("1") ? " without unit" : " in " + unit;
    }

    /** Unit and comment of a quantity, as a comment says them. */
    static String about(String unit, String comment) {
        String shown = unit.equals("1") ? "" : unit;
        return shown.isEmpty() || comment.isEmpty() ? shown + comment : shown + ", " + comment;
    }
}
