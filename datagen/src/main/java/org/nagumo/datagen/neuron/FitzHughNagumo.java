package org.nagumo.datagen.neuron;

import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * FitzHugh's two variables as Nagumo, Arimoto and Yoshizawa (1962), Proc. IRE 50:2061-2070, wrote them, in the usual
 * modern scaling:
 * <pre>
 *   dv/dt = v - v^3 / 3 - w + I
 *   dw/dt = phi (v + a - b w)
 * </pre>
 * States v, w. All quantities are dimensionless; a unit of time is written as a millisecond, v as if it were a
 * potential in mV and I as if it were a current in uA/cm2.
 */
public final class FitzHughNagumo implements Neuron, EnclosedField {

    private final Parameters parameters;
    private final double a;
    private final double b;
    private final double phi;

    /** a = 0.7, b = 0.8, phi = 0.08. */
    public FitzHughNagumo() {
        this(new Parameters("fhn",
                new Parameter("a", 0.7, "1", "offset of the recovery"),
                new Parameter("b", 0.8, "1", "decay of the recovery"),
                new Parameter("phi", 0.08, "1", "rate of the recovery")));
    }

    private FitzHughNagumo(Parameters parameters) {
        this.parameters = parameters;
        a = parameters.value("a");
        b = parameters.value("b");
        phi = parameters.positive("phi");
    }

    @Override
    public String name() {
        return "fhn";
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public FitzHughNagumo with(Map<String, Double> overrides) {
        return new FitzHughNagumo(parameters.with(overrides));
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
        return List.of("v", "w");
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        double v = state[0];
        derivative[0] = v - v * v * v / 3 - state[1] + current;
        derivative[1] = phi * (v + a - b * state[1]);
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        jacobian[0][0] = 1 - state[0] * state[0];
        jacobian[0][1] = -1;
        jacobian[1][0] = phi;
        jacobian[1][1] = -phi * b;
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        Jet v = state[0];
        // v - v^3 / 3 = v (1 - v^2 / 3)
        derivative[0] = v.times(v.square().times(-1.0).plus(3).over(3)).minus(state[1]).plus(current);
        derivative[1] = v.plus(a).minus(state[1].times(b)).times(phi);
    }

    /** v^3 / 3 = (1 - 1 / b) v + I - a / b bounds v by Cauchy's rule, and w = (v + a) / b follows. */
    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        double current = Math.max(Math.abs(from), Math.abs(to));
        double v = 1 + 3 * Math.max(Math.abs(1 - 1 / b), current + Math.abs(a / b));
        double w = (v + Math.abs(a)) / Math.abs(b) + 1;
        return new Interval[] {new Interval(-v, v), new Interval(-w, w)};
    }

    @Override
    public double[] units() {
        return new double[] {4, 2};
    }

    @Override
    public double[] restState() {
        return Rest.near(this, new double[] {-1.2, -0.6}, new double[] {-2, -1}, new double[] {2, 1},
                new double[] {0, 0});
    }
}
