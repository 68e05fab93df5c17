package org.nagumo.datagen.simulate;

/**
 * An injected current on a uniform time grid: value {@code i} is held from {@code startMs + i * dtMs} until
 * {@code startMs + (i + 1) * dtMs}.
 *
 * @param dtMs            sampling step in ms, positive
 * @param currentUaPerCm2 current in uA/cm2, one value a sample; not copied, not to be modified
 * @param startMs         time of the first sample in ms, on the clock of the file it was read from
 */
public record CurrentTrace(double dtMs, double[] currentUaPerCm2, double startMs) {

    public CurrentTrace {
        if (!(dtMs > 0) || Double.isInfinite(dtMs)) {
            throw new IllegalArgumentException("dtMs is " + dtMs + "; allowed: a positive, finite number of ms");
        }
        if (!Double.isFinite(startMs)) {
            throw new IllegalArgumentException("startMs is " + startMs + "; allowed: finite numbers");
        }
        if (currentUaPerCm2.length == 0) {
            throw new IllegalArgumentException("currentUaPerCm2 is empty; allowed: at least one sample");
        }
        for (int i = 0; i < currentUaPerCm2.length; i++) {
            if (!Double.isFinite(currentUaPerCm2[i])) {
                throw new IllegalArgumentException("currentUaPerCm2[" + i + "] is " + currentUaPerCm2[i]
                        + "; allowed: finite numbers");
            }
        }
    }

    /**
     * A current that starts at 0 ms.
     *
     * @param dtMs            sampling step in ms, positive
     * @param currentUaPerCm2 current in uA/cm2, one value a sample; not copied, not to be modified
     */
    public CurrentTrace(double dtMs, double[] currentUaPerCm2) {
        this(dtMs, currentUaPerCm2, 0);
    }

    /** Number of samples. */
    public int length() {
        return currentUaPerCm2.length;
    }

    /** Duration in ms. */
    public double durationMs() {
        return dtMs * currentUaPerCm2.length;
    }
}
