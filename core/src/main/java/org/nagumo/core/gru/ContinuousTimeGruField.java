package org.nagumo.core.gru;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Jet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The flow inside a continuous-time GRU with one input, the limit of its steps as dt goes to 0:
 * {@code dh_j/dt = (1 - z_j)(c_j - h_j) / tau_j}, with the gates of {@link ContinuousTimeGruGraph}.
 */
public final class ContinuousTimeGruField implements EnclosedField {

    private final int units;
    private final double inputScale;
    private final FusedWeights weights;

    /**
     * @param equations  the layer's equations, of which the flow depends on where the input enters alone
     * @param units      number of units
     * @param parameters the flat vector of {@link FusedGru} for one input; copied
     * @param inputScale the network's input is {@code inputScale * u}
     */
    public ContinuousTimeGruField(GruEquations equations, int units, double[] parameters, double inputScale) {
        weights = new FusedWeights(equations, 1, units);
        if (parameters.length != weights.count()) {
            throw new IllegalArgumentException("parameters has length " + parameters.length + "; allowed: "
                    + weights.count() + " for " + units + " units");
        }
        this.units = units;
        this.inputScale = inputScale;
        weights.set(parameters, 0);
    }

    /**
     * The flow inside a layer of a network, as its parameters are now.
     *
     * @param layer     what {@code MultiLayerNetwork.getLayer} gives for a {@link ContinuousTimeGru} or a
     *                  {@link SameDiffContinuousTimeGru}, of any options: integrator, substeps and irregular time make
     *                  steps of the flow and do not change it
     * @param direction what the input u = 1 is in each channel of the layer's data; the layer's input is u times this
     * @throws IllegalArgumentException for another layer, or unless there is one number for each channel
     */
    public static ContinuousTimeGruField of(Layer layer, double... direction) {
        GruEquations equations;
        if (layer.conf().getLayer() instanceof ContinuousTimeGru gru) {
            equations = gru.getEquations();
        } else if (layer.conf().getLayer() instanceof SameDiffContinuousTimeGru gru) {
            equations = gru.getEquations();
        } else {
            throw new IllegalArgumentException("the layer is a " + layer.conf().getLayer().getClass().getSimpleName()
                    + "; allowed: ContinuousTimeGru and SameDiffContinuousTimeGru");
        }
        INDArray weights = layer.getParam(GruParameters.WEIGHTS);
        INDArray recurrent = layer.getParam(GruParameters.RECURRENT_WEIGHTS);
        int units = (int) recurrent.size(0);
        if (direction.length != weights.size(0)) {
            throw new IllegalArgumentException("the direction has " + direction.length + " numbers; allowed: "
                    + weights.size(0) + ", one for each channel of data");
        }
        double[] alongInput = new double[(int) weights.size(1)];
        for (int j = 0; j < alongInput.length; j++) {
            for (int k = 0; k < direction.length; k++) {
                alongInput[j] += direction[k] * weights.getDouble(k, j);
            }
        }
        DoubleStream logTau = equations.learnTau() ? values(layer.getParam(GruParameters.LOG_TAU))
                : Arrays.stream(equations.tauMs(units)).map(Math::log);
        return new ContinuousTimeGruField(equations, units, Stream.of(Arrays.stream(alongInput), values(recurrent),
                values(layer.getParam(GruParameters.BIAS)), logTau).flatMapToDouble(s -> s).toArray(), 1);
    }

    /** The elements of a matrix, column after column. */
    private static DoubleStream values(INDArray array) {
        return Arrays.stream(array.castTo(DataType.DOUBLE).dup('f').data().asDouble());
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
        double[] sources = weights.gate[gate * units + unit];
        return sources[sources.length - units + from];
    }

    private double sum(int gate, int unit, double x, double[] source) {
        int j = gate * units + unit;
        double a = weights.bias[j] + (weights.seesInput(j) ? weights.gate[j][0] * x : 0);
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
        int j = gate * units + unit;
        Jet a = source[0].constant(weights.bias[j]);
        if (weights.seesInput(j)) {
            a = a.plus(source[0].constant(weights.gate[j][0]).times(x));
        }
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
