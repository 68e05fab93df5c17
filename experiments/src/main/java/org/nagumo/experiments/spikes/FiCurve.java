package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.nagumo.datagen.simulate.Trace;

/**
 * Firing against the current of a step, over several traces.
 *
 * @param points one for each trace with a step, in order of the current
 */
public record FiCurve(List<Point> points) {

    /**
     * A trace's part in the curve.
     *
     * @param trace    name of the trace
     * @param spikes   all its spikes
     * @param step     its step; null without one
     * @param constant its current, where it does not change
     */
    public record Sweep(String trace, List<Spike> spikes, CurrentStep step, OptionalDouble constant) {

        /**
         * Prepares a trace.
         *
         * @param name   name of the trace
         * @param trace  current and potential
         * @param spikes all its spikes
         * @return what the curve needs of it
         */
        public static Sweep of(String name, Trace trace, List<Spike> spikes) {
            return new Sweep(name, List.copyOf(spikes), CurrentStep.in(trace.current()).orElse(null),
                    CurrentStep.constant(trace.current()));
        }
    }

    /**
     * One point of the curve.
     *
     * @param trace      name of the trace
     * @param uaPerCm2   current in the step
     * @param statistics spikes between its onset and offset
     */
    public record Point(String trace, double uaPerCm2, SpikeStatistics statistics) {
    }

    public FiCurve {
        points = List.copyOf(points);
    }

    /**
     * Makes the curve. A trace under a constant current, a step of height 0, counts where all other steps have one
     * onset and one offset.
     *
     * @param sweeps the traces
     * @return the curve, empty where no trace has a step
     */
    public static FiCurve of(List<Sweep> sweeps) {
        List<CurrentStep> steps = sweeps.stream().map(Sweep::step).filter(s -> s != null).toList();
        boolean common = !steps.isEmpty() && steps.stream().allMatch(s -> same(s.onsetMs(), steps.get(0).onsetMs())
                && same(s.offsetMs(), steps.get(0).offsetMs()));
        List<Point> points = new ArrayList<>();
        for (Sweep sweep : sweeps) {
            if (sweep.step != null) {
                points.add(point(sweep, sweep.step, sweep.step.uaPerCm2()));
            } else if (common && sweep.constant.isPresent()) {
                points.add(point(sweep, steps.get(0), sweep.constant.getAsDouble()));
            }
        }
        points.sort(Comparator.comparingDouble(Point::uaPerCm2));
        return new FiCurve(points);
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) < 1e-6 * (1 + Math.abs(a));
    }

    private static Point point(Sweep sweep, CurrentStep step, double current) {
        return new Point(sweep.trace, current, new SpikeStatistics(
                sweep.spikes.stream().filter(s -> s.timeMs() >= step.onsetMs() && s.timeMs() < step.offsetMs())
                        .toList(),
                sweep.spikes.stream().filter(s -> s.timeMs() >= step.offsetMs()).toList(), step.onsetMs(),
                step.offsetMs(), Double.NaN));
    }

    /** The curve as JSON; undefined numbers are null. */
    public ArrayNode toJson() {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (Point point : points) {
            ObjectNode json = array.addObject().put("trace", point.trace).put("current_uA_per_cm2", point.uaPerCm2);
            json.put(SpikeStatistics.COUNT.key(), point.statistics.count());
            JsonNumber.put(json, SpikeStatistics.LATENCY.key(), point.statistics.latencyMs());
            JsonNumber.put(json, SpikeStatistics.MEAN_RATE.key(), point.statistics.meanRateHz());
            JsonNumber.put(json, SpikeStatistics.STEADY_RATE.key(), point.statistics.steadyRateHz());
        }
        return array;
    }
}
