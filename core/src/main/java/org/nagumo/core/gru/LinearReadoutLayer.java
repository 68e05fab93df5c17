package org.nagumo.core.gru;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * {@link LinearReadout} at work: one pass over blocks of time steps, or the stock code.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class LinearReadoutLayer<A> extends RnnOutputLayer {

    private static final long serialVersionUID = 1L;

    /** Each has a row of partial sums. So many take a third of the stock code's time; more were not measured. */
    private static final long MOST_WEIGHTS = 2048;

    /** Elements of a row: enough for vector loops, few enough for the rows of a narrow readout to stay in L1. */
    private static final int SHORTEST_ROW = 256;
    private static final int LONGEST_ROW = 1024;
    private static final int ALL_ROWS = 8192;

    private final transient Precision<A> precision;
    private final transient RowMath<A> math;

    // For the present minibatch and number of steps: many steps, and what is left of the sequence then.
    private transient SquaredErrorBlock<A> block;
    private transient SquaredErrorBlock<A> rest;
    private transient int blockedLanes;
    private transient int blockedSteps;

    // As it was given, [minibatch, time] or [minibatch, nOut, time]; the stock layer keeps it reshaped.
    private transient INDArray givenMask;

    private transient Loss loss;

    /** Loss of a backward pass, summed over the minibatch, and what it depends on beside input and labels. */
    private record Loss(double sum, INDArray mask, double[] parameters) {
    }

    private LinearReadoutLayer(NeuralNetConfiguration conf, DataType dataType, Precision<A> precision) {
        super(conf, dataType);
        this.precision = precision;
        math = precision.math();
    }

    static LinearReadoutLayer<?> of(NeuralNetConfiguration conf, DataType dataType) {
        return of(conf, dataType, Precision.of(dataType));
    }

    private static <A> LinearReadoutLayer<A> of(NeuralNetConfiguration conf, DataType dataType,
            Precision<A> precision) {
        return new LinearReadoutLayer<>(conf, dataType, precision);
    }

    @Override
    public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
        loss = null;
        super.setInput(input, workspaceMgr);
    }

    @Override
    public void setLabels(INDArray labels) {
        loss = null;
        super.setLabels(labels);
    }

    @Override
    public void clear() {
        loss = null;
        super.clear();
    }

    @Override
    public void setMaskArray(INDArray mask) {
        givenMask = mask;
        super.setMaskArray(mask);
    }

    private int inputs() {
        return (int) layerConf().getNIn();
    }

    private int outputs() {
        return (int) layerConf().getNOut();
    }

    /** Whether the output is a linear map of the input, of a kind that this class computes. */
    private boolean isLinear(boolean training) {
        boolean drops = training && layerConf().getIDropout() != null;
        return layerConf().getActivationFn() instanceof ActivationIdentity && !drops
                && layerConf().getWeightNoise() == null
                && layerConf().getRnnDataFormat() == RNNFormat.NCW
                && layerConf().getNIn() * layerConf().getNOut() <= MOST_WEIGHTS
                && input != null && input.rank() == 3 && input.size(1) == inputs() && input.length() > 0
                && (givenMask == null || hasShape(givenMask, input.size(0), input.size(2)));
    }

    private static boolean hasShape(INDArray array, long... shape) {
        return Arrays.equals(array.shape(), shape);
    }

    /** The loss is this times the squared error; 0 for any other loss. */
    private double factor() {
        ILossFunction function = layerConf().getLossFn();
        if (!(function instanceof LossL2 squares) || squares.getWeights() != null) {
            return 0;
        }
        return function.getClass() == LossL2.class ? 1 : function.getClass() == LossMSE.class ? 1.0 / outputs() : 0;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        boolean isLinear = isLinear(training);
        Channels<A> masks = isLinear ? masks() : null;
        if (!isLinear || !areZerosAndOnes(masks)) {
            return super.activate(training, workspaceMgr);
        }
        resize();
        SquaredErrorBlock.Weights<A> weights = weights(parameters(), 0);
        Channels<A> states = channels(input, inputs());
        INDArray output = workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType,
                new long[] {input.size(0), outputs(), input.size(2)}, 'f');
        Channels<A> readout = precision.channels(output, outputs());
        for (int from = 0; from < steps(); from += blockAt(from).steps()) {
            blockAt(from).forward(weights, states, masks, readout, from);
        }
        return output;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        loss = null;
        double factor = factor();
        boolean isLinear = isLinear(true) && factor != 0 && labels != null
                && hasShape(labels, input.size(0), outputs(), input.size(2));
        Channels<A> masks = isLinear ? masks() : null;
        if (!isLinear || !areZerosAndOnes(masks)) {
            return super.backpropGradient(epsilon, workspaceMgr);
        }
        resize();
        double[] flat = parameters();
        SquaredErrorBlock.Weights<A> weights = weights(flat, 2 * factor);
        Channels<A> states = channels(input, inputs());
        Channels<A> targets = channels(labels, outputs());
        INDArray inputGradient = workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType,
                input.shape(), 'f');
        Channels<A> byState = precision.channels(inputGradient, inputs());
        block.clear();
        if (rest != null) {
            rest.clear();
        }
        for (int from = 0; from < steps(); from += blockAt(from).steps()) {
            blockAt(from).run(weights, states, targets, masks, byState, from);
        }
        double squares = block.squares() + (rest == null ? 0 : rest.squares());
        if (!Double.isFinite(squares)) {
            requireFinite(targets);
        }
        loss = new Loss(factor * squares, givenMask, flat);
        return new Pair<>(parameterGradient(2 * factor), inputGradient);
    }

    private int steps() {
        return (int) input.size(2);
    }

    private int lanes() {
        return (int) input.size(0);
    }

    /** Makes blocks of the input's size. */
    private void resize() {
        if (lanes() == blockedLanes && steps() == blockedSteps) {
            return;
        }
        blockedLanes = lanes();
        blockedSteps = steps();
        int rows = inputs() + outputs() * (inputs() + 2) + 3;
        int row = Math.max(SHORTEST_ROW, Math.min(LONGEST_ROW, ALL_ROWS / rows));
        int blockSteps = Math.max(1, Math.min(steps(), row / lanes()));
        int restSteps = steps() % blockSteps;
        block = new SquaredErrorBlock<>(math, inputs(), outputs(), lanes(), blockSteps);
        rest = restSteps == 0 ? null : new SquaredErrorBlock<>(math, inputs(), outputs(), lanes(), restSteps);
    }

    /** Access to an array of any order and type. */
    private Channels<A> channels(INDArray array, int channels) {
        return precision.channels(Precision.contiguous(array.castTo(dataType)), channels);
    }

    /** The mask as it was given, or null. */
    private Channels<A> masks() {
        return givenMask == null ? null : channels(givenMask, 1);
    }

    private boolean areZerosAndOnes(Channels<A> masks) {
        A row = precision.array(masks == null ? 0 : lanes());
        for (int t = 0; masks != null && t < steps(); t++) {
            masks.read(t, 0, 0, row, lanes());
            for (int b = 0; b < lanes(); b++) {
                double value = math.get(row, b);
                if (value != 0 && value != 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private SquaredErrorBlock<A> blockAt(int step) {
        return step + block.steps() <= steps() ? block : rest;
    }

    /** Weights output by output, then the biases if there are any. */
    private double[] parameters() {
        double[] weights = precision.doubles(getParam(DefaultParamInitializer.WEIGHT_KEY));
        if (!hasBias()) {
            return weights;
        }
        double[] flat = Arrays.copyOf(weights, weights.length + outputs());
        System.arraycopy(precision.doubles(getParam(DefaultParamInitializer.BIAS_KEY)), 0, flat, weights.length,
                outputs());
        return flat;
    }

    private SquaredErrorBlock.Weights<A> weights(double[] flat, double gradientFactor) {
        double[] back = new double[inputs() * outputs()];
        for (int j = 0; j < inputs(); j++) {
            for (int k = 0; k < outputs(); k++) {
                back[j * outputs() + k] = gradientFactor * flat[k * inputs() + j];
            }
        }
        double[] bias = hasBias() ? Arrays.copyOfRange(flat, back.length, flat.length) : new double[outputs()];
        return new SquaredErrorBlock.Weights<>(precision.array(flat), bias, precision.array(back));
    }

    private Gradient parameterGradient(double factor) {
        double[] flat = new double[(inputs() + 1) * outputs()];
        block.addGradient(factor, flat);
        if (rest != null) {
            rest.addGradient(factor, flat);
        }
        precision.write(precision.array(flat), gradientsFlattened);
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        for (String key : layerConf().initializer().paramKeys(layerConf())) {
            gradient.gradientForVariable().put(key, gradientViews.get(key));
        }
        return gradient;
    }

    private void requireFinite(Channels<A> targets) {
        A row = precision.array(lanes());
        for (int t = 0; t < steps(); t++) {
            for (int k = 0; k < outputs(); k++) {
                targets.read(t, k, 0, row, lanes());
                for (int b = 0; b < lanes(); b++) {
                    if (!Double.isFinite(math.get(row, b))) {
                        throw new IllegalArgumentException("layer '" + (layerConf().getLayerName() == null
                                ? "LinearReadout" : layerConf().getLayerName()) + "' (index " + getIndex()
                                + "): target[example " + b + ", output " + k + ", time step " + t + "] is "
                                + math.get(row, b) + "; allowed: finite numbers");
                    }
                }
            }
        }
    }

    /** The loss of the last backward pass where it is still that of the present arrays; else computed anew. */
    @Override
    public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaceMgr) {
        Loss known = loss;
        loss = null;
        if (known == null || known.mask() != givenMask || !Arrays.equals(known.parameters(), parameters())) {
            return super.computeScore(regularization, training, workspaceMgr);
        }
        score = (conf().isMiniBatch() ? known.sum() / getInputMiniBatchSize() : known.sum()) + regularization;
        return score;
    }
}
