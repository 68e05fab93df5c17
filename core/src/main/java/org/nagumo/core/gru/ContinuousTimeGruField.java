package org.nagumo.core.gru;

import java.util.List;
import java.util.stream.IntStream;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Jet;

/**
 * The flow inside a continuous-time GRU with one input, the limit of its steps as dt goes to 0:
 * {@code dh_j/dt = (1 - z_j)(c_j - h_j) / tau_j}, with the gates of {@link ContinuousTimeGruGraph}.
 */
public final class ContinuousTimeGruField implements EnclosedField {

    private final int units;
    private final double inputScale;
    private final FusedWeights<double[]> weights;

    /**
     * @param equations  the layer's equations, of which the flow depends on where the input enters alone
     * @param units      number of units
     * @param parameters the flat vector of {@link FusedGru} for one input; copied
     * @param inputScale the network's input is {@code inputScale * u}
     */
    public ContinuousTimeGruField(GruEquations equations, int units, double[] parameters, double inputScale) {
        weights = new FusedWeights<>(new DoubleRowMath(), equations, 1, units);
        if (parameters.length != weights.count()) {
            throw new IllegalArgumentException("parameters has length " + parameters.length + "; allowed: "
                    + weights.count() + " for " + units + " units");
        }
        this.units = units;
        this.inputScale = inputScale;
        weights.set(parameters, 0);
    }

    @Override
    public int dimension() {
        return units;
    }

    @Override
    public List<String> stateNames() {
        return IntStream.rangeClosed(1, units).mapToObj(j -> "h" + j).toList();
    }

    private double u(int gate, int from, int unit) {
        return weights.gate[(gate * units + unit) * weights.sources + 1 + from];
    }

    /** Weight of the input, 0 for a gate that does not see it. */
    private double w(int gate, int unit) {
        return weights.gate[(gate * units + unit) * weights.sources];
    }

    private double sum(int gate, int unit, double x, double[] source) {
        double a = weights.bias[gate * units + unit] + w(gate, unit) * x;
        for (int k = 0; k < units; k++) {
            a += u(gate, k, unit) * source[k];
        }
        return a;
    }

    private static double sigmoid(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    @Override
    public void derivative(double[] state, double input, double[] derivative) {
        double x = inputScale * input;
        double[] reset = new double[units];
        for (int k = 0; k < units; k++) {
            reset[k] = sigmoid(sum(1, k, x, state)) * state[k];
        }
        for (int j = 0; j < units; j++) {
            double z = sigmoid(sum(0, j, x, state));
            double c = Math.tanh(sum(2, j, x, reset));
            derivative[j] = (1 - z) * (c - state[j]) / weights.tauMs[j];
        }
    }

    @Override
    public void jacobian(double[] state, double input, double[][] jacobian) {
        double x = inputScale * input;
        double[] r = new double[units];
        double[] reset = new double[units];
        for (int k = 0; k < units; k++) {
            r[k] = sigmoid(sum(1, k, x, state));
            reset[k] = r[k] * state[k];
        }
        for (int j = 0; j < units; j++) {
            double z = sigmoid(sum(0, j, x, state));
            double c = Math.tanh(sum(2, j, x, reset));
            for (int i = 0; i < units; i++) {
                // d(reset_k)/dh_i = r_k delta_ki + h_k r_k (1 - r_k) Ur[i, k]
                double inner = u(2, i, j) * r[i];
                for (int k = 0; k < units; k++) {
                    inner += u(2, k, j) * state[k] * r[k] * (1 - r[k]) * u(1, i, k);
                }
                double dc = (1 - c * c) * inner;
                double dz = z * (1 - z) * u(0, i, j);
                jacobian[j][i] = ((1 - z) * (dc - (i == j ? 1 : 0)) - dz * (c - state[j])) / weights.tauMs[j];
            }
        }
    }

    private Jet sum(int gate, int unit, double x, Jet[] source) {
        Jet a = source[0].constant(weights.bias[gate * units + unit])
                .plus(source[0].constant(w(gate, unit)).times(x));
        for (int k = 0; k < units; k++) {
            a = a.plus(source[k].times(u(gate, k, unit)));
        }
        return a;
    }

    @Override
    public void enclose(Jet[] state, double input, Jet[] derivative) {
        double x = inputScale * input;
        Jet[] reset = new Jet[units];
        for (int k = 0; k < units; k++) {
            reset[k] = sum(1, k, x, state).sigmoid().times(state[k]);
        }
        for (int j = 0; j < units; j++) {
            // 1 - sigma(a) = sigma(-a)
            Jet pace = sum(0, j, x, state).times(-1).sigmoid();
            derivative[j] = pace.times(sum(2, j, x, reset).tanh().minus(state[j])).over(weights.tauMs[j]);
        }
    }
}
