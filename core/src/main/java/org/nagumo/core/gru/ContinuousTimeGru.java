package org.nagumo.core.gru;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

/**
 * A continuous-time GRU as a recurrent layer of Deeplearning4j, for use wherever its own LSTM or SimpleRnn can stand.
 * The equations are those of {@link ContinuousTimeGruGraph}; they are computed by {@link FusedGru}, with exact
 * backpropagation through time.
 *
 * <pre>{@code
 * new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.5, 2).learnTau(true).build()
 * }</pre>
 *
 * <p>Input {@code [minibatch, nIn, time]}, output {@code [minibatch, nOut, time]} (NCW; NWC is honoured). Masked steps
 * hold the state and give zero. With {@code dt} equal to {@code tau}, the default, it is the classical GRU.
 *
 * <p>Parameters: see {@link GruParameters}.
 */
public final class ContinuousTimeGru extends BaseRecurrentLayer {

    private static final long serialVersionUID = 1L;

    private double dt = 1;
    private double[] tau = {1};
    private boolean learnTau;

    private ContinuousTimeGru(Builder builder) {
        super(builder);
        dt = builder.dt;
        tau = builder.tau.clone();
        learnTau = builder.learnTau;
        GruParameters.checkedTau(describe(), dt, tau, tau.length);
        initializeConstraints(builder);
        if (learnTau) {
            List<LayerConstraint> all = new ArrayList<>(constraints == null ? List.of() : constraints);
            all.add(new TimeConstantBound(dt));
            constraints = all;
        }
    }

    /** For the JSON reader alone. */
    public ContinuousTimeGru() {
    }

    /** Euler step in ms. */
    public double getDt() {
        return dt;
    }

    public void setDt(double dt) {
        this.dt = dt;
    }

    /** Time constants in ms, one or one for each unit; where they are learned, their initial values. */
    public double[] getTau() {
        return tau.clone();
    }

    public void setTau(double[] tau) {
        this.tau = tau.clone();
    }

    /** Whether the time constants are parameters. */
    public boolean isLearnTau() {
        return learnTau;
    }

    public void setLearnTau(boolean learnTau) {
        this.learnTau = learnTau;
    }

    private String describe() {
        return "layer '" + (getLayerName() == null ? "ContinuousTimeGru" : getLayerName()) + "'";
    }

    double[] checkedTau() {
        return GruParameters.checkedTau(describe(), dt, tau, (int) getNOut());
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray parameters, boolean initialize, DataType dataType) {
        LayerValidation.assertNInNOutSet("ContinuousTimeGru", getLayerName(), index, getNIn(), getNOut());
        checkedTau();
        ContinuousTimeGruLayer<?> layer = ContinuousTimeGruLayer.of(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
        layer.setParamTable(table);
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return ContinuousTimeGruParamInitializer.INSTANCE;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        int parameters = (int) initializer().numParams(this);
        long steps = inputType instanceof InputType.InputTypeRecurrent recurrent
                ? Math.max(1, recurrent.getTimeSeriesLength()) : 1;
        // States, gates, reset states and output gradients of every step, and the input.
        long perExample = steps * (6 * getNOut() + getNIn());
        return new LayerMemoryReport.Builder(getLayerName(), ContinuousTimeGru.class, inputType,
                getOutputType(-1, inputType)).standardMemory(parameters, 0)
                .workingMemory(0, perExample, MemoryReport.CACHE_MODE_ALL_ZEROS,
                        MemoryReport.CACHE_MODE_ALL_ZEROS).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContinuousTimeGru that && super.equals(other) && dt == that.dt
                && learnTau == that.learnTau && Arrays.equals(tau, that.tau);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof ContinuousTimeGru;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * super.hashCode() + Double.hashCode(dt)) + Arrays.hashCode(tau) + (learnTau ? 1 : 0);
    }

    @Override
    public String toString() {
        return "ContinuousTimeGru(nIn=" + getNIn() + ", nOut=" + getNOut() + ", dt=" + dt + " ms, tau="
                + Arrays.toString(tau) + " ms, learnTau=" + learnTau + ")";
    }

    /** Builds the configuration; see the class for the defaults. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {

        private double dt = 1;
        private double[] tau = {1};
        private boolean learnTau;

        /** Euler step in ms, positive. */
        public Builder dt(double dtMs) {
            this.dt = dtMs;
            return this;
        }

        /** Time constants in ms: one for all units, or one for each; at least dt. */
        public Builder tau(double... tauMs) {
            this.tau = tauMs.clone();
            return this;
        }

        /** Whether the time constants are learned (as their logarithm, kept at or above dt); false by default. */
        public Builder learnTau(boolean learn) {
            this.learnTau = learn;
            return this;
        }

        @Override
        public ContinuousTimeGru build() {
            return new ContinuousTimeGru(this);
        }
    }
}
