package org.nagumo.datagen.neuron;

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
public final class RinzelReduction implements Neuron {

    private final Parameters parameters;
    private final double capacitance;
    private final double gNa;
    private final double gK;
    private final double gL;
    private final double eNa;
    private final double eK;
    private final double eL;
    private final double h0;
    private final double h1;
    private final double speed;

    /** The parameters of the standard {@link HodgkinHuxley}, with h = 0.89 - 1.1 n. */
    public RinzelReduction() {
        this(new Parameters("rinzel",
                new Parameter("C", 1, "uF/cm2", "membrane capacitance"),
                new Parameter("gNa", 120, "mS/cm2", "largest sodium conductance"),
                new Parameter("gK", 36, "mS/cm2", "largest potassium conductance"),
                new Parameter("gL", 0.3, "mS/cm2", "leak conductance"),
                new Parameter("ENa", 50, "mV", "sodium reversal potential"),
                new Parameter("EK", -77, "mV", "potassium reversal potential"),
                new Parameter("EL", -54.387, "mV", "leak reversal potential"),
                new Parameter("h0", 0.89, "1", "inactivation at n = 0"),
                new Parameter("h1", 1.1, "1", "loss of h with n"),
                new Parameter("T", 6.3, "C", "temperature; the gate's rates change threefold in 10 degrees")));
    }

    private RinzelReduction(Parameters parameters) {
        this.parameters = parameters;
        capacitance = parameters.positive("C");
        gNa = parameters.value("gNa");
        gK = parameters.value("gK");
        gL = parameters.positive("gL");
        eNa = parameters.value("ENa");
        eK = parameters.value("EK");
        eL = parameters.value("EL");
        h0 = parameters.value("h0");
        h1 = parameters.value("h1");
        speed = StrictMath.pow(3, (parameters.value("T") - 6.3) / 10);
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
        derivative[0] = (current - gNa * m * m * m * (h0 - h1 * n) * (v - eNa) - gK * n * n * n * n * (v - eK)
                - gL * (v - eL)) / capacitance;
        derivative[1] = speed * (alphaN(v, q8) * (1 - n) - 0.125 * q * n);
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
        jacobian[0][1] = (gNa * m * m * m * h1 * (v - eNa) - 4 * gK * n * n * n * (v - eK)) / capacitance;
        jacobian[1][0] = speed * (alphaNSlope(v) * (1 - n) - betaNSlope(v) * n);
        jacobian[1][1] = -speed * (alphaN(v) + betaN(v));
    }

    /**
     * Four times the rate of the membrane: with the sodium gate at its equilibrium at all times the potential jumps
     * at a rate that doubles within a step, faster than in {@link HodgkinHuxley}.
     */
    @Override
    public double fastestRatePerMs(double[] state, double current) {
        double v = state[0];
        double n = state[1];
        double a = alphaM(v);
        double b = betaM(v);
        double m = a / (a + b);
        return Math.max(4 * Math.abs(potentialSlope(v, n, m, (alphaMSlope(v) * b - a * betaMSlope(v))
                / ((a + b) * (a + b)))), speed * (alphaN(v) + betaN(v)));
    }

    /** The derivative of dV/dt with respect to V, m_inf and its slope given. */
    private double potentialSlope(double v, double n, double m, double slope) {
        double h = h0 - h1 * n;
        return -(3 * gNa * m * m * slope * h * (v - eNa) + gNa * m * m * m * h + gK * n * n * n * n + gL)
                / capacitance;
    }

    @Override
    public double[] restState() {
        return Rest.near(this, Rest.potentialsMv()
                .mapToObj(v -> new double[] {v, alphaN(v) / (alphaN(v) + betaN(v))}).toArray(double[][]::new));
    }
}
