package org.nagumo.experiments.train;

import java.util.Arrays;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.GruEquations;

/**
 * Loss and gradient of one network over one minibatch of windows, by the layer's fused kernel. The object holds the
 * buffers of one thread.
 */
final class WindowGradient {

    /**
     * Windows longer than this have their gradients clipped one by one; an empirical choice, the same for all plans, as
     * is the norm to which they are clipped.
     */
    private static final int CLIPPED_STEPS = 100;
    private static final double WINDOW_CLIP = 0.05;

    /** Beyond this, storing gates and reading them back takes longer than computing them again where memory is slow. */
    private static final long WHOLE_BYTES = 3 << 20;

    /** Rows of a segment of a longer window; they stay in the second cache. */
    private static final long SEGMENT_BYTES = 512 << 10;

    private final long wholeBytes;
    private final long segmentBytes;
    private final Architecture shape;
    private final TrajectoryLoss loss;
    private final FusedGru<float[]> gru;
    private final FusedReadout<float[]> readout;
    private final TrajectoryLoss.Workspace work = new TrajectoryLoss.Workspace();
    private float[][] encoderGradients;
    private float[][] outputs = new float[0][];     // [steps][lanes]: v^, then dL/dv^
    private float[][][] starts = new float[0][][];  // [segments][units][lanes]: states before each segment
    private int segmentSteps;
    private int segments;

    WindowGradient(Architecture shape, double dtMs, TrajectoryLoss loss) {
        this(shape, dtMs, loss, WHOLE_BYTES, SEGMENT_BYTES);
    }

    WindowGradient(Architecture shape, double dtMs, TrajectoryLoss loss, long wholeBytes, long segmentBytes) {
        this.wholeBytes = wholeBytes;
        this.segmentBytes = segmentBytes;
        this.shape = shape;
        this.loss = loss;
        this.gru = FusedGru.ofFloats(GruEquations.of(shape.integrator(), 1, dtMs, shape.features()), 1, shape.units());
        this.readout = new FusedReadout<>(gru, shape.readoutUnits());
    }

    /** The loss alone, with that least weight of a sample. */
    double loss(double[] theta, Minibatch batch, double flankWeight) {
        forward(theta, batch);
        return loss.evaluate(outputs, batch, flankWeight, work);
    }

    /**
     * @param theta       the trained vector; not modified
     * @param flankWeight least weight of a sample in the loss
     * @param gradient    receives the gradient, same length as theta
     * @return the loss
     */
    double evaluate(double[] theta, Minibatch batch, double flankWeight, double[] gradient) {
        forward(theta, batch);
        double value = loss.evaluate(outputs, batch, flankWeight, work);
        clearEncoderGradients(batch.lanes());
        backward(theta, batch);
        for (int j = 0; j < shape.units(); j++) {
            addEncoderGradient(j, gru.initialStateGradient(j), batch.start());
        }
        if (batch.steps() > CLIPPED_STEPS) {
            clipWindows(batch.lanes());
        }
        int at = 0;
        for (float[][] rows : laneGradients()) {
            for (float[] row : rows) {
                double sum = 0;
                for (float g : row) {
                    sum += g;
                }
                gradient[at++] = sum;
            }
        }
        return value;
    }

    private float[][][] laneGradients() {
        return new float[][][] {gru.laneGradients(), readout.laneGradients(), encoderGradients};
    }

    private void resize(int lanes, int steps) {
        long stepBytes = (gru.bytesPerStep() + readout.bytesPerStep()) * lanes;
        segmentSteps = stepBytes * steps <= wholeBytes ? steps : (int) Math.max(1, segmentBytes / stepBytes);
        segments = (steps + segmentSteps - 1) / segmentSteps;
        if (outputs.length != steps || outputs[0].length != lanes) {
            outputs = new float[steps][lanes];
        }
        if (starts.length < segments || starts[0][0].length != lanes) {
            starts = new float[segments][shape.units()][lanes];
        }
    }

