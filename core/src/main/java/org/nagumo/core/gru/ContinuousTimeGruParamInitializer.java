package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.BIAS;
import static org.nagumo.core.gru.GruParameters.LOG_TAU;
import static org.nagumo.core.gru.GruParameters.RECURRENT_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.WEIGHTS;

import java.util.ArrayList;
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

/** Cuts the flat vector {@code [W | RW | b | logTau]} into the layer's parameters and gives them their first values. */
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
        long h = c.getNOut();
        return 3 * h * (c.getNIn() + h + 1) + (c.isLearnTau() ? h : 0);
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        List<String> keys = new ArrayList<>(weightKeys(layer));
        keys.addAll(biasKeys(layer));
        return keys;
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(WEIGHTS, RECURRENT_WEIGHTS);
    }

    /** The time constants count among the biases: no weight decay unless it is asked for on biases. */
    @Override
    public List<String> biasKeys(Layer layer) {
        return ((ContinuousTimeGru) layer).isLearnTau() ? List.of(BIAS, LOG_TAU) : List.of(BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return WEIGHTS.equals(key) || RECURRENT_WEIGHTS.equals(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return BIAS.equals(key) || LOG_TAU.equals(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
        ContinuousTimeGru c = (ContinuousTimeGru) conf.getLayer();
        Map<String, INDArray> table = cut(c, view);
        if (initialize) {
            IWeightInit recurrent = c.getWeightInitFnRecurrent() != null ? c.getWeightInitFnRecurrent()
                    : c.getWeightInitFn();
            initialize(c.getWeightInitFn(), table.get(WEIGHTS), c.getNIn(), c.getNOut());
            initialize(recurrent, table.get(RECURRENT_WEIGHTS), c.getNOut(), c.getNOut());
            table.get(BIAS).assign(c.getBiasInit());
            if (c.isLearnTau()) {
                double[] tau = c.checkedTau();
                for (int j = 0; j < tau.length; j++) {
                    table.get(LOG_TAU).putScalar(j, Math.log(tau[j]));
                }
            }
        }
        for (String key : paramKeys(c)) {
            conf.addVariable(key);
        }
        return table;
    }

    /** Each gate's block by itself, with the fan of one gate. */
    private static void initialize(IWeightInit init, INDArray weights, long fanIn, long units) {
        for (int gate = 0; gate < 3; gate++) {
            INDArray block = Nd4j.create(weights.dataType(), new long[] {fanIn * units});
            INDArray values = init.init(fanIn, units, new long[] {fanIn, units}, 'f', block);
            weights.get(NDArrayIndex.all(), NDArrayIndex.interval(gate * units, (gate + 1) * units)).assign(values);
        }
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray view) {
        return cut((ContinuousTimeGru) conf.getLayer(), view);
    }

    private static Map<String, INDArray> cut(ContinuousTimeGru c, INDArray view) {
        long n = c.getNIn();
        long h = c.getNOut();
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> table = new LinkedHashMap<>();
        table.put(WEIGHTS, piece(flat, 0, 3 * n * h).reshape('f', n, 3 * h));
        table.put(RECURRENT_WEIGHTS, piece(flat, 3 * n * h, 3 * h * h).reshape('f', h, 3 * h));
        table.put(BIAS, piece(flat, 3 * h * (n + h), 3 * h));
        if (c.isLearnTau()) {
            table.put(LOG_TAU, piece(flat, 3 * h * (n + h + 1), h));
        }
        return table;
    }

    private static INDArray piece(INDArray flat, long from, long length) {
        return flat.get(NDArrayIndex.interval(from, from + length));
    }
}
