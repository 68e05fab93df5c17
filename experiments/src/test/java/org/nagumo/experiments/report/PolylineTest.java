package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolylineTest {

    @Test
    void aStraightLineKeepsItsEnds() {
        double[] x = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
        double[] y = IntStream.range(0, 100).mapToDouble(i -> 3 * i - 1).toArray();
        Polyline line = new Polyline(x, y).simplified(0.1, 0.1);
        assertThat(line.x()).containsExactly(0, 99);
        assertThat(line.y()).containsExactly(-1, 296);
    }

    /** On a spiral of short stretches every second unit of length is drawn. */
    @Test
    void dashesAreAsLongAsTheGapsBetweenThemWhateverTheStretches() {
        double[] x = IntStream.range(0, 4000).mapToDouble(i -> 0.005 * i * Math.cos(0.01 * i)).toArray();
        double[] y = IntStream.range(0, 4000).mapToDouble(i -> 0.01 * i * Math.sin(0.01 * i)).toArray();
        Polyline dashed = new Polyline(x, y).dashed(1, 2);
        double all = length(new Polyline(x, y));
        assertThat(length(dashed)).isCloseTo(all / 2, within(1.0));
        long gaps = IntStream.range(0, dashed.y().length).filter(i -> Double.isNaN(dashed.y()[i])).count();
        assertThat((double) gaps).isCloseTo(all / 2, within(1.0));
    }

    /** In dashes of length 1 along x and 2 along y. */
    private static double length(Polyline line) {
        return IntStream.range(1, line.x().length).mapToDouble(i -> Math.hypot(line.x()[i] - line.x()[i - 1],
                (line.y()[i] - line.y()[i - 1]) / 2)).filter(Double::isFinite).sum();
    }

    @Test
    void noPointIsFartherFromTheSimplifiedLineThanTheTolerance() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 20; round++) {
            int n = random.nextInt(2, 100);
            double[] x = new double[n];
            double[] y = new double[n];
            for (int i = 1; i < n; i++) {
                x[i] = x[i - 1] + random.nextDouble(-0.2, 1);
                y[i] = y[i - 1] + random.nextDouble(-1, 1);
            }
            Polyline line = new Polyline(x, y).simplified(1, 1);
            assertThat(line.x().length).isLessThanOrEqualTo(n);
            for (int i = 0; i < n; i++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int k = 0; k + 1 < line.x().length; k++) {
                    nearest = Math.min(nearest, toSegment(x[i], y[i], line, k));
                }
                assertThat(nearest).isLessThanOrEqualTo(1 + 1e-9);
            }
        }
    }

    private static double toSegment(double x, double y, Polyline line, int k) {
        double best = Double.POSITIVE_INFINITY;
        for (int part = 0; part <= 1000; part++) {
            double s = part / 1000.0;
            best = Math.min(best, Math.hypot(x - (1 - s) * line.x()[k] - s * line.x()[k + 1],
                    y - (1 - s) * line.y()[k] - s * line.y()[k + 1]));
        }
        // The nearest of 1000 samples is as near as the segment, up to half the spacing of the samples.
        return best - Math.hypot(line.x()[k + 1] - line.x()[k], line.y()[k + 1] - line.y()[k]) / 2000;
    }

    @Test
    void aSpikeOfOneSampleSurvives() {
        double[] x = IntStream.range(0, 101).mapToDouble(i -> i).toArray();
        double[] y = new double[101];
        y[40] = 90;
        assertThat(new Polyline(x, y).simplified(0.5, 0.5).y()).contains(90).hasSize(5);
    }

    @Test
    void breaksStay() {
        Polyline two = Polyline.through(new double[][] {{0, 0}, {1, 1}, {2, 2}})
                .then(Polyline.through(new double[][] {{5, 0}, {6, 0}, {7, 0}}));
        Polyline line = two.simplified(0.1, 0.1);
        assertThat(line.x()).containsExactly(0, 2, 2, 5, 7);
        assertThat(line.y()).containsExactly(new double[] {0, 2, Double.NaN, 0, 0}, within(0.0));
        Polyline none = new Polyline(new double[0], new double[0]);
        assertThat(none.simplified(1, 1).x()).isEmpty();
        assertThat(none.then(two)).isSameAs(two);
    }

    @Test
    void aClosedLineDoesNotCollapse() {
        double[][] circle = new double[361][];
        for (int k = 0; k <= 360; k++) {
            circle[k] = new double[] {Math.cos(Math.toRadians(k)), Math.sin(Math.toRadians(k))};
        }
        Polyline line = Polyline.through(circle).simplified(0.01, 0.01);
        assertThat(line.x().length).isBetween(15, 60);
    }
}
