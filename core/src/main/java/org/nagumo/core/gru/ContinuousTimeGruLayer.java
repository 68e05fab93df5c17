package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.BIAS;
import static org.nagumo.core.gru.GruParameters.INITIAL_STATE;
import static org.nagumo.core.gru.GruParameters.LOG_TAU;
import static org.nagumo.core.gru.GruParameters.RECURRENT_WEIGHTS;
import static org.nagumo.core.gru.GruParameters.WEIGHTS;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * {@link ContinuousTimeGru} at work: moves activations between ND4J and the fused kernel, and keeps the states of
 * {@code rnnTimeStep} and of truncated backpropagation.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class ContinuousTimeGruLayer<A> extends BaseRecurrentLayer<ContinuousTimeGru> {

    private static final long serialVersionUID = 1L;
    private static final String STATE = "h";

    private final transient Precision<A> precision;
    private transient FusedGru<A> kernel;
    private transient A buffer;
    private transient A row;
    private transient A[] masks;

    // The input of the kernel's last forward pass, as long as its gates are intact, and the stored state it began
    // with; null when it began with the layer's initial state.
    private transient INDArray kernelInput;
    private transient INDArray storedStart;

    private ContinuousTimeGruLayer(NeuralNetConfiguration conf, DataType dataType, Precision<A> precision) {
        super(conf, dataType);
        this.precision = precision;
    }

    static ContinuousTimeGruLayer<?> of(NeuralNetConfiguration conf, DataType dataType) {
        return of(conf, dataType, Precision.of(dataType));
    }

    private static <A> ContinuousTimeGruLayer<A> of(NeuralNetConfiguration conf, DataType dataType,
            Precision<A> precision) {
        return new ContinuousTimeGruLayer<>(conf, dataType, precision);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        return forward(null, training, workspaceMgr);
    }

    @Override
    public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaceMgr) {
        return forwardFrom(stateMap, input, false, true, workspaceMgr);
    }

    @Override
    public INDArray rnnActivateUsingStoredState(INDArray input, boolean training, boolean storeLastForTBPTT,
            LayerWorkspaceMgr workspaceMgr) {
        return forwardFrom(tBpttStateMap, input, training, storeLastForTBPTT, workspaceMgr);
    }

    private INDArray forwardFrom(Map<String, INDArray> states, INDArray input, boolean training, boolean store,
            LayerWorkspaceMgr workspaceMgr) {
        setInput(input, workspaceMgr);
        INDArray output = forward(states.get(STATE), training, workspaceMgr);
        if (store) {
            states.put(STATE, lastState());
        }
        return output;
    }

    private INDArray lastState() {
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            int units = units();
            INDArray state = Nd4j.createUninitialized(dataType, new long[] {kernel.lanes(), units}, 'f');
            for (int j = 0; j < units; j++) {
                copy(kernel.state(kernel.steps(), j), 0, buffer, j * kernel.lanes(), kernel.lanes());
            }
            precision.write(buffer, state);
            return state;
        }
    }

    private static void copy(Object from, int fromAt, Object to, int toAt, int length) {
        System.arraycopy(from, fromAt, to, toAt, length);
    }

    private GruEquations equations() {
        return layerConf().getEquations();
    }

    private int units() {
        return (int) layerConf().getNOut();
    }

    private IllegalArgumentException fault(String message) {
        return new IllegalArgumentException(layerConf().name() + " (index " + getIndex() + "): " + message);
    }

    private INDArray forward(INDArray start, boolean training, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(false);
        if (input.rank() != 3) {
            throw fault("input has rank " + input.rank() + "; allowed: rank 3, [minibatch, nIn, time]");
        }
        applyDropOutIfNecessary(training, workspaceMgr);
        run(start, training);
        int lanes = kernel.lanes();
        int units = units();
        INDArray output = workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType,
                new long[] {lanes, units, kernel.steps()}, 'f');
        for (int t = 0; t < kernel.steps(); t++) {
            for (int j = 0; j < units; j++) {
                A h = kernel.state(t + 1, j);
                if (masks != null) {
                    kernel.math().multiply(row, h, masks[t]);
                    h = row;
                }
                copy(h, 0, buffer, (t * units + j) * lanes, lanes);
            }
        }
        precision.write(buffer, output);
        return permuteIfNWC(output);
    }

    /** Intervals and given states are no data: dropout leaves them as they are. */
    @Override
    protected void applyDropOutIfNecessary(boolean training, LayerWorkspaceMgr workspaceMgr) {
        boolean drops = training && !dropoutApplied && layerConf().getIDropout() != null;
        INDArray extras = drops ? extraChannels(input) : null;
        INDArray kept = extras == null ? null : extras.dup();
        super.applyDropOutIfNecessary(training, workspaceMgr);
        if (kept != null) {
            extraChannels(input).assign(kept);
        }
    }

    @Override
    protected INDArray backpropDropOutIfPresent(INDArray inputGradient) {
        INDArray extras = layerConf().getIDropout() == null ? null : extraChannels(inputGradient);
        INDArray kept = extras == null ? null : extras.dup();
        INDArray result = super.backpropDropOutIfPresent(inputGradient);
        if (kept != null) {
            extraChannels(result).assign(kept);
        }
        return result;
    }

    /** A view of the channels beside the data, or null. */
    private INDArray extraChannels(INDArray array) {
        int extra = equations().extraChannels(units());
        return extra == 0 ? null : permuteIfNWC(array).get(NDArrayIndex.all(),
                NDArrayIndex.interval(layerConf().inputs(), layerConf().getNIn()), NDArrayIndex.all());
    }

    /** Runs the kernel over the layer's input. */
    private void run(INDArray start, boolean training) {
        INDArray x = contiguous(permuteIfNWC(input.castTo(dataType)));
        int lanes = (int) x.size(0);
        int channels = (int) layerConf().getNIn();
        int steps = (int) x.size(2);
        if (x.size(1) != channels) {
            throw fault("input has " + x.size(1) + " features in shape " + Arrays.toString(input.shape())
                    + "; allowed: nIn = " + channels);
        }
        if (kernel == null) {
            kernel = precision.kernel(equations(), layerConf().inputs(), units());
        }
        prepareBuffers(lanes, (int) Math.max(Math.max(channels, units()) * (long) lanes * steps,
                layerConf().initializer().numParams(layerConf())));
        kernel.resize(lanes, steps);
        precision.read(x, buffer);
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < layerConf().inputs(); i++) {
                copy(buffer, (t * channels + i) * lanes, kernel.input(t, i), 0, lanes);
            }
            if (equations().irregularTime()) {
                copy(buffer, (t * channels + layerConf().inputs()) * lanes, kernel.interval(t), 0, lanes);
            }
        }
        setStart(start, lanes);
        setMasks(lanes, steps);
        try {
            kernel.forward(parameters(training), masks);
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
        kernelInput = input;
        storedStart = start;
    }

    private void prepareBuffers(int lanes, int length) {
        if (buffer == null || Array.getLength(buffer) < length) {
            buffer = precision.array(length);
        }
        if (row == null || Array.getLength(row) != lanes) {
            row = precision.array(lanes);
        }
    }

    /** An array in 'f' order without gaps: one row for each time step and feature. */
    private static INDArray contiguous(INDArray array) {
        return array.ordering() == 'f' && Shape.hasDefaultStridesForShape(array) ? array : array.dup('f');
    }

    /** Sets the state before the first step; the buffer still holds the input. */
    private void setStart(INDArray start, int lanes) {
        int units = units();
        if (start != null) {
            if (start.rank() != 2 || start.size(0) != lanes || start.size(1) != units) {
                throw fault("the stored state has shape " + Arrays.toString(start.shape()) + "; allowed: "
                        + "[minibatch, nOut] = [" + lanes + ", " + units + "], or rnnClearPreviousState() before");
            }
            precision.read(contiguous(start.castTo(dataType)), buffer);
        }
        double[] fixed = layerConf().initialValues();
        int given = (int) layerConf().getNIn() - units;
        for (int j = 0; j < units; j++) {
            A h = kernel.initialState(j);
            if (start != null) {
                copy(buffer, j * lanes, h, 0, lanes);
            } else {
                switch (equations().initialState()) {
                    case FIXED -> kernel.math().fill(h, fixed[j]);
                    case LEARNED -> kernel.math().fill(h, getParam(INITIAL_STATE).getDouble(j));
                    case GIVEN -> copy(buffer, (given + j) * lanes, h, 0, lanes);
                }
            }
        }
    }

    private void setMasks(int lanes, int steps) {
        if (maskArray == null) {
            masks = null;
            return;
        }
        if (maskArray.rank() != 2 || maskArray.size(0) != lanes || maskArray.size(1) != steps) {
            throw fault("mask has shape " + Arrays.toString(maskArray.shape())
                    + "; allowed: [minibatch, time] = [" + lanes + ", " + steps + "]");
        }
        precision.read(contiguous(maskArray.castTo(dataType)), buffer);
        masks = precision.rowTable(steps);
        for (int t = 0; t < steps; t++) {
            masks[t] = precision.array(lanes);
            copy(buffer, t * lanes, masks[t], 0, lanes);
            for (int b = 0; b < lanes; b++) {
                double value = kernel.math().get(masks[t], b);
                if (value != 0 && value != 1) {
                    throw fault("mask[example " + b + ", time step " + t + "] is " + value + "; allowed: 0 and 1");
                }
            }
        }
    }

    /** The parameters in the kernel's flat order. */
    private double[] parameters(boolean training) {
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        double[] flat = new double[kernel.parameterCount()];
        int at = 0;
        for (String key : new String[] {WEIGHTS, RECURRENT_WEIGHTS, BIAS}) {
            INDArray p = getParamWithNoise(key, training, none);
            for (double value : p.dup('f').data().asDouble()) {
                flat[at++] = value;
            }
        }
        double[] tau = layerConf().tauMs();
        for (int j = 0; j < units(); j++) {
            flat[at++] = equations().learnTau() ? getParam(LOG_TAU).getDouble(j) : Math.log(tau[j]);
        }
        return flat;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        return tbpttBackpropGradient(epsilon, -1, workspaceMgr);
    }

    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(INDArray epsilon, int backLength,
            LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(true);
        if (kernelInput != input) {
            run(storedStart, true);
        }
        int lanes = kernel.lanes();
        int units = units();
        int steps = kernel.steps();
        precision.read(contiguous(permuteIfNWC(epsilon.castTo(dataType))), buffer);
        for (int t = 0; t < steps; t++) {
            for (int j = 0; j < units; j++) {
                A error = kernel.outputGradient(t, j);
                copy(buffer, (t * units + j) * lanes, error, 0, lanes);
                if (masks != null) {
                    kernel.math().multiply(error, error, masks[t]);
                }
            }
        }
        int firstStep = backLength > 0 ? Math.max(0, steps - backLength) : 0;
        kernel.backward(true, firstStep);
        kernelInput = null;
        boolean reachesStart = storedStart == null && firstStep == 0;
        Gradient gradient = parameterGradient(reachesStart);
        INDArray inputGradient = inputGradient(reachesStart, workspaceMgr);
        weightNoiseParams.clear();
        return new Pair<>(gradient, inputGradient);
    }

    private INDArray inputGradient(boolean reachesStart, LayerWorkspaceMgr workspaceMgr) {
        int lanes = kernel.lanes();
        int steps = kernel.steps();
        int inputs = layerConf().inputs();
        int channels = (int) layerConf().getNIn();
        int given = channels - units();
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < channels; i++) {
                A dx;
                if (i < inputs) {
                    dx = kernel.inputGradient(t, i);
                } else if (equations().irregularTime() && i == inputs) {
                    dx = kernel.intervalGradient(t);
                } else if (t == 0 && reachesStart) {
                    dx = kernel.initialStateGradient(i - given);
                } else {
                    dx = row;
                    kernel.math().clear(row);
                }
                copy(dx, 0, buffer, (t * channels + i) * lanes, lanes);
            }
        }
        INDArray inputGradient = workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType,
                new long[] {lanes, channels, steps}, 'f');
        precision.write(buffer, inputGradient);
        return backpropDropOutIfPresent(permuteIfNWC(inputGradient));
    }

    private Gradient parameterGradient(boolean reachesStart) {
        double[] flat = new double[kernel.parameterCount() + units()];
        kernel.gradient(flat);
        boolean learnsStart = equations().initialState() == InitialState.LEARNED;
        int at = kernel.parameterCount() - (equations().learnTau() ? 0 : units());
        for (int j = 0; learnsStart && j < units(); j++) {
            flat[at + j] = reachesStart ? kernel.math().sum(kernel.initialStateGradient(j), kernel.lanes()) : 0;
        }
        for (int p = 0; p < gradientsFlattened.length(); p++) {
            kernel.math().set(buffer, p, flat[p]);
        }
        precision.write(buffer, gradientsFlattened);
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        for (String key : layerConf().initializer().paramKeys(layerConf())) {
            gradient.gradientForVariable().put(key, gradientViews.get(key));
        }
        return gradient;
    }

    /** The mask does its work here; the layers above see zeros at masked steps. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int minibatch) {
        maskArray = mask;
        maskState = state;
        return new Pair<>(mask, MaskState.Passthrough);
    }

    @Override
    public void applyConstraints(int iteration, int epoch) {
        super.applyConstraints(iteration, epoch);
        TimeConstantBound.apply(this, equations());
    }

    @Override
    public void clear() {
        super.clear();
        kernelInput = null;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public boolean hasBias() {
        return true;
    }
}
