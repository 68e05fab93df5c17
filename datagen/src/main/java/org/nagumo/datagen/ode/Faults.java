package org.nagumo.datagen.ode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the faults and the remarks about one file. */
final class Faults {

    /** A file with more faults is probably no {@code .ode} file at all. */
    private static final int MOST = 100;

    private final String file;
    private final List<OdeFault> faults = new ArrayList<>();
    private final List<OdeFault> remarks = new ArrayList<>();
    private int dropped;

    Faults(String file) {
        this.file = file;
    }

    /** Adds a fault; the file is refused. */
    void add(Place place, String text) {
        OdeFault fault = new OdeFault(file, place.line(), place.column(), text);
        if (faults.size() == MOST) {
            dropped++;
        } else if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /** Adds a remark; the file is read, but its writer may have meant something else. */
    void remark(Place place, String text) {
        OdeFault remark = new OdeFault(file, place.line(), place.column(), text);
        if (remarks.size() < MOST && !remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    boolean any() {
        return !faults.isEmpty();
    }

    /** Whether so many faults are known that no further work is worth while. */
    boolean full() {
        return dropped > 0;
    }

    List<OdeFault> remarks() {
        return sorted(remarks);
    }

    private static List<OdeFault> sorted(List<OdeFault> list) {
        return list.stream().sorted(Comparator.comparingInt(OdeFault::line).thenComparingInt(OdeFault::column))
                .toList();
    }

    /**
     * Ends the reading of a file with faults.
     *
     * @throws OdeException when there is any fault
     */
    void report() {
        if (any()) {
            List<OdeFault> all = new ArrayList<>(sorted(faults));
            if (dropped > 0) {
                OdeFault last = all.get(all.size() - 1);
                all.set(all.size() - 1, new OdeFault(last.file(), last.line(), last.column(),
                        last.text() + " (" + dropped + " more faults are not listed)"));
            }
            throw new OdeException(all);
        }
    }
}