    private void forward(double[] theta, Minibatch batch) {
        resize(batch.lanes(), batch.steps());
        for (int j = 0; j < shape.units(); j++) {
            encode(theta, j, batch.start(), starts[0][j]);
        }
        double[] parameters = Arrays.copyOf(theta, shape.layerParameters());
        for (int s = 0; s < segments; s++) {
            run(parameters, theta, batch, s);
            for (int t = 0; t < gru.steps(); t++) {
                System.arraycopy(readout.output(t), 0, outputs[s * segmentSteps + t], 0, batch.lanes());
            }
            for (int j = 0; s + 1 < segments && j < shape.units(); j++) {
                System.arraycopy(gru.state(gru.steps(), j), 0, starts[s + 1][j], 0, batch.lanes());
            }
        }
    }

    /** Computes a segment from the state before it. */
    private void run(double[] parameters, double[] theta, Minibatch batch, int segment) {
        int from = segment * segmentSteps;
        gru.resize(batch.lanes(), Math.min(segmentSteps, batch.steps() - from));
        for (int t = 0; t < gru.steps(); t++) {
            System.arraycopy(batch.input(from + t), 0, gru.input(t, 0), 0, batch.lanes());
        }
        for (int j = 0; j < shape.units(); j++) {
            System.arraycopy(starts[segment][j], 0, gru.initialState(j), 0, batch.lanes());
        }
        gru.forward(parameters, null);
        readout.forward(theta, shape.readout());
    }

    /** From dL/dv in {@link #outputs} to the gradients of all parameters, segment by segment from the last one. */
    private void backward(double[] theta, Minibatch batch) {
        double[] parameters = Arrays.copyOf(theta, shape.layerParameters());
        for (int s = segments - 1; s >= 0; s--) {
            boolean last = s == segments - 1;
            int from = s * segmentSteps;
            if (!last) {
                run(parameters, theta, batch, s);
            }
            for (int t = 0; t < gru.steps(); t++) {
                System.arraycopy(outputs[from + t], 0, readout.output(t), 0, batch.lanes());
            }
            if (last) {
                readout.backward();
            } else {
                readout.continueBackward();
            }
            if (last) {
                gru.backward(false);
            } else {
                gru.continueBackward(false, 0);
            }
        }
    }

    /** h = E [1, s, s s^T]. */
    private void encode(double[] theta, int unit, float[][] seen, float[] h) {
        Arrays.fill(h, (float) theta[shape.encoder(unit, 0)]);
        for (int f = 1; f < shape.encoderFeatures(); f++) {
            addProduct(h, (float) theta[shape.encoder(unit, f)], seen[f - 1]);
        }
    }

    private void clearEncoderGradients(int lanes) {
        if (encoderGradients == null || encoderGradients[0].length != lanes) {
            encoderGradients = new float[shape.units() * shape.encoderFeatures()][lanes];
        }
        for (float[] row : encoderGradients) {
            Arrays.fill(row, 0);
        }
    }

    private void addEncoderGradient(int unit, float[] error, float[][] seen) {
        int at = unit * shape.encoderFeatures();
        addProduct(encoderGradients[at], 1, error);
        for (int f = 1; f < shape.encoderFeatures(); f++) {
            addProduct(encoderGradients[at + f], error, seen[f - 1]);
        }
    }

    private static void addProduct(float[] y, float scale, float[] x) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(scale, x[b], y[b]);
        }
    }

    private static void addProduct(float[] y, float[] p, float[] q) {
        for (int b = 0; b < y.length; b++) {
            y[b] = Math.fma(p[b], q[b], y[b]);
        }
    }

    /** A single window through a bifurcation can outweigh the whole minibatch; its gradient is shortened. */
    private void clipWindows(int lanes) {
        float[] squares = new float[lanes];
        for (float[][] rows : laneGradients()) {
            for (float[] row : rows) {
                addProduct(squares, row, row);
            }
        }
        float limit = (float) (WINDOW_CLIP / lanes);
        for (int b = 0; b < lanes; b++) {
            float norm = (float) Math.sqrt(squares[b]);
            squares[b] = norm <= limit ? 1 : Float.isFinite(norm) ? limit / norm : 0;
        }
        for (float[][] rows : laneGradients()) {
            for (float[] row : rows) {
                for (int b = 0; b < lanes; b++) {
                    row[b] = squares[b] == 0 ? 0 : row[b] * squares[b];
                }
            }
        }
    }
}
