package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.BIAS;
import static org.nagumo.core.gru.GruParameters.FEATURE_BIAS;
import static org.nagumo.core.gru.GruParameters.FEATURE_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.FROM_FEATURES;
import static org.nagumo.core.gru.GruParameters.INITIAL_STATE;
import static org.nagumo.core.gru.GruParameters.LOG_TAU;
import static org.nagumo.core.gru.GruParameters.RECURRENT_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.WEIGHTS;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.params.SameDiffParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The continuous-time GRU as a SameDiff layer of Deeplearning4j: {@link ContinuousTimeGruGraph}, unrolled over the
 * sequence and differentiated by SameDiff. For reading, changing and extending the equations; it costs milliseconds
 * a time step. {@link ContinuousTimeGru} has the same parameters under the same keys in the same flat order, gives the
 * same numbers, and is some thousand times faster.
 *
 * <p>Input {@code [minibatch, nIn, time]} in the NCW format, output {@code [minibatch, nOut, time]}. Any sequence
 * length; a change of length builds the graph anew. Its gradients do not have the fault of M2.1's SameDiff layers,
 * which return twice the gradient.
 */
public final class SameDiffContinuousTimeGru extends SameDiffLayer {

    private static final long serialVersionUID = 1L;

    private long nIn;
    private long nOut;
    private GruEquations equations = GruEquations.euler(1);

    private SameDiffContinuousTimeGru(Builder builder) {
        super(builder);
        nIn = builder.nIn;
        nOut = builder.nOut;
        equations = GruParameters.named(name(), builder.draft::build);
    }

    /** For the JSON reader alone. */
    public SameDiffContinuousTimeGru() {
    }

    public long getNIn() {
        return nIn;
    }

    public void setNIn(long nIn) {
        this.nIn = nIn;
    }

    public long getNOut() {
        return nOut;
    }

    public void setNOut(long nOut) {
        this.nOut = nOut;
    }

    /** The equations that the layer computes. */
    public GruEquations getEquations() {
        return equations;
    }

    public void setEquations(GruEquations equations) {
        this.equations = equations;
    }

    String name() {
        return "layer '" + (getLayerName() == null ? "SameDiffContinuousTimeGru" : getLayerName()) + "'";
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeRecurrent recurrent = recurrent(inputType);
        return InputType.recurrent(nOut, recurrent.getTimeSeriesLength(), RNNFormat.NCW);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (nIn <= 0 || override) {
            nIn = recurrent(inputType).getSize();
        }
    }

    private InputType.InputTypeRecurrent recurrent(InputType inputType) {
        if (inputType instanceof InputType.InputTypeRecurrent recurrent && recurrent.getFormat() == RNNFormat.NCW) {
            return recurrent;
        }
        throw new IllegalArgumentException(name() + ": input type is " + inputType
                + "; allowed: recurrent in the NCW format");
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        int inputs = GruParameters.named(name(), () -> equations.inputs(nIn, (int) nOut));
        params.addWeightParam(WEIGHTS, inputs, equations.inputBlocks() * nOut);
        params.addWeightParam(RECURRENT_WEIGHTS, nOut, 3 * nOut);
        // Biases follow on weights in the flat vector: here, what follows on b is called a bias, and Parameters tells
        // which of it is a weight.
        params.addBiasParam(BIAS, 1, 3 * nOut);
        if (equations.features() > 0) {
            params.addBiasParam(FEATURE_WEIGHTS, inputs + nOut, equations.features());
            params.addBiasParam(FEATURE_BIAS, 1, equations.features());
            params.addBiasParam(FROM_FEATURES, equations.features(), 3 * nOut);
        }
        if (equations.learnTau()) {
            params.addBiasParam(LOG_TAU, 1, nOut);
        }
        if (equations.initialState() == InitialState.LEARNED) {
            params.addBiasParam(INITIAL_STATE, 1, nOut);
        }
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        for (String key : GruParameters.weightKeys(equations)) {
            INDArray all = params.get(key);
            long columns = key.equals(FEATURE_WEIGHTS) ? equations.features() : nOut;
            for (long at = 0; at < all.size(1); at += columns) {
                INDArray block = Nd4j.create(all.dataType(), new long[] {all.size(0), columns}, 'f');
                initWeights((int) all.size(0), (int) columns, weightInit, block);
                all.get(NDArrayIndex.all(), NDArrayIndex.interval(at, at + columns)).assign(block);
            }
        }
        GruParameters.biasKeys(equations).forEach(key -> params.get(key).assign(0));
        double[] tau = GruParameters.named(name(), () -> equations.tauMs((int) nOut));
        double[] start = GruParameters.named(name(), () -> equations.initialValues((int) nOut));
        for (int j = 0; j < nOut; j++) {
            if (params.containsKey(LOG_TAU)) {
                params.get(LOG_TAU).putScalar(0, j, Math.log(tau[j]));
            }
            if (params.containsKey(INITIAL_STATE)) {
                params.get(INITIAL_STATE).putScalar(0, j, start[j]);
            }
        }
    }

