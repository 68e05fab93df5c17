package org.nagumo.core.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** Whether a field's enclosures hold its values. */
public final class Enclosures {

    private Enclosures() {
    }

    /**
     * Compares the enclosures over random boxes with the field and its Jacobian at random points in them.
     *
     * @param region where to look
     */
    public static void assertHold(EnclosedField field, double input, Interval... region) {
        SplittableRandom random = new SplittableRandom(7);
        int n = field.dimension();
        double[] f = new double[n];
        double[][] jacobian = new double[n][n];
        for (int round = 0; round < 3000; round++) {
            double size = Math.pow(10, -random.nextInt(5));
            Interval[] box = new Interval[n];
            double[] point = new double[n];
            for (int i = 0; i < n; i++) {
                double low = random.nextDouble(region[i].low(), region[i].high());
                box[i] = new Interval(low, low + size * (region[i].high() - low));
                point[i] = box[i].width() == 0 ? low : random.nextDouble(low, box[i].high());
            }
            Jet[] enclosure = new Jet[n];
            field.enclose(Jet.variables(box), input, enclosure);
            field.derivative(point, input, f);
            field.jacobian(point, input, jacobian);
            for (int i = 0; i < n; i++) {
                assertHolds(enclosure[i].value(), f[i]);
                for (int j = 0; j < n; j++) {
                    assertHolds(enclosure[i].derivative(j), jacobian[i][j]);
                }
            }
            if (size < 1e-3) {
                assertThat(enclosure[0].value().width()).isLessThan(1e3 * size * (1 + Math.abs(f[0])));
            }
        }
    }

    /** The enclosures hold the exact values, from which those of the field differ by rounding. */
    private static void assertHolds(Interval enclosure, double value) {
        double rounding = 1e-11 * (1 + Math.abs(value));
        assertThat(enclosure.low()).isLessThanOrEqualTo(value + rounding);
        assertThat(enclosure.high()).isGreaterThanOrEqualTo(value - rounding);
    }
}
