package org.nagumo.core.gru;

import java.lang.reflect.Array;
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
    private transient A states;
    private transient A targets;
    private transient A masks;
    private transient A parameters;

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
                && input.size(0) * input.size(2) * Math.max(inputs(), outputs()) <= Integer.MAX_VALUE
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
        if (!isLinear(training) || !prepare()) {
            return super.activate(training, workspaceMgr);
        }
        double[] flat = parameters();
        A weights = precision.array(flat);
        double[] bias = bias(flat);
        for (int from = 0; from < steps(); from += blockAt(from).steps()) {
            blockAt(from).forward(weights, bias, states, givenMask == null ? null : masks, targets, from);
        }
        INDArray output = workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType,
                new long[] {input.size(0), outputs(), input.size(2)}, 'f');
        precision.write(targets, output);
        return output;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        loss = null;
        double factor = factor();
        if (!isLinear(true) || factor == 0 || labels == null
                || !hasShape(labels, input.size(0), outputs(), input.size(2)) || !prepare()) {
            return super.backpropGradient(epsilon, workspaceMgr);
        }
        precision.read(Precision.contiguous(labels.castTo(dataType)), targets);
        double[] flat = parameters();
        A weights = precision.array(flat);
        double[] bias = bias(flat);
        double[] back = new double[inputs() * outputs()];
        for (int j = 0; j < inputs(); j++) {
            for (int k = 0; k < outputs(); k++) {
                back[j * outputs() + k] = 2 * factor * flat[k * inputs() + j];
            }
        }
        block.clear();
        if (rest != null) {
            rest.clear();
        }
        for (int from = 0; from < steps(); from += blockAt(from).steps()) {
            blockAt(from).run(weights, bias, precision.array(back), states, targets, givenMask == null ? null : masks, from);
        }
        double squares = block.squares() + (rest == null ? 0 : rest.squares());
        if (!Double.isFinite(squares)) {
            requireFiniteTargets();
        }
        loss = new Loss(factor * squares, givenMask, flat);
        INDArray inputGradient = workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType,
                input.shape(), 'f');
        precision.write(states, inputGradient);
        return new Pair<>(parameterGradient(2 * factor), inputGradient);
    }

    private int steps() {
        return (int) input.size(2);
    }

    /** Makes buffers and blocks of the input's size and reads input and mask; false if the mask is not of 0 and 1. */
    private boolean prepare() {
        int lanes = (int) input.size(0);
        int elements = lanes * steps();
        if (masks == null || Array.getLength(masks) < elements) {
            states = precision.array(elements * inputs());
            targets = precision.array(elements * outputs());
            masks = precision.array(elements);
            parameters = precision.array((inputs() + 1) * outputs());
        }
        if (lanes != blockedLanes || steps() != blockedSteps) {
            blockedLanes = lanes;
            blockedSteps = steps();
            int rows = inputs() + outputs() * (inputs() + 2) + 3;
            int row = Math.max(SHORTEST_ROW, Math.min(LONGEST_ROW, ALL_ROWS / rows));
            int blockSteps = Math.max(1, Math.min(steps(), row / lanes));
            int restSteps = steps() % blockSteps;
            block = new SquaredErrorBlock<>(math, inputs(), outputs(), lanes, blockSteps);
            rest = restSteps == 0 ? null : new SquaredErrorBlock<>(math, inputs(), outputs(), lanes, restSteps);
        }
        precision.read(Precision.contiguous(input.castTo(dataType)), states);
        return givenMask == null || readMask();
    }

    private boolean readMask() {
        precision.read(Precision.contiguous(givenMask.castTo(dataType)), masks);
        for (int i = 0; i < givenMask.length(); i++) {
            double value = math.get(masks, i);
            if (value != 0 && value != 1) {
                return false;
            }
        }
        return true;
    }

    private SquaredErrorBlock<A> blockAt(int step) {
        return step + block.steps() <= steps() ? block : rest;
    }

    /** Weights output by output, then the biases if there are any. */
    private double[] parameters() {
        double[] flat = new double[inputs() * outputs() + (hasBias() ? outputs() : 0)];
        read(getParam(DefaultParamInitializer.WEIGHT_KEY), flat, 0);
        if (hasBias()) {
            read(getParam(DefaultParamInitializer.BIAS_KEY), flat, inputs() * outputs());
        }
        return flat;
    }

    private void read(INDArray parameter, double[] flat, int at) {
        precision.read(Precision.contiguous(parameter), parameters);
        for (int p = 0; p < parameter.length(); p++) {
            flat[at + p] = math.get(parameters, p);
        }
    }

    private double[] bias(double[] flat) {
        return hasBias() ? Arrays.copyOfRange(flat, inputs() * outputs(), flat.length) : new double[outputs()];
    }

    private Gradient parameterGradient(double factor) {
        double[] flat = new double[(inputs() + 1) * outputs()];
        block.addGradient(factor, flat);
        if (rest != null) {
            rest.addGradient(factor, flat);
        }
        for (int p = 0; p < flat.length; p++) {
            math.set(parameters, p, flat[p]);
        }
        precision.write(parameters, gradientsFlattened);
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        for (String key : layerConf().initializer().paramKeys(layerConf())) {
            gradient.gradientForVariable().put(key, gradientViews.get(key));
        }
        return gradient;
    }

    private void requireFiniteTargets() {
        int lanes = (int) input.size(0);
        for (int i = 0; i < labels.length(); i++) {
            double target = math.get(targets, i);
            if (!Double.isFinite(target)) {
                throw new IllegalArgumentException("layer '" + (layerConf().getLayerName() == null ? "LinearReadout"
                        : layerConf().getLayerName()) + "' (index " + getIndex() + "): target[example " + i % lanes
                        + ", output " + i / lanes % outputs() + ", time step " + i / lanes / outputs() + "] is "
                        + target + "; allowed: finite numbers");
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
