package org.nagumo.core.gru;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A continuous-time GRU as a recurrent layer of Deeplearning4j, for use wherever its own LSTM or SimpleRnn can stand.
 * The equations are those of {@link ContinuousTimeGruGraph}; they are computed by {@link FusedGru}, with exact
 * backpropagation through time.
 *
 * <pre>{@code
 * new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.5, 2).learnTau(true).build()
 * }</pre>
 *
 * <p>Input {@code [minibatch, nIn, time]}, output {@code [minibatch, nOut, time]} (NCW; NWC is honoured). The channels
 * of the input are the data, then the interval of each step if time is irregular, then nOut channels with the first
 * state if it is given; nIn counts them all. With {@code dt} equal to {@code tau}, the default, the layer is the
 * classical GRU, with the reset before the matrix product.
 *
 * <p>With {@code features(F)}, F shared features {@code u = tanh([x, h] FW + Fb)} are further inputs of gates and
 * candidate; two units can then follow a flow of another shape than their gates alone have. Their first weights are
 * drawn like all others, so that they learn from the first step on.
 *
 * <p>Where a mask {@code [minibatch, time]} of zeros and ones is zero, the state is held and the output is zero. Dropout
 * acts on the data channels alone; regularisation, weight noise and constraints act on weights and biases, those of the
 * features included. Constraints on input weights are meant for W alone, those on recurrent weights for RW alone.
 *
 * <p>In truncated backpropagation a segment is differentiated from the state that was carried into it, over the whole
 * segment: the networks of Deeplearning4j 1.0.0-M2.1 do not hand a layer the length back.
 *
 * <p>No step that the options permit can drive a state beyond the larger of 1 and the first state (see
 * {@link Integrator}); what could overflow is refused, as is an input, state or parameter that is not finite, with the
 * layer's name, the unit and the time step.
 *
 * <p>Parameters: see {@link GruParameters}.
 */
public final class ContinuousTimeGru extends BaseRecurrentLayer {

    private static final long serialVersionUID = 1L;

    private GruEquations equations = GruEquations.euler(1);
    private Map<String, IUpdater> parameterUpdaters = Map.of();

    private ContinuousTimeGru(Builder builder) {
        super(builder);
        equations = GruParameters.named(name(), builder.draft::build);
        parameterUpdaters = new TreeMap<>(builder.parameterUpdaters);
        initializeConstraints(builder);
        addConstraints(builder.getInputWeightConstraints(), GruParameters.WEIGHTS);
        addConstraints(builder.getRecurrentConstraints(), GruParameters.RECURRENT_WEIGHTS);
    }

    private void addConstraints(List<LayerConstraint> added, String key) {
        if (added == null) {
            return;
        }
        List<LayerConstraint> all = new ArrayList<>(constraints == null ? List.of() : constraints);
        for (LayerConstraint constraint : added) {
            LayerConstraint own = constraint.clone();
            own.setParams(Set.of(key));
            all.add(own);
        }
        constraints = all;
    }

    /** For the JSON reader alone. */
    public ContinuousTimeGru() {
    }

    /** The equations that the layer computes. */
    public GruEquations getEquations() {
        return equations;
    }

    public void setEquations(GruEquations equations) {
        this.equations = equations;
    }

    /** Updaters of single parameters, by their keys. */
    public Map<String, IUpdater> getParameterUpdaters() {
        return parameterUpdaters;
    }

    public void setParameterUpdaters(Map<String, IUpdater> parameterUpdaters) {
        this.parameterUpdaters = parameterUpdaters;
    }

    @Override
    public IUpdater getUpdaterByParam(String key) {
        IUpdater own = parameterUpdaters.get(key);
        return own != null ? own : super.getUpdaterByParam(key);
    }

    String name() {
        return "layer '" + (getLayerName() == null ? "ContinuousTimeGru" : getLayerName()) + "'";
    }

    /** Channels of the input that hold data. */
    int inputs() {
        return GruParameters.named(name(), () -> equations.inputs(getNIn(), (int) getNOut()));
    }

    double[] tauMs() {
        return GruParameters.named(name(), () -> equations.tauMs((int) getNOut()));
    }

    double[] initialValues() {
        return GruParameters.named(name(), () -> equations.initialValues((int) getNOut()));
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray parameters, boolean initialize, DataType dataType) {
        LayerValidation.assertNInNOutSet("ContinuousTimeGru", getLayerName(), index, getNIn(), getNOut());
        checkSizes();
        ContinuousTimeGruLayer<?> layer = ContinuousTimeGruLayer.of(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
        layer.setParamTable(table);
        layer.setConf(conf);
        return layer;
    }

    private void checkSizes() {
        inputs();
        tauMs();
        initialValues();
        for (String key : parameterUpdaters.keySet()) {
            if (!initializer().paramKeys(this).contains(key)) {
                throw new IllegalArgumentException(name() + ": an updater is set for parameter '" + key
                        + "'; allowed: " + initializer().paramKeys(this));
            }
        }
    }

    @Override
    public ParamInitializer initializer() {
        return ContinuousTimeGruParamInitializer.INSTANCE;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = initializer().numParams(this);
        long steps = inputType instanceof InputType.InputTypeRecurrent recurrent
                ? Math.max(1, recurrent.getTimeSeriesLength()) : 1;
        // Gates, reset states and features of every evaluation, states of every integrator step, outputs' gradients,
        // the input.
        long substeps = equations.substeps();
        long stages = equations.integrator().stages();
        long perExample = steps * ((substeps * (4 * stages + 1) + 1) * getNOut()
                + substeps * stages * equations.features() + getNIn());
        return new LayerMemoryReport.Builder(getLayerName(), ContinuousTimeGru.class, inputType,
                getOutputType(-1, inputType)).standardMemory(parameters, updaterState())
                .workingMemory(0, perExample, 0, perExample)
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS).build();
    }

    private long updaterState() {
        long numbers = 0;
        for (Map.Entry<String, Long> count : ContinuousTimeGruParamInitializer.counts(this).entrySet()) {
            IUpdater updater = getUpdaterByParam(count.getKey());
            numbers += updater == null ? 0 : updater.stateSize(count.getValue());
        }
        return numbers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContinuousTimeGru that && super.equals(other) && equations.equals(that.equations)
                && parameterUpdaters.equals(that.parameterUpdaters);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof ContinuousTimeGru;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + equations.hashCode();
    }

    @Override
    public String toString() {
        return "ContinuousTimeGru(nIn=" + getNIn() + ", nOut=" + getNOut() + ", " + equations + ")";
    }

    /** Builds the configuration; see {@link GruOptions} for the equations. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends BaseRecurrentLayer.Builder<Builder> implements GruOptions<Builder> {

        private final GruEquations.Draft draft = new GruEquations.Draft();
        private final Map<String, IUpdater> parameterUpdaters = new TreeMap<>();

        @Override
        public GruEquations.Draft draft() {
            return draft;
        }

        /** An updater, with a learning rate of its own, for one parameter; see {@link GruParameters} for the keys. */
        public Builder updater(String key, IUpdater updater) {
            parameterUpdaters.put(key, updater);
            return this;
        }

        @Override
        public ContinuousTimeGru build() {
            return new ContinuousTimeGru(this);
        }
    }
}
