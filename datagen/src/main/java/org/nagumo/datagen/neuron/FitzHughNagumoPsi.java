package org.nagumo.datagen.neuron;

import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * FitzHugh and Nagumo's two variables as Hong, Aguera y Arcas and Fairhall (2007), Neural Computation 19:3133-3172,
 * wrote them: a cubic with its roots at 0, 1 and -a, and the ratio of the time scales psi at the fast variable.
 * <pre>
 *   psi dV/dt = V (1 - V)(a + V) - W + c + I
 *   dW/dt = V - b W
 * </pre>
 * States V, W. All quantities are dimensionless; a unit of time is written as a millisecond, V as if it were a
 * potential in mV and I as if it were a current in uA/cm2. The form of {@link FitzHughNagumo} is another scaling of the
 * same equations.
 */
public final class FitzHughNagumoPsi implements Neuron, EnclosedField {

    private final Parameters parameters;
    private final double a;
    private final double b;
    private final double c;
    private final double psi;

    /** a = 0.1, b = 0.5, c = -0.4, psi = 0.015. */
    public FitzHughNagumoPsi() {
        this(new Parameters("fhn-psi",
                new Parameter("a", 0.1, "1", "negative of the cubic's lowest root"),
                new Parameter("b", 0.5, "1", "decay of the recovery"),
                new Parameter("c", -0.4, "1", "constant current"),
                new Parameter("psi", 0.015, "1", "ratio of the fast time scale to the slow one")));
    }

    private FitzHughNagumoPsi(Parameters parameters) {
        this.parameters = parameters;
        a = parameters.value("a");
        b = parameters.positive("b");
        c = parameters.value("c");
        psi = parameters.positive("psi");
    }

    @Override
    public String name() {
        return "fhn-psi";
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public FitzHughNagumoPsi with(Map<String, Double> overrides) {
        return new FitzHughNagumoPsi(parameters.with(overrides));
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
        return List.of("V", "W");
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        double v = state[0];
        derivative[0] = (v * (1 - v) * (a + v) - state[1] + c + current) / psi;
        derivative[1] = v - b * state[1];
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        double v = state[0];
        jacobian[0][0] = (a + 2 * (1 - a) * v - 3 * v * v) / psi;
        jacobian[0][1] = -1 / psi;
        jacobian[1][0] = 1;
        jacobian[1][1] = -b;
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        Jet v = state[0];
        Jet w = state[1];
        Jet cubic = v.times(v.times(-1).plus(1)).times(v.plus(a));
        derivative[0] = cubic.minus(w).plus(c).plus(current).over(psi);
        derivative[1] = v.minus(w.times(b));
    }

    /** V^3 = (1 - a) V^2 + (a - 1 / b) V + c + I bounds V by Cauchy's rule, and W = V / b follows. */
    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        double constant = Math.max(Math.abs(c + from), Math.abs(c + to));
        double v = 1 + Math.max(Math.abs(1 - a), Math.max(Math.abs(a - 1 / b), constant));
        double w = v / b + 1;
        return new Interval[] {new Interval(-v, v), new Interval(-w, w)};
    }

    @Override
    public double[] units() {
        return new double[] {1.5, 2};
    }

    @Override
    public double[] restState() {
        return Rest.near(this, new double[] {-0.2, -0.4}, new double[] {-1, -1}, new double[] {1.5, 2},
                new double[] {0, 0}, new double[] {0.5, 0.5});
    }
}
