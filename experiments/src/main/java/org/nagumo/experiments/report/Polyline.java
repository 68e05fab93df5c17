package org.nagumo.experiments.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line through points, reduced to those that can be seen (Ramer 1972, Douglas and Peucker 1973). The chart draws each
 * stretch between two points by itself, so a trace of thousands of samples makes vector graphics of megabytes.
 *
 * @param x abscissae, NaN where the line is broken; not to be modified
 * @param y ordinates, as many; NaN where the line is broken; not to be modified
 */
record Polyline(double[] x, double[] y) {

    /**
     * Leaves out every point that lies within a tolerance of the line without it.
     *
     * @param xTolerance tolerance along x, positive
     * @param yTolerance tolerance along y, positive
     */
    Polyline simplified(double xTolerance, double yTolerance) {
        BitSet kept = new BitSet(x.length);
        int from = 0;
        while (from < x.length) {
            int to = from;
            while (to < x.length && !broken(to)) {
                to++;
            }
            if (to > from) {
                keep(kept, from, to - 1, xTolerance, yTolerance);
            }
            if (to < x.length) {
                kept.set(to);
            }
            from = to + 1;
        }
        int[] indices = kept.stream().toArray();
        return new Polyline(IntStream.of(indices).mapToDouble(i -> x[i]).toArray(),
                IntStream.of(indices).mapToDouble(i -> y[i]).toArray());
    }

    private boolean broken(int i) {
        return Double.isNaN(x[i]) || Double.isNaN(y[i]);
    }

    private void keep(BitSet kept, int first, int last, double xTolerance, double yTolerance) {
        kept.set(first);
        kept.set(last);
        Deque<int[]> open = new ArrayDeque<>();
        open.push(new int[] {first, last});
        while (!open.isEmpty()) {
            int[] span = open.pop();
            int farthest = -1;
            double distance = 1;
            for (int i = span[0] + 1; i < span[1]; i++) {
                double d = distance(i, span[0], span[1], xTolerance, yTolerance);
                if (d > distance) {
                    distance = d;
                    farthest = i;
                }
            }
            if (farthest >= 0) {
                kept.set(farthest);
                open.push(new int[] {span[0], farthest});
                open.push(new int[] {farthest, span[1]});
            }
        }
    }

    /** Distance of point i from the stretch between points a and b, in tolerances. */
    private double distance(int i, int a, int b, double xTolerance, double yTolerance) {
        double dx = (x[b] - x[a]) / xTolerance;
        double dy = (y[b] - y[a]) / yTolerance;
        double px = (x[i] - x[a]) / xTolerance;
        double py = (y[i] - y[a]) / yTolerance;
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
        return Math.hypot(px - along * dx, py - along * dy);
    }

    /**
     * The line in dashes, with gaps as long between them. A chart's own dashes begin anew at every point, so that a curve
     * of short stretches would look like a full line.
     *
     * @param xLength length of a dash along x, positive
     * @param yLength length of a dash along y, positive
     */
    Polyline dashed(double xLength, double yLength) {
        List<double[]> points = new ArrayList<>();
        double done = 0;
        for (int i = 0; i < x.length; i++) {
            boolean begins = i == 0 || broken(i - 1);
            if (broken(i) || begins) {
                done = 0;
                points.add(new double[] {x[i], y[i]});
                continue;
            }
            double length = Math.hypot((x[i] - x[i - 1]) / xLength, (y[i] - y[i - 1]) / yLength);
            // Dashes lie between even and odd multiples of their length.
            for (double next = Math.floor(done) + 1; next < done + length; next++) {
                double part = (next - done) / length;
                double[] at = {x[i - 1] + part * (x[i] - x[i - 1]), y[i - 1] + part * (y[i] - y[i - 1])};
                points.add(at);
                if (next % 2 == 1) {
                    points.add(new double[] {at[0], Double.NaN});
                }
            }
            done += length;
            if (Math.floor(done) % 2 == 0) {
                points.add(new double[] {x[i], y[i]});
            }
        }
        return through(points.toArray(double[][]::new));
    }

    /** This line and, after a break, another. */
    Polyline then(Polyline other) {
        if (x.length == 0) {
            return other;
        }
        double[] xs = Arrays.copyOf(x, x.length + 1 + other.x.length);
        double[] ys = Arrays.copyOf(y, xs.length);
        xs[x.length] = x[x.length - 1];
        ys[x.length] = Double.NaN;
        System.arraycopy(other.x, 0, xs, x.length + 1, other.x.length);
        System.arraycopy(other.y, 0, ys, x.length + 1, other.y.length);
        return new Polyline(xs, ys);
    }

    /** A line through points of the plane. */
    static Polyline through(double[][] points) {
        return new Polyline(Arrays.stream(points).mapToDouble(p -> p[0]).toArray(),
                Arrays.stream(points).mapToDouble(p -> p[1]).toArray());
    }
}
