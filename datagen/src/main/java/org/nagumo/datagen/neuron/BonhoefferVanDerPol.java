package org.nagumo.datagen.neuron;

import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * The Bonhoeffer-van der Pol model of FitzHugh (1961), Biophys. J. 1:445-466, equations 1 and 2:
 * <pre>
 *   dx/dt = c (y + x - x^3 / 3 + z)
 *   dy/dt = -(x - a + b y) / c
 * </pre>
 * with his constraints 1 &gt; b &gt; 0, c^2 &gt; b and 1 &gt; a &gt; 1 - 2b/3. States x, y; the input z is the
 * stimulus. In FitzHugh's sign convention depolarisation is negative: x = -v and z = -I of {@link FitzHughNagumo}.
 * All quantities are dimensionless; a unit of time is written as a millisecond, x as if it were a potential in mV and
 * z as if it were a current in uA/cm2.
 */
public final class BonhoefferVanDerPol implements Neuron, EnclosedField {

    private final Parameters parameters;
    private final double a;
    private final double b;
    private final double c;

    /** a = 0.7, b = 0.8, c = 3. */
    public BonhoefferVanDerPol() {
        this(new Parameters("bvp",
                new Parameter("a", 0.7, "1", "offset of the recovery"),
                new Parameter("b", 0.8, "1", "decay of the recovery"),
                new Parameter("c", 3, "1", "ratio of the time scales")));
    }

    private BonhoefferVanDerPol(Parameters parameters) {
        this.parameters = parameters;
        a = parameters.value("a");
        b = parameters.value("b");
        c = parameters.positive("c");
        constrain("b", b, b > 0 && b < 1, "0 < b < 1");
        constrain("c", c, c * c > b, "c^2 > b");
        constrain("a", a, a < 1 && a > 1 - 2 * b / 3, "1 - 2b/3 < a < 1");
    }

    private static void constrain(String name, double value, boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("bvp parameter '" + name + "' is " + value + "; allowed: " + allowed
                    + " (FitzHugh 1961, one stable resting state)");
        }
    }

    @Override
    public String name() {
        return "bvp";
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public BonhoefferVanDerPol with(Map<String, Double> overrides) {
        return new BonhoefferVanDerPol(parameters.with(overrides));
    }

    /** {@inheritDoc} They are those of the file of equations that ships under this name. */
    @Override
    public NeuronTraits traits() {
        return ShippedNeurons.named(name()).traits();
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public List<String> stateNames() {
        return List.of("x", "y");
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        double x = state[0];
        derivative[0] = c * (state[1] + x - x * x * x / 3 + current);
        derivative[1] = -(x - a + b * state[1]) / c;
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        jacobian[0][0] = c * (1 - state[0] * state[0]);
        jacobian[0][1] = c;
        jacobian[1][0] = -1 / c;
        jacobian[1][1] = -b / c;
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        Jet x = state[0];
        derivative[0] = x.times(x.square().times(-1.0).plus(3).over(3)).plus(state[1]).plus(current).times(c);
        derivative[1] = x.plus(-a).plus(state[1].times(b)).over(-c);
    }

    /** x^3 / 3 = (1 - 1 / b) x + z + a / b bounds x by Cauchy's rule, and y = (a - x) / b follows. */
    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        double current = Math.max(Math.abs(from), Math.abs(to));
        double x = 1 + 3 * Math.max(Math.abs(1 - 1 / b), current + Math.abs(a / b));
        double y = (x + Math.abs(a)) / b + 1;
        return new Interval[] {new Interval(-x, x), new Interval(-y, y)};
    }

    @Override
    public double[] units() {
        return new double[] {4, 2};
    }

    @Override
    public double[] restState() {
        return Rest.near(this, new double[] {1.2, -0.6});
    }
}
