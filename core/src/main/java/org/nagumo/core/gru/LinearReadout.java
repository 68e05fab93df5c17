package org.nagumo.core.gru;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j's {@link RnnOutputLayer}, computed in one pass where it is a linear map under the squared error:
 * {@code y_k = sum_j h_j W_jk + b_k} at every time step, with the loss
 * {@code L = 1/B sum over examples, steps and outputs of m (y_k - target_k)^2 / n}, n = 1 for
 * {@link LossFunction#L2}, the number of outputs for {@link LossFunction#MSE}; B is the minibatch, m the mask
 * {@code [minibatch, time]} or 1.
 *
 * <pre>{@code
 * new LinearReadout.Builder().nIn(2).nOut(1).build()
 * }</pre>
 *
 * <p>It has the parameters, options, files and numbers of the stock layer, and stands wherever that stands. What is no
 * such map (another activation or loss, weights of outputs, a mask of single outputs or of other numbers than 0 and
 * 1, dropout, weight noise, the format NWC) or has more than 2048 weights is left to the stock code. Differences: the
 * defaults are identity and MSE, the format is NCW where none is set and no input type tells it, and targets that are
 * not finite are refused.
 *
 * <p>As everywhere in Deeplearning4j, arrays that were handed to a layer must not be written to before it is done with
 * them.
 *
 * <p>Input {@code [minibatch, nIn, time]}, output and targets {@code [minibatch, nOut, time]}; 'f' order is the fast
 * one.
 */
public final class LinearReadout extends RnnOutputLayer {

    private static final long serialVersionUID = 1L;

    /** For the JSON reader alone. */
    public LinearReadout() {
    }

    /** The stock layer hides its constructor, so its builder's work is taken over. */
    private LinearReadout(RnnOutputLayer stock) {
        setLayerName(stock.getLayerName());
        setIDropout(stock.getIDropout());
        setConstraints(stock.getConstraints());
        setActivationFn(stock.getActivationFn());
        setWeightInitFn(stock.getWeightInitFn());
        setBiasInit(stock.getBiasInit());
        setGainInit(stock.getGainInit());
        setRegularization(stock.getRegularization());
        setRegularizationBias(stock.getRegularizationBias());
        setIUpdater(stock.getIUpdater());
        setBiasUpdater(stock.getBiasUpdater());
        setWeightNoise(stock.getWeightNoise());
        setGradientNormalization(stock.getGradientNormalization());
        setGradientNormalizationThreshold(stock.getGradientNormalizationThreshold());
        setNIn(stock.getNIn());
        setNOut(stock.getNOut());
        setTimeDistributedFormat(stock.getTimeDistributedFormat());
        setLossFn(stock.getLossFn());
        setHasBias(stock.hasBias());
        setRnnDataFormat(stock.getRnnDataFormat());
    }

    /** The data format, NCW where none is set. */
    @Override
    public RNNFormat getRnnDataFormat() {
        return super.getRnnDataFormat() == null ? RNNFormat.NCW : super.getRnnDataFormat();
    }

    @Override
    public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
            INDArray parameters, boolean initialize, DataType dataType) {
        LayerValidation.assertNInNOutSet("LinearReadout", getLayerName(), index, getNIn(), getNOut());
        LinearReadoutLayer<?> layer = LinearReadoutLayer.of(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
        layer.setParamTable(table);
        layer.setConf(conf);
        return layer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearReadout && super.equals(other);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof LinearReadout;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return "LinearReadout(" + super.toString() + ")";
    }

    /** Builds the configuration; the options are those of the stock layer. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends RnnOutputLayer.Builder {

        /** Identity under the mean squared error. */
        public Builder() {
            this(LossFunction.MSE);
        }

        /** Identity under another loss; the fast ones are MSE and L2. */
        public Builder(LossFunction loss) {
            this(loss.getILossFunction());
        }

        /** Identity under another loss. */
        public Builder(ILossFunction loss) {
            super(loss);
            activation(Activation.IDENTITY);
        }

        @Override
        public LinearReadout build() {
            return new LinearReadout(super.build());
        }
    }
}
