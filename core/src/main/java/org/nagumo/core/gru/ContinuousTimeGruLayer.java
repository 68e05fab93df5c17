package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.BIAS;
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

    // The input of the kernel's last forward pass, as long as its gates are intact, and the state it began with.
    private transient INDArray kernelInput;
    private transient INDArray kernelStart;

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
            int units = (int) layerConf().getNOut();
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

    private INDArray forward(INDArray start, boolean training, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(false);
        if (input.rank() != 3) {
            throw new IllegalArgumentException(layerId() + ": input has rank " + input.rank()
                    + "; allowed: rank 3, [minibatch, nIn, time]");
        }
        applyDropOutIfNecessary(training, workspaceMgr);
        run(start, training);
        int lanes = kernel.lanes();
        int units = (int) layerConf().getNOut();
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

    /** Runs the kernel over the layer's input. */
    private void run(INDArray start, boolean training) {
        INDArray x = contiguous(permuteIfNWC(input.castTo(dataType)));
        int lanes = (int) x.size(0);
        int inputs = (int) layerConf().getNIn();
        int units = (int) layerConf().getNOut();
        int steps = (int) x.size(2);
        if (x.size(1) != inputs) {
            throw new IllegalArgumentException(layerId() + ": input has " + x.size(1) + " features in shape "
                    + Arrays.toString(input.shape()) + "; allowed: nIn = " + inputs);
        }
        if (start != null && start.size(0) != lanes) {
            throw new IllegalArgumentException(layerId() + ": the stored state is for a minibatch of " + start.size(0)
                    + ", the input has " + lanes + "; allowed: the same size, or rnnClearPreviousState() before");
        }
        if (kernel == null) {
            kernel = precision.kernel(inputs, units);
        }
        prepareBuffers(lanes, (int) Math.max(Math.max(inputs, units) * (long) lanes * steps,
                FusedGru.parameterCount(inputs, units)));
        kernel.resize(lanes, steps);
        precision.read(x, buffer);
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < inputs; i++) {
                copy(buffer, (t * inputs + i) * lanes, kernel.input(t, i), 0, lanes);
            }
        }
        setStart(start, lanes, units);
        setMasks(lanes, steps);
        try {
            kernel.forward(parameters(training), layerConf().getDt(), masks);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(layerId() + ": " + e.getMessage(), e);
        }
        kernelInput = input;
        kernelStart = start;
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

    private void setStart(INDArray start, int lanes, int units) {
        if (start != null) {
            precision.read(contiguous(start), buffer);
        }
        for (int j = 0; j < units; j++) {
            if (start == null) {
                kernel.math().clear(kernel.initialState(j));
            } else {
                copy(buffer, j * lanes, kernel.initialState(j), 0, lanes);
            }
        }
    }

    private void setMasks(int lanes, int steps) {
        if (maskArray == null) {
            masks = null;
            return;
        }
        if (maskArray.rank() != 2 || maskArray.size(0) != lanes || maskArray.size(1) != steps) {
            throw new IllegalArgumentException(layerId() + ": mask has shape "
                    + Arrays.toString(maskArray.shape()) + "; allowed: [minibatch, time] = [" + lanes + ", "
                    + steps + "]");
        }
        precision.read(contiguous(maskArray.castTo(dataType)), buffer);
        masks = precision.rowTable(steps);
        for (int t = 0; t < steps; t++) {
            masks[t] = precision.array(lanes);
            copy(buffer, t * lanes, masks[t], 0, lanes);
        }
    }

    /** The parameters in the kernel's flat order. */
    private double[] parameters(boolean training) {
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        int units = (int) layerConf().getNOut();
        double[] flat = new double[kernel.parameterCount()];
        int at = 0;
        for (String key : new String[] {WEIGHTS, RECURRENT_WEIGHTS, BIAS}) {
            INDArray p = getParamWithNoise(key, training, none);
            for (double value : p.dup('f').data().asDouble()) {
                flat[at++] = value;
            }
        }
        if (layerConf().isLearnTau()) {
            INDArray logTau = getParam(LOG_TAU);
            for (int j = 0; j < units; j++) {
                flat[at++] = logTau.getDouble(j);
            }
        } else {
            for (double tau : layerConf().checkedTau()) {
                flat[at++] = Math.log(tau);
            }
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
            run(null, true);
        }
        int lanes = kernel.lanes();
        int inputs = (int) layerConf().getNIn();
        int units = (int) layerConf().getNOut();
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
        kernel.backward(true, backLength > 0 ? Math.max(0, steps - backLength) : 0);
        kernelInput = null;
        INDArray inputGradient = workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType,
                new long[] {lanes, inputs, steps}, 'f');
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < inputs; i++) {
                copy(kernel.inputGradient(t, i), 0, buffer, (t * inputs + i) * lanes, lanes);
            }
        }
        precision.write(buffer, inputGradient);
        weightNoiseParams.clear();
        return new Pair<>(parameterGradient(), permuteIfNWC(backpropDropOutIfPresent(inputGradient)));
    }

    private Gradient parameterGradient() {
        double[] flat = new double[kernel.parameterCount()];
        kernel.gradient(flat);
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
