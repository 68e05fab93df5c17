package org.nagumo.datagen.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaH;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaHSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaM;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaMSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaN;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.alphaNSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaH;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaHOf;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaHSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaM;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaMSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaN;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.betaNSlope;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.power4;
import static org.nagumo.datagen.neuron.HodgkinHuxleyRates.q;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * The squid's giant axon, space-clamped: Hodgkin and Huxley (1952), J. Physiol. 117:500-544, equations 7, 15, 16 and
 * 26.
 * <pre>
 *   C dV/dt = I - gNa m^3 h (V - ENa) - gK n^4 (V - EK) - gL (V - EL)
 *   dm/dt = q (alpha_m(V) (1 - m) - beta_m(V) m), h and n alike,   q = 3^((T - 6.3) / 10)
 * </pre>
 * States V (mV), m, h, n. The resting potential is -65 mV by the modern sign convention; EL is chosen so that it is
 * -64.996 mV at zero current.
 */
public final class HodgkinHuxley implements Neuron, EnclosedField {

    private final Parameters parameters;
    private final SquidMembrane membrane;

    /** The standard parameters. */
    public HodgkinHuxley() {
        this(SquidMembrane.parameters("hh"));
    }

    private HodgkinHuxley(Parameters parameters) {
        this.parameters = parameters;
        this.membrane = SquidMembrane.of(parameters);
    }

    @Override
    public String name() {
        return "hh";
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public HodgkinHuxley with(Map<String, Double> overrides) {
        return new HodgkinHuxley(parameters.with(overrides));
    }

    /** {@inheritDoc} They are those of the file of equations that ships under this name. */
    @Override
    public NeuronTraits traits() {
        return ShippedNeurons.named(name()).traits();
    }

    @Override
    public int dimension() {
        return 4;
    }

    @Override
    public List<String> stateNames() {
        return List.of("V", "m", "h", "n");
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        double v = state[0];
        double m = state[1];
        double h = state[2];
        double n = state[3];
        double speed = membrane.speed();
        derivative[0] = membrane.potentialRate(v, m, h, n, current);
        double q = q(v);
        double q4 = power4(q);
        double q8 = q4 * q4;
        derivative[1] = speed * (alphaM(v, q8) * (1 - m) - betaM(v) * m);
        derivative[2] = speed * (0.07 * q4 * (1 - h) - betaHOf(q8) * h);
        derivative[3] = speed * (alphaN(v, q8) * (1 - n) - 0.125 * q * n);
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        double v = state[0];
        double m = state[1];
        double h = state[2];
        double n = state[3];
        double speed = membrane.speed();
        double c = membrane.capacitance();
        for (double[] row : jacobian) {
            Arrays.fill(row, 0);
        }
        jacobian[0][0] = -membrane.relaxationRate(m, h, n);
        jacobian[0][1] = -3 * membrane.gNa() * m * m * h * (v - membrane.eNa()) / c;
        jacobian[0][2] = -membrane.gNa() * m * m * m * (v - membrane.eNa()) / c;
        jacobian[0][3] = -4 * membrane.gK() * n * n * n * (v - membrane.eK()) / c;
        jacobian[1][0] = speed * (alphaMSlope(v) * (1 - m) - betaMSlope(v) * m);
        jacobian[1][1] = -speed * (alphaM(v) + betaM(v));
        jacobian[2][0] = speed * (alphaHSlope(v) * (1 - h) - betaHSlope(v) * h);
        jacobian[2][2] = -speed * (alphaH(v) + betaH(v));
        jacobian[3][0] = speed * (alphaNSlope(v) * (1 - n) - betaNSlope(v) * n);
        jacobian[3][3] = -speed * (alphaN(v) + betaN(v));
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        Jet v = state[0];
        derivative[0] = membrane.potentialRate(v, state[1], state[2], state[3], current);
        derivative[1] = gateRate(alphaM(v), betaM(v), state[1]);
        derivative[2] = gateRate(alphaH(v), betaH(v), state[2]);
        derivative[3] = gateRate(alphaN(v), betaN(v), state[3]);
    }

    private Jet gateRate(Jet alpha, Jet beta, Jet gate) {
        return alpha.minus(alpha.plus(beta).times(gate)).times(membrane.speed());
    }

    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        return new Interval[] {membrane.equilibriumPotentials(from, to), SquidMembrane.GATE, SquidMembrane.GATE,
            SquidMembrane.GATE};
    }

    @Override
    public double[] units() {
        return new double[] {150, 1, 1, 1};
    }

    @Override
    public double[] restState() {
        return Rest.near(this, Rest.potentialsMv().mapToObj(v -> new double[] {v, alphaM(v) / (alphaM(v) + betaM(v)),
            alphaH(v) / (alphaH(v) + betaH(v)), alphaN(v) / (alphaN(v) + betaN(v))}).toArray(double[][]::new));
    }

    @Override
    public NeuronBatch batch(int lanes) {
        return new HodgkinHuxleyBatch(membrane, lanes);
    }
}
