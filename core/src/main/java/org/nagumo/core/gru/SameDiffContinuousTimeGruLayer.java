package org.nagumo.core.gru;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link SameDiffContinuousTimeGru} at work. The stock layer of M2.1 injects the error from above through a function
 * whose gradient is counted twice; here the graph has the scalar loss sum(output * error) instead, whose gradients are
 * the ones wanted. It also builds the graph anew for another sequence length, and sets single parameters.
 */
final class SameDiffContinuousTimeGruLayer extends SameDiffLayer {

    private static final long serialVersionUID = 1L;
    private static final String ERROR_KEY = "error";

    /** SameDiff prints a line when it differentiates; it is silenced by swapping a global, one graph at a time. */
    private static final Object SILENCE = new Object();

    private transient long[] builtFor;

    SameDiffContinuousTimeGruLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        build();
        INDArray output;
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            output = sameDiff.output(placeholders(), outputKey).get(outputKey);
        }
        return workspaceMgr.dup(ArrayType.ACTIVATIONS, output);
    }

    private Map<String, INDArray> placeholders() {
        Map<String, INDArray> placeholders = new HashMap<>();
        placeholders.put(INPUT_KEY, input.castTo(dataType));
        placeholders.put(MASK_KEY, maskArray == null ? layerConf().onesMaskForInput(input)
                : maskArray.castTo(dataType));
        return placeholders;
    }

    private void build() {
        assertInputSet(false);
        if (input.rank() != 3 || input.size(1) != gru().getNIn()) {
            throw fault("input has shape " + Arrays.toString(input.shape()) + "; allowed: [minibatch, nIn = "
                    + gru().getNIn() + ", time]");
        }
        if (gru().getIDropout() != null) {
            throw fault("dropout is " + gru().getIDropout()
                    + "; allowed: none, for a SameDiff layer ignores it; ContinuousTimeGru does not");
        }
        checkInput();
        checkParameters();
        if (builtFor == null || builtFor[0] != input.size(2)) {
            doInit();
            builtFor = new long[] {input.size(2)};
        }
        shareParameters();
    }

    private SameDiffContinuousTimeGru gru() {
        return (SameDiffContinuousTimeGru) layerConf();
    }

    private IllegalArgumentException fault(String message) {
        return new IllegalArgumentException(gru().name() + " (index " + getIndex() + "): " + message);
    }

    private void checkInput() {
        GruEquations equations = gru().getEquations();
        int inputs = equations.inputs(input.size(1), (int) gru().getNOut());
        boolean bounded = equations.integrator().isBoundedByTau();
        for (int b = 0; b < input.size(0); b++) {
            for (int t = 0; t < input.size(2); t++) {
                for (int i = 0; i < input.size(1); i++) {
                    double x = input.getDouble(b, i, t);
                    boolean interval = equations.irregularTime() && i == inputs;
                    if (!Double.isFinite(x)) {
                        throw fault("input[example " + b + ", feature " + i + ", time step " + t + "] is " + x
                                + "; allowed: finite numbers");
                    }
                    if (interval && (x < 0 || bounded && x > equations.dtMs() * (1 + 1e-6))) {
                        throw fault("interval[example " + b + ", time step " + t + "] is " + x
                                + " ms; allowed: from 0 to dt = " + equations.dtMs() + " ms");
                    }
                }
            }
        }
    }

    private void checkParameters() {
        paramTable.forEach((key, value) -> {
            for (double p : value.dup().data().asDouble()) {
                if (!Double.isFinite(p)) {
                    throw fault("a number of parameter " + key + " is " + p + "; allowed: finite numbers");
                }
            }
        });
    }

    @Override
    protected void doInit() {
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            sameDiff = SameDiff.create();
            SDVariable x = sameDiff.placeHolder(INPUT_KEY, dataType, -1, input.size(1), input.size(2));
            SDVariable mask = sameDiff.placeHolder(MASK_KEY, dataType, -1, input.size(2));
            Map<String, SDVariable> variables = new LinkedHashMap<>();
            paramTable.forEach((key, value) -> variables.put(key, sameDiff.var(key, dataType, value.shape())));
            outputVar = gru().defineLayer(sameDiff, x, variables, mask);
            outputKey = outputVar.name();
            SDVariable error = sameDiff.placeHolder(ERROR_KEY, dataType, -1, gru().getNOut(), input.size(2));
            outputVar.mul(error).sum("loss");
            sameDiff.setLossVariables("loss");
        }
    }

    /** Hands the layer's present parameters to the graph. */
    private void shareParameters() {
        paramTable.forEach((key, value) ->
                sameDiff.associateArrayWithVariable(value.dup('c'), sameDiff.getVariable(key)));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        build();
        Gradient gradient = new DefaultGradient(gradients);
        INDArray inputGradient;
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            if (!sameDiff.hasGradientFunction()) {
                differentiateSilently();
            }
            Map<String, INDArray> placeholders = placeholders();
            placeholders.put(ERROR_KEY, epsilon.castTo(dataType));
            List<String> wanted = new ArrayList<>(paramTable.keySet());
            wanted.add(INPUT_KEY);
            Map<String, INDArray> found = sameDiff.calculateGradients(placeholders, wanted);
            for (String key : paramTable.keySet()) {
                gradTable.get(key).assign(found.get(key));
                gradient.gradientForVariable().put(key, gradTable.get(key));
            }
            inputGradient = found.get(INPUT_KEY);
        }
        return new Pair<>(gradient, workspaceMgr.dup(ArrayType.ACTIVATION_GRAD, inputGradient));
    }

    private void differentiateSilently() {
        synchronized (SILENCE) {
            PrintStream out = System.out;
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            try {
                sameDiff.createGradFunction(INPUT_KEY);
            } finally {
                System.setOut(out);
            }
        }
    }

    @Override
    public void applyConstraints(int iteration, int epoch) {
        super.applyConstraints(iteration, epoch);
        TimeConstantBound.apply(this, gru().getEquations());
    }

    /** The stock layer only checks the shape. */
    @Override
    public void setParam(String key, INDArray value) {
        super.setParam(key, value);
        paramTable.get(key).assign(value);
    }
}
