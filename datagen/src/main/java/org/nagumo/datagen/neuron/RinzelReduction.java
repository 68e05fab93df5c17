package org.nagumo.datagen.neuron;

import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaM;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaMSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaN;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaNSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaM;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaMSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaN;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaNSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.power4;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.q;

import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * The classical reduction of {@link HodgkinHuxley} to two variables: the sodium activation follows the potential at
 * once, m = m_inf(V), and inactivation is tied to the potassium gate, h = h0 - h1 n (after Krinskii and Kokoz 1973
 * and Rinzel 1985, Fed. Proc. 44:2944-2946).
 * <pre>
 *   C dV/dt = I - gNa m_inf(V)^3 (h0 - h1 n)(V - ENa) - gK n^4 (V - EK) - gL (V - EL)
 *   dn/dt = q (alpha_n(V) (1 - n) - beta_n(V) n)
 * </pre>
 * States V (mV), n.
 */
public final class RinzelReduction implements Neuron, EnclosedField {

    private final Parameters parameters;
    private final SquidMembrane membrane;
    private final double h0;
    private final double h1;

    /** The parameters of the standard {@link HodgkinHuxley}, with h = 0.89 - 1.1 n. */
    public RinzelReduction() {
        this(SquidMembrane.parameters("rinzel", new Parameter("h0", 0.89, "1", "inactivation at n = 0"),
                new Parameter("h1", 1.1, "1", "loss of h with n")));
    }

    private RinzelReduction(Parameters parameters) {
        this.parameters = parameters;
        this.membrane = SquidMembrane.of(parameters);
        this.h0 = parameters.value("h0");
        this.h1 = parameters.value("h1");
    }

    @Override
    public String name() {
        return "rinzel";
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public RinzelReduction with(Map<String, Double> overrides) {
        return new RinzelReduction(parameters.with(overrides));
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
        return List.of("V", "n");
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        double v = state[0];
        double n = state[1];
        double q = q(v);
        double q4 = power4(q);
        double q8 = q4 * q4;
        double a = alphaM(v, q8);
        double m = a / (a + betaM(v));
        derivative[0] = membrane.potentialRate(v, m, h0 - h1 * n, n, current);
        derivative[1] = membrane.speed() * (alphaN(v, q8) * (1 - n) - 0.125 * q * n);
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        double v = state[0];
        double n = state[1];
        double a = alphaM(v);
        double b = betaM(v);
        double m = a / (a + b);
        double slope = (alphaMSlope(v) * b - a * betaMSlope(v)) / ((a + b) * (a + b));
        jacobian[0][0] = potentialSlope(v, n, m, slope);
        jacobian[0][1] = (membrane.gNa() * m * m * m * h1 * (v - membrane.eNa())
                - 4 * membrane.gK() * n * n * n * (v - membrane.eK())) / membrane.capacitance();
        jacobian[1][0] = membrane.speed() * (alphaNSlope(v) * (1 - n) - betaNSlope(v) * n);
        jacobian[1][1] = -membrane.speed() * (alphaN(v) + betaN(v));
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        Jet v = state[0];
        Jet n = state[1];
        Jet m = betaM(v).times(alphaM(v).reciprocal()).plus(1).reciprocal();
        Jet h = n.times(-h1).plus(h0);
        derivative[0] = membrane.potentialRate(v, m, h, n, current);
        Jet alpha = alphaN(v);
        derivative[1] = alpha.minus(alpha.plus(betaN(v)).times(n)).times(membrane.speed());
    }

    /** The derivative of dV/dt with respect to V, m_inf and its slope given. */
    private double potentialSlope(double v, double n, double m, double slope) {
        double h = h0 - h1 * n;
        return -3 * membrane.gNa() * m * m * slope * h * (v - membrane.eNa()) / membrane.capacitance()
                - membrane.relaxationRate(m, h, n);
    }

    /**
     * With h = h0 - h1 n the sodium conductance may be negative, and no battery bounds the potential: the region is
     * that of the axon, widened by half.
     */
    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        Interval v = membrane.equilibriumPotentials(from, to);
        return new Interval[] {new Interval(v.low() - v.width() / 4, v.high() + v.width() / 4), SquidMembrane.GATE};
    }

    @Override
    public double[] units() {
        return new double[] {150, 1};
    }

    @Override
    public double[] restState() {
        return Rest.near(this, Rest.potentialsMv()
                .mapToObj(v -> new double[] {v, alphaN(v) / (alphaN(v) + betaN(v))}).toArray(double[][]::new));
    }
}
