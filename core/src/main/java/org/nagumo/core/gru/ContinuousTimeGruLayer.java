package org.nagumo.core.gru;

import static org.nagumo.core.gru.GruParameters.INITIAL_STATE;
import static org.nagumo.core.gru.GruParameters.LOG_TAU;

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
    private transient FusedMinibatch<A> kernel;

    // The input of the kernel's last forward pass, as long as its gates are intact, what that pass read, and the stored
    // state it began with; null when it began with the layer's initial state.
    private transient INDArray kernelInput;
    private transient FusedMinibatch.Pass<A> pass;
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
            INDArray state = Nd4j.createUninitialized(dataType, new long[] {input.size(0), units()}, 'f');
            kernel.lastStates(precision.channels(state, units()));
            return state;
        }
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
        INDArray x = permuteIfNWC(input);
        INDArray output = workspaceMgr.createUninitialized(ArrayType.ACTIVATIONS, dataType,
                new long[] {x.size(0), units(), x.size(2)}, 'f');
        run(x, start, training, output);
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

    /** Runs the kernel over the layer's input, {@code [minibatch, channels, time]}. */
    private void run(INDArray x, INDArray start, boolean training, INDArray output) {
        int channels = (int) layerConf().getNIn();
        if (x.size(1) != channels) {
            throw fault("input has " + x.size(1) + " features in shape " + Arrays.toString(input.shape())
                    + "; allowed: nIn = " + channels);
        }
        if (kernel == null) {
            kernel = new FusedMinibatch<>(precision, equations(), layerConf().inputs(), units());
        }
        kernel.resize((int) x.size(0), (int) x.size(2), training);
        try {
            pass = pass(parameters(training), x, start);
            kernel.forward(pass, precision.channels(output, units()));
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
        kernelInput = training ? input : null;
        storedStart = start;
    }

    private FusedMinibatch.Pass<A> pass(double[] parameters, INDArray x, INDArray start) {
        int lanes = (int) x.size(0);
        Channels<A> data = precision.channels(Precision.contiguous(x.castTo(dataType)), (int) layerConf().getNIn());
        return new FusedMinibatch.Pass<>(parameters, data, masks(lanes, (int) x.size(2)), start(start, data, lanes));
    }

    private FusedMinibatch.Start<A> start(INDArray start, Channels<A> data, int lanes) {
        int units = units();
        if (start != null) {
            if (start.rank() != 2 || start.size(0) != lanes || start.size(1) != units) {
                throw new IllegalArgumentException("the stored state has shape " + Arrays.toString(start.shape())
                        + "; allowed: [minibatch, nOut] = [" + lanes + ", " + units
                        + "], or rnnClearPreviousState() before");
            }
            Channels<A> stored = precision.channels(Precision.contiguous(start.castTo(dataType)), units);
            return (unit, first, row, count) -> stored.read(0, unit, first, row, count);
        }
        int given = (int) layerConf().getNIn() - units;
        double[] values = equations().initialState() == InitialState.LEARNED
                ? getParam(INITIAL_STATE).toDoubleVector() : layerConf().initialValues();
        return equations().initialState() == InitialState.GIVEN
                ? (unit, first, row, count) -> data.read(0, given + unit, first, row, count)
                : (unit, first, row, count) -> precision.fill(row, values[unit]);
    }

    private Channels<A> masks(int lanes, int steps) {
        if (maskArray == null) {
            return null;
        }
        if (maskArray.rank() != 2 || maskArray.size(0) != lanes || maskArray.size(1) != steps) {
            throw new IllegalArgumentException("mask has shape " + Arrays.toString(maskArray.shape())
                    + "; allowed: [minibatch, time] = [" + lanes + ", " + steps + "]");
        }
        INDArray mask = Precision.contiguous(maskArray.castTo(dataType));
        A values = precision.array((int) mask.length());
        precision.read(mask, values);
        for (int i = 0; i < mask.length(); i++) {
            double value = precision.math().get(values, i);
            if (value != 0 && value != 1) {
                throw new IllegalArgumentException("mask[example " + i % lanes + ", time step " + i / lanes + "] is "
                        + value + "; allowed: 0 and 1");
            }
        }
        return precision.channels(mask, 1);
    }

    /** The parameters in the kernel's flat order, which is the network's but for what is not learned. */
    private double[] parameters(boolean training) {
        double[] flat = new double[kernel.parameterCount()];
        int at = flat.length - units();
        if (layerConf().getWeightNoise() == null) {
            double[] all = precision.doubles(paramsFlattened);
            System.arraycopy(all, 0, flat, 0, Math.min(flat.length, all.length));
        } else {
            int from = 0;
            for (String key : layerConf().initializer().paramKeys(layerConf())) {
                if (key.equals(LOG_TAU) || key.equals(INITIAL_STATE)) {
                    break;
                }
                INDArray noisy = getParamWithNoise(key, training, LayerWorkspaceMgr.noWorkspaces());
                double[] values = precision.doubles(noisy);
                System.arraycopy(values, 0, flat, from, values.length);
                from += values.length;
            }
            if (equations().learnTau()) {
                System.arraycopy(getParam(LOG_TAU).toDoubleVector(), 0, flat, at, units());
            }
        }
        double[] tau = layerConf().tauMs();
        for (int j = 0; j < units() && !equations().learnTau(); j++) {
            flat[at + j] = Math.log(tau[j]);
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
        INDArray x = permuteIfNWC(input);
        int steps = (int) x.size(2);
        if (kernelInput != input) {
            run(x, storedStart, true, Nd4j.createUninitialized(dataType, new long[] {x.size(0), units(), steps}, 'f'));
        }
        if (kernel.readsAgain()) {
            // Copies that the forward pass made, in another order or type, may have gone with their workspace.
            pass = pass(pass.parameters(), x, storedStart);
        }
        int channels = (int) layerConf().getNIn();
        INDArray inputGradient = workspaceMgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType,
                new long[] {x.size(0), channels, steps}, 'f');
        Channels<A> byInput = precision.channels(inputGradient, channels);
        int firstStep = backLength > 0 ? Math.max(0, steps - backLength) : 0;
        kernel.backward(pass, precision.channels(Precision.contiguous(permuteIfNWC(epsilon.castTo(dataType))), units()),
                firstStep, byInput);
        kernelInput = null;
        boolean reachesStart = storedStart == null && firstStep == 0;
        if (equations().initialState() == InitialState.GIVEN) {
            int given = channels - units();
            inputGradient.get(NDArrayIndex.all(), NDArrayIndex.interval(given, channels), NDArrayIndex.all()).assign(0);
            if (reachesStart) {
                kernel.initialStateGradient(byInput, given);
            }
        }
        Gradient gradient = parameterGradient(reachesStart);
        weightNoiseParams.clear();
        return new Pair<>(gradient, backpropDropOutIfPresent(permuteIfNWC(inputGradient)));
    }

    private Gradient parameterGradient(boolean reachesStart) {
        double[] flat = new double[kernel.parameterCount() + units()];
        kernel.gradient(flat);
        boolean learnsStart = equations().initialState() == InitialState.LEARNED;
        int at = kernel.parameterCount() - (equations().learnTau() ? 0 : units());
        for (int j = 0; learnsStart && j < units(); j++) {
            flat[at + j] = reachesStart ? kernel.initialStateGradient(j) : 0;
        }
        precision.write(precision.array(flat), gradientsFlattened);
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
