package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nagumo.datagen.simulate.CurrentTrace;

/**
 * A step of current: one level from onset to offset, another before and after.
 *
 * @param onsetMs      time of the first sample of the step in ms, on the clock of the trace
 * @param offsetMs     time of the first sample after it
 * @param baseUaPerCm2 mean current outside the step
 * @param uaPerCm2     mean current in the step
 */
public record CurrentStep(double onsetMs, double offsetMs, double baseUaPerCm2, double uaPerCm2) {

    /** Part of the step's height that noise may reach. */
    private static final double NOISE = 0.2;

    /** Part of the samples that may be farther away, as at the flanks of a filtered current. */
    private static final double OUTLIERS = 0.02;

    /** Part of a trace at its ends that shows the base. */
    private static final double EDGE = 0.01;

    /**
     * Looks for a step in a current. The step is the one stretch that differs from the base by more than half the
     * largest difference; all but 2 % of the samples have to be within a fifth of the height of the two levels. Where
     * the ends of the current differ, the one closer to 0 is the base.
     *
     * @param current a current, which may be noisy
     * @return the step, or nothing where the current is anything else
     */
    public static Optional<CurrentStep> in(CurrentTrace current) {
        double[] c = current.currentUaPerCm2();
        int edge = Math.max(1, (int) (EDGE * c.length));
        double first = mean(c, 0, edge);
        double last = mean(c, c.length - edge, c.length);
        double base = Math.abs(first) <= Math.abs(last) ? first : last;
        double height = 0;
        for (double value : c) {
            if (Math.abs(value - base) > Math.abs(height)) {
                height = value - base;
            }
        }
        int from = 0;
        while (from < c.length && !on(c[from], base, height)) {
            from++;
        }
        int to = c.length;
        while (to > from && !on(c[to - 1], base, height)) {
            to--;
        }
        if (height == 0 || to - from < 2 || to - from == c.length) {
            return Optional.empty();
        }
        double level = mean(c, from, to);
        double outside = (mean(c, 0, c.length) * c.length - level * (to - from)) / (c.length - (to - from));
        double noise = NOISE * Math.abs(level - outside);
        int astray = 0;
        for (int i = 0; i < c.length; i++) {
            if (Math.abs(c[i] - (i >= from && i < to ? level : outside)) > noise) {
                astray++;
            }
        }
        return astray > OUTLIERS * Math.min(to - from, c.length - (to - from)) ? Optional.empty()
                : Optional.of(new CurrentStep(current.startMs() + from * current.dtMs(),
                        current.startMs() + to * current.dtMs(), outside, level));
    }

    /**
     * Returns the current of a trace without any change.
     *
     * @param current a current
     * @return its value, or nothing where it changes
     */
    public static OptionalDouble constant(CurrentTrace current) {
        double[] c = current.currentUaPerCm2();
        for (double value : c) {
            if (value != c[0]) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(c[0]);
    }

    private static boolean on(double value, double base, double height) {
        return (value - base) * Math.signum(height) > Math.abs(height) / 2;
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    /** Height of the step, its current minus the base. */
    public double heightUaPerCm2() {
        return uaPerCm2 - baseUaPerCm2;
    }

    /** The step as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("onset_ms", onsetMs).put("offset_ms", offsetMs).put("base_uA_per_cm2", baseUaPerCm2)
                .put("current_uA_per_cm2", uaPerCm2);
        return json;
    }
}
