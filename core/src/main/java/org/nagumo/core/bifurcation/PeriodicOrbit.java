package org.nagumo.core.bifurcation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.VectorField;

/**
 * A periodic orbit, stable or not.
 *
 * @param input       the constant input
 * @param periodMs    period
 * @param mesh        where in the period its points lie
 * @param points      {@code [mesh point][state variable]}, the first repeated at the end; not to be modified
 * @param multipliers all Floquet multipliers, by descending modulus; one of them is 1 but for the error of the
 *                    computation, see {@link #trivialError}
 */
public record PeriodicOrbit(double input, double periodMs, Mesh mesh, double[][] points, List<Complex> multipliers) {

    private static final int SAMPLES = 8;
    private static final double SAME_PERIOD = 1e-5;
    private static final double SAME_RANGE = 1e-2;

    /** Non-trivial multipliers this near to the unit circle do not tell stable from unstable. */
    private static final double MARGIN = 1e-7;

    /**
     * Places in a period.
     *
     * @param times from 0 to 1, ascending; not to be modified
     */
    public record Mesh(double[] times) {

        static Mesh uniform(int intervals) {
            double[] times = new double[intervals + 1];
            for (int i = 0; i <= intervals; i++) {
                times[i] = (double) i / intervals;
            }
            return new Mesh(times);
        }

        int intervals() {
            return times.length - 1;
        }

        double width(int interval) {
            return times[interval + 1] - times[interval];
        }

        /** Weight of a point in the trapezoidal rule over the period. */
        double weight(int point) {
            return ((point == 0 ? 0 : width(point - 1)) + (point == intervals() ? 0 : width(point))) / 2;
        }
    }

    public PeriodicOrbit {
        multipliers = List.copyOf(multipliers);
    }

    /**
     * The periodic orbit to which a simulated cycle is near, with its multipliers.
     *
     * @param units typical range of each state variable, in which distances are measured
     * @return empty when none is found
     */
    public static Optional<PeriodicOrbit> near(VectorField field, double input, LimitCycle cycle, double[] units) {
        return Optional.ofNullable(new CycleContinuation(field, units, input - 1, input + 1).orbit(cycle, input));
    }

    /** The multiplier that belongs to the direction of the flow. */
    private int trivial() {
        int trivial = 0;
        for (int k = 1; k < multipliers.size(); k++) {
            if (multipliers.get(k).subtract(1).norm() < multipliers.get(trivial).subtract(1).norm()) {
                trivial = k;
            }
        }
        return trivial;
    }

    /** How far the multiplier along the flow, which is 1, was computed from 1: a measure of the orbit's error. */
    public double trivialError() {
        return multipliers.get(trivial()).subtract(1).norm();
    }

    /** The largest modulus of the other multipliers. */
    public double largestMultiplier() {
        double largest = 0;
        for (int k = 0; k < multipliers.size(); k++) {
            if (k != trivial()) {
                largest = Math.max(largest, multipliers.get(k).norm());
            }
        }
        return largest;
    }

    /** Whether the orbit attracts its neighbours. */
    public boolean stable() {
        return largestMultiplier() < 1 - MARGIN;
    }

    /**
     * The orbit at times between the mesh points, by cubics that have the field's slopes.
     *
     * @return {@code [sample][state variable]}, {@value #SAMPLES} samples for each interval of the mesh, with both ends
     */
    public double[][] sampled(VectorField field) {
        int n = points[0].length;
        double[][] samples = new double[mesh.intervals() * SAMPLES + 1][n];
        double[] from = new double[n];
        double[] to = new double[n];
        for (int i = 0; i < mesh.intervals(); i++) {
            double span = periodMs * mesh.width(i);
            field.derivative(points[i], input, from);
            field.derivative(points[i + 1], input, to);
            for (int s = 0; s < SAMPLES; s++) {
                for (int c = 0; c < n; c++) {
                    samples[i * SAMPLES + s][c] = Hermite.value((double) s / SAMPLES, points[i][c], points[i + 1][c],
                            span * from[c], span * to[c]);
                }
            }
        }
        samples[samples.length - 1] = points[mesh.intervals()].clone();
        return samples;
    }

    /** Smallest and largest value of a state variable over the mesh points. */
    public double[] range(int variable) {
        return new double[] {Arrays.stream(points).mapToDouble(p -> p[variable]).min().orElse(Double.NaN),
            Arrays.stream(points).mapToDouble(p -> p[variable]).max().orElse(Double.NaN)};
    }

    /**
     * Whether another orbit at the same input has the same period and, as far as mesh points meet them, the same
     * extremes.
     *
     * @param units typical range of each state variable
     */
    public boolean isSame(PeriodicOrbit other, double[] units) {
        double distance = 0;
        for (int i = 0; i < units.length; i++) {
            double[] own = range(i);
            double[] others = other.range(i);
            distance = Math.max(distance, Math.max(Math.abs(own[0] - others[0]), Math.abs(own[1] - others[1]))
                    / units[i]);
        }
        return distance < SAME_RANGE && Math.abs(periodMs - other.periodMs) < SAME_PERIOD * periodMs;
    }

    static List<Complex> sorted(List<Complex> multipliers) {
        return multipliers.stream().sorted(Comparator.comparingDouble(Complex::norm).reversed()
                .thenComparing(Comparator.comparingDouble(Complex::getImaginary).reversed())).toList();
    }
}
