package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.BIAS;
import static org.nagumo.core.gru.GruParameters.LOG_TAU;
import static org.nagumo.core.gru.GruParameters.RECURRENT_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.WEIGHTS;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

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
    private double dt = 1;
    private double[] tau = {1};
    private boolean learnTau;

    private SameDiffContinuousTimeGru(Builder builder) {
        super(builder);
        nIn = builder.nIn;
        nOut = builder.nOut;
        dt = builder.dt;
        tau = builder.tau.clone();
        learnTau = builder.learnTau;
        GruParameters.checkedTau(describe(), dt, tau, tau.length);
        if (learnTau) {
            constraints = List.of(new TimeConstantBound(dt));
        }
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
        throw new IllegalArgumentException(describe() + ": input type is " + inputType
                + "; allowed: recurrent in the NCW format");
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        params.addWeightParam(WEIGHTS, nIn, 3 * nOut);
        params.addWeightParam(RECURRENT_WEIGHTS, nOut, 3 * nOut);
        params.addBiasParam(BIAS, 1, 3 * nOut);
        if (learnTau) {
            params.addBiasParam(LOG_TAU, 1, nOut);
        }
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        for (int gate = 0; gate < 3; gate++) {
            for (String key : new String[] {WEIGHTS, RECURRENT_WEIGHTS}) {
                INDArray all = params.get(key);
                INDArray block = Nd4j.create(all.dataType(), new long[] {all.size(0), nOut}, 'f');
                initWeights((int) all.size(0), (int) nOut, weightInit, block);
                all.get(NDArrayIndex.all(), NDArrayIndex
                        .interval(gate * nOut, (gate + 1) * nOut)).assign(block);
            }
        }
        params.get(BIAS).assign(0);
        if (learnTau) {
            double[] all = GruParameters.checkedTau(describe(), dt, tau, (int) nOut);
            for (int j = 0; j < all.length; j++) {
                params.get(LOG_TAU).putScalar(0, j, Math.log(all[j]));
            }
        }
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
        SDVariable alpha;
        if (learnTau) {
            alpha = sd.math.exp(params.get(LOG_TAU).neg()).mul(dt);
        } else {
            double[] all = GruParameters.checkedTau(describe(), dt, tau, (int) nOut);
            double[] ratio = Arrays.stream(all).map(t -> dt / t).toArray();
            alpha = sd.constant("alpha", Nd4j.createFromArray(new double[][] {ratio}).castTo(input.dataType()));
        }
        ContinuousTimeGruGraph graph = new ContinuousTimeGruGraph(sd, (int) nIn, (int) nOut, params.get(WEIGHTS),
                params.get(RECURRENT_WEIGHTS), params.get(BIAS), alpha);
        SDVariable h0 = sd.constant("h0", Nd4j.zeros(input.dataType(), 1, nOut));
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
                && nOut == that.nOut && dt == that.dt && learnTau == that.learnTau && Arrays.equals(tau, that.tau);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof SameDiffContinuousTimeGru;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * super.hashCode() + Double.hashCode(dt)) + Arrays.hashCode(tau) + (int) (nIn + 7 * nOut);
    }

    @Override
    public String toString() {
        return "SameDiffContinuousTimeGru(nIn=" + nIn + ", nOut=" + nOut + ", dt=" + dt + " ms, tau="
                + Arrays.toString(tau) + " ms, learnTau=" + learnTau + ")";
    }

    /** Builds the configuration; the same options as {@link ContinuousTimeGru.Builder}. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends SameDiffLayer.Builder<Builder> {

        private long nIn;
        private long nOut;
        private double dt = 1;
        private double[] tau = {1};
        private boolean learnTau;

        /** Number of inputs. */
        public Builder nIn(long count) {
            this.nIn = count;
            return this;
        }

        /** Number of units. */
        public Builder nOut(long count) {
            this.nOut = count;
            return this;
        }

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

        /** Whether the time constants are learned; false by default. */
        public Builder learnTau(boolean learn) {
            this.learnTau = learn;
            return this;
        }

        @Override
        public SameDiffContinuousTimeGru build() {
            return new SameDiffContinuousTimeGru(this);
        }
    }
}