    /** As in {@link ContinuousTimeGru}: what belongs to biases does not belong to time constants and states. */
    @Override
    public List<Regularization> getRegularizationByParam(String key) {
        return initializer().isWeightParam(this, key) ? getRegularization()
                : initializer().isBiasParam(this, key) ? getRegularizationBias() : null;
    }

    @Override
    public ParamInitializer initializer() {
        return Parameters.INSTANCE;
    }

    /** Which parameters are weights and which are biases. */
    private static final class Parameters extends SameDiffParamInitializer {

        private static final Parameters INSTANCE = new Parameters();

        @Override
        public List<String> weightKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return GruParameters.weightKeys(((SameDiffContinuousTimeGru) layer).equations);
        }

        @Override
        public List<String> biasKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return GruParameters.biasKeys(((SameDiffContinuousTimeGru) layer).equations);
        }
    }

    @Override
    public IUpdater getUpdaterByParam(String key) {
        return LOG_TAU.equals(key) || INITIAL_STATE.equals(key) ? getUpdater() : super.getUpdaterByParam(key);
    }

    /** Parameters lie column by column, as in {@link ContinuousTimeGru}. */
    @Override
    public char paramReshapeOrder(String param) {
        return 'f';
    }

    @Override
    public INDArray onesMaskForInput(INDArray input) {
        return Nd4j.ones(input.dataType(), input.size(0), input.size(2));
    }

    @Override
    public SDVariable defineLayer(SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
        int steps = (int) input.getShape()[2];
        ContinuousTimeGruGraph graph = new ContinuousTimeGruGraph(sd, equations, (int) nIn, (int) nOut,
                params.get(WEIGHTS), params.get(RECURRENT_WEIGHTS), params.get(BIAS), params.get(FEATURE_WEIGHTS),
                params.get(FEATURE_BIAS), params.get(FROM_FEATURES), params.get(LOG_TAU));
        SDVariable h0 = switch (equations.initialState()) {
            case FIXED -> sd.constant(Nd4j.createFromArray(new double[][] {equations.initialValues((int) nOut)})
                    .castTo(input.dataType()));
            case LEARNED -> params.get(INITIAL_STATE);
            case GIVEN -> null;
        };
        return graph.sequence(input, steps, h0, mask);
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray parameters, boolean initialize, DataType dataType) {
        SameDiffContinuousTimeGruLayer layer = new SameDiffContinuousTimeGruLayer(conf, dataType);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SameDiffContinuousTimeGru that && super.equals(other) && nIn == that.nIn
                && nOut == that.nOut && equations.equals(that.equations);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof SameDiffContinuousTimeGru;
    }

    @Override
    public int hashCode() {
        return Objects.hash(getLayerName(), nIn, nOut, equations);
    }

    @Override
    public String toString() {
        return "SameDiffContinuousTimeGru(nIn=" + nIn + ", nOut=" + nOut + ", " + equations + ")";
    }

    /** Builds the configuration; the same options as {@link ContinuousTimeGru.Builder}. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends SameDiffLayer.Builder<Builder> implements GruOptions<Builder> {

        private final GruEquations.Draft draft = new GruEquations.Draft();
        private long nIn;
        private long nOut;

        @Override
        public GruEquations.Draft draft() {
            return draft;
        }

        /** Number of the input's channels. */
        public Builder nIn(long count) {
            this.nIn = count;
            return this;
        }

        /** Number of units. */
        public Builder nOut(long count) {
            this.nOut = count;
            return this;
        }

        @Override
        public SameDiffContinuousTimeGru build() {
            return new SameDiffContinuousTimeGru(this);
        }
    }
}
