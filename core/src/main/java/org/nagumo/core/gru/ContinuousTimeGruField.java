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
 * {@code dh_j/dt = (1 - z_j)(c_j - h_j) / tau_j}, with the gates and shared features of {@link ContinuousTimeGruGraph}.
 */
public final class ContinuousTimeGruField implements EnclosedField {

    /** Below this, 1 - z is computed without a difference. */
    private static final double SATURATED = 1e-6;

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
        Stream<DoubleStream> features = equations.features() == 0 ? Stream.empty()
                : Stream.of(along(layer.getParam(GruParameters.FEATURE_WEIGHTS), direction),
                        values(layer.getParam(GruParameters.FEATURE_BIAS)),
                        values(layer.getParam(GruParameters.FROM_FEATURES)));
        DoubleStream logTau = equations.learnTau() ? values(layer.getParam(GruParameters.LOG_TAU))
                : Arrays.stream(equations.tauMs(units)).map(Math::log);
        Stream<DoubleStream> plain = Stream.of(along(weights, direction), values(recurrent),
                values(layer.getParam(GruParameters.BIAS)));
        return new ContinuousTimeGruField(equations, units, Stream.concat(Stream.concat(plain, features),
                Stream.of(logTau)).flatMapToDouble(s -> s).toArray(), 1);
    }

    /**
     * The elements of a matrix, column after column, the rows of the data's channels taken together: what the input
     * u = 1 does to the column.
     */
    private static DoubleStream along(INDArray weights, double[] direction) {
        return IntStream.range(0, (int) weights.size(1)).boxed().flatMapToDouble(j -> {
            double sum = 0;
            for (int k = 0; k < direction.length; k++) {
                sum += direction[k] * weights.getDouble(k, j);
            }
            return DoubleStream.concat(DoubleStream.of(sum), IntStream.range(direction.length, (int) weights.size(0))
                    .mapToDouble(k -> weights.getDouble(k, j)));
        });
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
        return weights.gate[(gate * units + unit) * weights.sources + 1 + from];
    }

    /** Weight of the input, 0 for a gate that does not see it. */
    private double w(int gate, int unit) {
        return weights.gate[(gate * units + unit) * weights.sources];
    }

    /** Weight of a shared feature. */
    private double v(int gate, int feature, int unit) {
        return u(gate, units + feature, unit);
    }

    /** Weight of a shared feature's source: the input, then the units. */
    private double ofFeature(int feature, int source) {
        return weights.feature[feature * (1 + units) + source];
    }

    private double[] features(double x, double[] state) {
        double[] features = new double[weights.features];
        for (int f = 0; f < features.length; f++) {
            double a = weights.featureBias[f] + ofFeature(f, 0) * x;
            for (int k = 0; k < units; k++) {
                a += ofFeature(f, 1 + k) * state[k];
            }
            features[f] = featureOf(a);
        }
        return features;
    }

    /**
     * tanh(a) by one exponential: within two units in the last place of 1, and several times faster than
     * {@link Math#tanh}, in which a field with many features would spend most of its time. What is next to 0 has no
     * more digits than that; the features are terms of sums with others.
     */
    private static double featureOf(double a) {
        return 1 - 2 / (1 + Math.exp(2 * a));
    }

    private double sum(int gate, int unit, double x, double[] source, double[] features) {
        double a = weights.bias[gate * units + unit] + w(gate, unit) * x;
        for (int k = 0; k < units; k++) {
            a += u(gate, k, unit) * source[k];
        }
        for (int f = 0; f < features.length; f++) {
            a += v(gate, f, unit) * features[f];
        }
        return a;
    }

    private static double sigmoid(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    /** 1 - sigma(a). Next to 1 the difference has few digits, in the end none: everything would be an equilibrium. */
    private static double oneMinusSigmoid(double a) {
        double rest = 1 - sigmoid(a);
        return rest < SATURATED ? sigmoid(-a) : rest;
    }

    @Override
    public void derivative(double[] state, double input, double[] derivative) {
        double x = inputScale * input;
        double[] features = features(x, state);
        double[] reset = new double[units];
        for (int k = 0; k < units; k++) {
            reset[k] = sigmoid(sum(1, k, x, state, features)) * state[k];
        }
        for (int j = 0; j < units; j++) {
            double pace = oneMinusSigmoid(sum(0, j, x, state, features));
            double c = Math.tanh(sum(2, j, x, reset, features));
            derivative[j] = pace * (c - state[j]) / weights.tauMs[j];
        }
    }

    /** Derivative of a gate's sum by unit i through the features: the sum over f of V (1 - u^2) FW. */
    private double throughFeatures(int gate, int unit, int i, double[] features) {
        double slope = 0;
        for (int f = 0; f < features.length; f++) {
            slope += v(gate, f, unit) * (1 - features[f] * features[f]) * ofFeature(f, 1 + i);
        }
        return slope;
    }

    @Override
    public void jacobian(double[] state, double input, double[][] jacobian) {
        double x = inputScale * input;
        double[] features = features(x, state);
        double[] r = new double[units];
        double[] reset = new double[units];
        for (int k = 0; k < units; k++) {
            r[k] = sigmoid(sum(1, k, x, state, features));
            reset[k] = r[k] * state[k];
        }
        for (int j = 0; j < units; j++) {
            double a = sum(0, j, x, state, features);
            double z = sigmoid(a);
            double pace = oneMinusSigmoid(a);
            double c = Math.tanh(sum(2, j, x, reset, features));
            for (int i = 0; i < units; i++) {
                // d(reset_k)/dh_i = r_k delta_ki + h_k r_k (1 - r_k) d(sum of r_k)/dh_i
                double inner = u(2, i, j) * r[i];
                for (int k = 0; k < units; k++) {
                    inner += u(2, k, j) * state[k] * r[k] * (1 - r[k])
                            * (u(1, i, k) + throughFeatures(1, k, i, features));
                }
                double dc = (1 - c * c) * (inner + throughFeatures(2, j, i, features));
                double dz = z * pace * (u(0, i, j) + throughFeatures(0, j, i, features));
                jacobian[j][i] = (pace * (dc - (i == j ? 1 : 0)) - dz * (c - state[j])) / weights.tauMs[j];
            }
        }
    }

    private Jet[] features(double x, Jet[] state) {
        Jet[] features = new Jet[weights.features];
        for (int f = 0; f < features.length; f++) {
            Jet a = state[0].constant(weights.featureBias[f]).plus(state[0].constant(ofFeature(f, 0)).times(x));
            for (int k = 0; k < units; k++) {
                a = a.plus(state[k].times(ofFeature(f, 1 + k)));
            }
            features[f] = a.tanh();
        }
        return features;
    }

    private Jet sum(int gate, int unit, double x, Jet[] source, Jet[] features) {
        Jet a = source[0].constant(weights.bias[gate * units + unit])
                .plus(source[0].constant(w(gate, unit)).times(x));
        for (int k = 0; k < units; k++) {
            a = a.plus(source[k].times(u(gate, k, unit)));
        }
        for (int f = 0; f < features.length; f++) {
            a = a.plus(features[f].times(v(gate, f, unit)));
        }
        return a;
    }

    @Override
    public void enclose(Jet[] state, double input, Jet[] derivative) {
        double x = inputScale * input;
        Jet[] features = features(x, state);
        Jet[] reset = new Jet[units];
        for (int k = 0; k < units; k++) {
            reset[k] = sum(1, k, x, state, features).sigmoid().times(state[k]);
        }
        for (int j = 0; j < units; j++) {
            // 1 - sigma(a) = sigma(-a)
            Jet pace = sum(0, j, x, state, features).times(-1).sigmoid();
            derivative[j] = pace.times(sum(2, j, x, reset, features).tanh().minus(state[j])).over(weights.tauMs[j]);
        }
    }
}
