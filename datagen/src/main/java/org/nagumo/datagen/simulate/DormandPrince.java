package org.nagumo.datagen.simulate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.nagumo.datagen.neuron.Neuron;

/**
 * Dormand and Prince's method of order 8 with error estimates of order 5 and 3, combined as in Hairer, Norsett and
 * Wanner (1993), Solving Ordinary Differential Equations I, equation II.10.17:
 * {@code err = err5^2 / sqrt(err5^2 + 0.01 err3^2)}. The coefficients are Hipparchus's; those of the estimates are from
 * the book's program DOP853.
 */
final class DormandPrince extends ExplicitRungeKutta {

    /** Allowed estimate, as a share of each variable's typical range. */
    private static final double TOLERANCE = 1e-9;

    /** That of the potential, the first variable: what grazes the threshold multiplies its errors a thousand times. */
    private static final double POTENTIAL_TOLERANCE = 3e-11;

    private static final int STAGES = 12;

    /** Weights of the stages in the error of order 5. */
    static final double[] ERROR_5 = {0.1312004499419488073250102996e-01, 0, 0, 0, 0,
        -0.1225156446376204440720569753e+01,
        -0.4957589496572501915214079952, 0.1664377182454986536961530415e+01, -0.3503288487499736816886487290,
        0.3341791187130174790297318841, 0.8192320648511571246570742613e-01, -0.2235530786388629525884427845e-01};

    /** Weights of the formula of order 3. */
    static final double[] ORDER_3 = {0.244094488188976377952755905512, 0, 0, 0, 0, 0, 0, 0,
        0.733846688281611857341361741547, 0, 0, 0.220588235294117647058823529412e-01};

    private final double[] share;
    private final Sum error5;
    private final Sum error3;
    private final double[] zero;
    private final double[] five;
    private final double[] three;
    private final double[] error;

    DormandPrince(Neuron neuron, int lanes) {
        super(neuron, lanes, a(), b());
        double[] difference = b();
        for (int s = 0; s < STAGES; s++) {
            difference[s] -= ORDER_3[s];
        }
        error5 = new Sum(ERROR_5);
        error3 = new Sum(difference);
        double[] units = neuron.units();
        share = IntStream.range(0, units.length)
                .mapToDouble(v -> 1 / ((v == 0 ? POTENTIAL_TOLERANCE : TOLERANCE) * units[v])).toArray();
        zero = new double[lanes];
        five = new double[lanes];
        three = new double[lanes];
        error = new double[lanes];
    }

    /** Without the stages that serve interpolation. */
    static double[][] a() {
        return Arrays.copyOf(new DormandPrince853Integrator(1, 1, 1, 1).getA(), STAGES - 1);
    }

    static double[] b() {
        return Arrays.copyOf(new DormandPrince853Integrator(1, 1, 1, 1).getB(), STAGES);
    }

    @Override
    public void step(int lanes, double[][] x, double[] currents, double[] stepsMs, double[][] out) {
        super.step(lanes, x, currents, stepsMs, out);
        Arrays.fill(error, 0, lanes, 0);
        for (int v = 0; v < x.length; v++) {
            error5.add(lanes, zero, k, v, five);
            error3.add(lanes, zero, k, v, three);
            combine(lanes, share[v] * share[v], five, three, error);
        }
    }

    /** The square of the estimate in units of what is allowed, summed over the variables; 1e-300 keeps 0 / 0 away. */
    private static void combine(int lanes, double share, double[] five, double[] three, double[] error) {
        for (int i = 0; i < lanes; i++) {
            double e = five[i] * five[i];
            error[i] += share * (e * e / (e + 0.01 * (three[i] * three[i]) + 1e-300));
        }
    }

    @Override
    public double[] error() {
        return error;
    }
}
