package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.BIAS;
import static org.nagumo.core.gru.GruParameters.FEATURE_BIAS;
import static org.nagumo.core.gru.GruParameters.FEATURE_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.FROM_FEATURES;
import static org.nagumo.core.gru.GruParameters.INITIAL_STATE;
import static org.nagumo.core.gru.GruParameters.LOG_TAU;
import static org.nagumo.core.gru.GruParameters.RECURRENT_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.WEIGHTS;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Cuts the flat vector {@code [W | RW | b | FW | Fb | V | logTau | h0]} into the layer's parameters, FW, Fb and V only
 * with shared features and the last two only when they are learned, and gives them their first values.
 *
 * <p>Every weight is drawn by the layer's weight initialisation with the fans of one product: W, RW and V gate by gate,
 * FW at once with a fan in of all that a feature reads. Were V zero at first, FW would have no gradient, and were FW
 * zero, V would have none; drawn, both learn from the first step on.
 */
final class ContinuousTimeGruParamInitializer implements ParamInitializer {

    static final ContinuousTimeGruParamInitializer INSTANCE = new ContinuousTimeGruParamInitializer();

    private ContinuousTimeGruParamInitializer() {
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        ContinuousTimeGru c = (ContinuousTimeGru) layer;
        return counts(c).values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many numbers each parameter has. */
    static Map<String, Long> counts(ContinuousTimeGru c) {
        Map<String, Long> counts = new LinkedHashMap<>();
        shapes(c).forEach((key, shape) -> counts.put(key, length(shape)));
        return counts;
    }

    private static long length(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** Shape of each parameter, in the order of the flat vector. */
    private static Map<String, long[]> shapes(ContinuousTimeGru c) {
        long h = c.getNOut();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(WEIGHTS, new long[] {c.inputs(), c.getEquations().inputBlocks() * h});
        shapes.put(RECURRENT_WEIGHTS, new long[] {h, 3 * h});
        shapes.put(BIAS, new long[] {3 * h});
        long features = c.getEquations().features();
        if (features > 0) {
            shapes.put(FEATURE_WEIGHTS, new long[] {c.inputs() + h, features});
            shapes.put(FEATURE_BIAS, new long[] {features});
            shapes.put(FROM_FEATURES, new long[] {features, 3 * h});
        }
        if (c.getEquations().learnTau()) {
            shapes.put(LOG_TAU, new long[] {h});
        }
        if (c.getEquations().initialState() == InitialState.LEARNED) {
            shapes.put(INITIAL_STATE, new long[] {h});
        }
        return shapes;
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.copyOf(shapes((ContinuousTimeGru) layer).keySet());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return GruParameters.weightKeys(((ContinuousTimeGru) layer).getEquations());
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return GruParameters.biasKeys(((ContinuousTimeGru) layer).getEquations());
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
        ContinuousTimeGru c = (ContinuousTimeGru) conf.getLayer();
        Map<String, INDArray> table = cut(c, view);
        if (initialize) {
            IWeightInit recurrent = c.getWeightInitFnRecurrent() != null ? c.getWeightInitFnRecurrent()
                    : c.getWeightInitFn();
            initialize(c.getWeightInitFn(), table.get(WEIGHTS), c.getNOut());
            initialize(recurrent, table.get(RECURRENT_WEIGHTS), c.getNOut());
            table.get(BIAS).assign(c.getBiasInit());
            if (table.containsKey(FEATURE_WEIGHTS)) {
                initialize(c.getWeightInitFn(), table.get(FEATURE_WEIGHTS), c.getEquations().features());
                table.get(FEATURE_BIAS).assign(c.getBiasInit());
                initialize(c.getWeightInitFn(), table.get(FROM_FEATURES), c.getNOut());
            }
            double[] tau = c.tauMs();
            double[] start = c.initialValues();
            for (int j = 0; j < c.getNOut(); j++) {
                if (table.containsKey(LOG_TAU)) {
                    table.get(LOG_TAU).putScalar(j, Math.log(tau[j]));
                }
                if (table.containsKey(INITIAL_STATE)) {
                    table.get(INITIAL_STATE).putScalar(j, start[j]);
                }
            }
        }
        for (String key : paramKeys(c)) {
            conf.addVariable(key);
        }
        return table;
    }

    /** Each block of columns by itself, with the fan of one. */
    private static void initialize(IWeightInit init, INDArray weights, long columns) {
        long fanIn = weights.size(0);
        for (long at = 0; at < weights.size(1); at += columns) {
            INDArray block = Nd4j.create(weights.dataType(), new long[] {fanIn * columns});
            INDArray values = init.init(fanIn, columns, new long[] {fanIn, columns}, 'f', block);
            weights.get(NDArrayIndex.all(), NDArrayIndex.interval(at, at + columns)).assign(values);
        }
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray view) {
        return cut((ContinuousTimeGru) conf.getLayer(), view);
    }

    private static Map<String, INDArray> cut(ContinuousTimeGru c, INDArray view) {
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> table = new LinkedHashMap<>();
        long at = 0;
        for (Map.Entry<String, long[]> entry : shapes(c).entrySet()) {
            long end = at + length(entry.getValue());
            table.put(entry.getKey(), flat.get(NDArrayIndex.interval(at, end)).reshape('f', entry.getValue()));
            at = end;
        }
        return table;
    }
}
