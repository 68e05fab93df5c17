package org.nagumo.datagen.recording.set;

/**
 * A stretch of time within a sweep.
 *
 * @param fromMs start in ms after the first sample of the sweep
 * @param toMs   end in ms, not included; infinity for the end of the sweep
 */
public record Span(double fromMs, double toMs) {

    /** A whole sweep. */
    public static final Span WHOLE = new Span(0, Double.POSITIVE_INFINITY);

    public Span {
        if (!(fromMs >= 0) || !(toMs > fromMs)) {
            throw new IllegalArgumentException("the stretch goes from " + fromMs + " to " + toMs
                    + " ms; allowed: from 0 on, and an end after its start");
        }
    }
}
