package org.nagumo.experiments.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.nagumo.core.dynamics.AdaptiveSolver;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * The potential of a neuron under a step or a pulse of current, at the points of an error-controlled solution. The
 * solution ends early when the neuron is so near a stable equilibrium that it rests; the potential keeps its last value
 * then.
 */
final class StepResponse {

    private static final double TOLERANCE = 1e-7;
    private static final int MOST_EVALUATIONS = 500_000;

    /** Points of a step of the solver. */
    private static final int PARTS = 8;

    /** Times, evenly spread over the duration, at which rest is looked for, and how near it is. */
    private static final int LOOKS = 16;
    private static final double AT_REST = 1e-7;

    private final Neuron neuron;
    private final double duration;
    private final List<double[]> points = new ArrayList<>();
    private double[] state;
    private boolean complete = true;
    private double lateLow = Double.POSITIVE_INFINITY;
    private double lateHigh = Double.NEGATIVE_INFINITY;

    private StepResponse(Neuron neuron, double[] start, double duration) {
        this.neuron = neuron;
        this.duration = duration;
        state = start;
        points.add(new double[] {0, start[0]});
    }

    /**
     * The response to a constant current.
     *
     * @param start the first state
     */
    static StepResponse of(Neuron neuron, double[] start, double current, double duration) {
        StepResponse response = new StepResponse(neuron, start, duration);
        response.follow(current, 0, duration);
        response.keep();
        return response;
    }

    /**
     * The response to a pulse at the start of a duration.
     *
     * @param start the first state
     */
    static StepResponse ofPulse(Neuron neuron, double[] start, double current, double width, double duration) {
        StepResponse response = new StepResponse(neuron, start, duration);
        response.follow(current, 0, width);
        if (response.complete) {
            response.follow(0, width, duration);
        }
        response.keep();
        return response;
    }

    private void follow(double current, double from, double to) {
        double[] nextLook = {from + (to - from) / LOOKS};
        AdaptiveSolver.Ending ending = AdaptiveSolver.solve(neuron, current, state, to - from, TOLERANCE,
                MOST_EVALUATIONS, step -> {
                    for (int k = 1; k <= PARTS; k++) {
                        double time = k == PARTS ? step.toMs()
                                : step.fromMs() + (step.toMs() - step.fromMs()) * k / PARTS;
                        state = step.state(time);
                        add(from + time, state[0]);
                    }
                    if (from + step.toMs() < nextLook[0]) {
                        return true;
                    }
                    nextLook[0] = from + step.toMs() + (to - from) / LOOKS;
                    return !rests(current);
                });
        complete = ending == AdaptiveSolver.Ending.COMPLETE || ending == AdaptiveSolver.Ending.STOPPED;
    }

    private void add(double time, double potential) {
        points.add(new double[] {time, potential});
        if (time > duration / 2) {
            lateLow = Math.min(lateLow, potential);
            lateHigh = Math.max(lateHigh, potential);
        }
    }

    /** A response that rests early keeps its potential. */
    private void keep() {
        if (complete && points.get(points.size() - 1)[0] < duration) {
            add(duration, state[0]);
        }
    }

    private boolean rests(double current) {
        Equilibrium near = Equilibria.near(neuron, current, state).filter(Equilibrium::stable).orElse(null);
        for (int i = 0; near != null && i < state.length; i++) {
            if (Math.abs(near.state()[i] - state[i]) > AT_REST * (1 + Math.abs(state[i]))) {
                return false;
            }
        }
        return near != null;
    }

    /** Whether the solution neither diverges nor takes too many evaluations. */
    boolean complete() {
        return complete;
    }

    /** Lowest potential in the second half of the duration. */
    double lateLow() {
        return lateLow;
    }

    /** Highest potential in the second half of the duration. */
    double lateHigh() {
        return lateHigh;
    }

    /** Range of the potential in the last quarter of the duration. */
    double lastRange() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] point : points) {
            if (point[0] > 0.75 * duration) {
                low = Math.min(low, point[1]);
                high = Math.max(high, point[1]);
            }
        }
        return high - low;
    }

    /** How often the potential passes the middle between both upwards in the second half. */
    int latePassages() {
        double middle = (lateLow + lateHigh) / 2;
        int count = 0;
        for (int k = 1; k < points.size(); k++) {
            if (points.get(k)[0] > duration / 2 && points.get(k - 1)[1] < middle && points.get(k)[1] >= middle) {
                count++;
            }
        }
        return count;
    }

    /** Largest distance of the potential from its first value; NaN of a solution that is not complete. */
    double excursion() {
        return complete ? points.stream().mapToDouble(p -> Math.abs(p[1] - points.get(0)[1])).max().orElse(0)
                : Double.NaN;
    }

    /**
     * Times at which spikes cross the threshold of a criterion; none of a solution that is not complete. After a spike
     * the potential has to return beyond the threshold by the re-arm distance before the next.
     */
    double[] spikes(SpikeCriterion criterion) {
        List<Double> times = new ArrayList<>();
        int sign = criterion.downward() ? -1 : 1;
        boolean armed = sign * (points.get(0)[1] - criterion.thresholdMv()) < 0;
        for (int k = 1; complete && k < points.size(); k++) {
            double before = sign * (points.get(k - 1)[1] - criterion.thresholdMv());
            double now = sign * (points.get(k)[1] - criterion.thresholdMv());
            if (armed && before < 0 && now >= 0) {
                double part = before / (before - now);
                times.add(points.get(k - 1)[0] + part * (points.get(k)[0] - points.get(k - 1)[0]));
                armed = false;
            } else if (now <= -criterion.rearmMv()) {
                armed = true;
            }
        }
        return times.stream().mapToDouble(t -> t).toArray();
    }
}
