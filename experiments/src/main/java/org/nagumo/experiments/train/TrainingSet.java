package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.Scaling;

/**
 * The neuron's trajectories in the form in which windows are cut from them: scaled, with the loss's weight and spike
 * mark of each sample, all numbers of one sample side by side in memory.
 *
 * <p>The flanks of a spike count less than its rest ({@link Flanks}), down to the least weight of the stage.
 */
final class TrainingSet {

    static final int INPUT = 0;
    static final int VOLTAGE = 1;
    static final int WEIGHT = 2;
    static final int MARK = 3;

    /** Numbers of one sample that lie side by side. */
    static final int STRIDE = 4;

    private final double dtMs;
    private final int hiddenStates;
    private final float[][] samples;   // [trajectory][sample * STRIDE + quantity]
    private final float[][][] states;  // [trajectory][state][sample]

    /**
     * @param dtMs    sampling step in ms
     * @param scaling the map to scaled units
     * @param loss    the loss that the marks are for
     * @param flanks  the weights of samples
     * @param current {@code [trajectory][sample]} in uA/cm2
     * @param voltage {@code [trajectory][sample]} in mV
     * @param states  {@code [trajectory][state][sample]}: the neuron's other state variables
     */
    TrainingSet(double dtMs, Scaling scaling, TrajectoryLoss loss, Flanks flanks, float[][] current,
            float[][] voltage, float[][][] states) {
        this.dtMs = dtMs;
        this.hiddenStates = states[0].length;
        this.states = states;
        this.samples = new float[current.length][];
        for (int k = 0; k < current.length; k++) {
            samples[k] = standardise(scaling, loss, flanks, current[k], voltage[k]);
        }
    }

    private float[] standardise(Scaling scaling, TrajectoryLoss loss, Flanks flanks, float[] current,
            float[] voltage) {
        int length = current.length;
        double[] v = new double[length];
        for (int i = 0; i < length; i++) {
            v[i] = scaling.output(voltage[i]);
        }
        float[] row = new float[length * STRIDE];
        double[] weights = flanks.weights(v, dtMs);
        for (int i = 0; i < length; i++) {
            int at = i * STRIDE;
            row[at + INPUT] = (float) scaling.input(current[i]);
            row[at + VOLTAGE] = (float) v[i];
            row[at + WEIGHT] = (float) weights[i];
            row[at + MARK] = (float) loss.mark(v[i]);
        }
        return row;
    }

    double dtMs() {
        return dtMs;
    }

    /** Number of the neuron's state variables beside the voltage. */
    int hiddenStates() {
        return hiddenStates;
    }

    /** Numbers that the encoder sees: 1, v and the other state variables, and the products of any two of these. */
    int encoderFeatures() {
        int states = 1 + hiddenStates;
        return 1 + states + states * (states + 1) / 2;
    }

    /**
     * Refuses stages whose windows do not fit, before any time is spent.
     *
     * @throws InputException naming the stage, its window and what is allowed
     */
    void checkWindows(List<Stage> stages) {
        int shortest = Arrays.stream(samples).mapToInt(s -> s.length / STRIDE).min().orElse(0);
        for (int s = 0; s < stages.size(); s++) {
            long steps = Math.round(stages.get(s).windowMs() / dtMs);
            if (steps < 1 || steps > shortest - 1) {
                throw new InputException("stages[" + s + "].window_ms is " + stages.get(s).windowMs()
                        + "; allowed: from " + dtMs + " to " + (float) ((shortest - 1) * dtMs)
                        + " ms, what the shortest trajectory holds");
            }
        }
    }

    /** Draws windows that start anywhere in any trajectory. */
    void draw(SplittableRandom random, Minibatch batch) {
        for (int b = 0; b < batch.lanes(); b++) {
            int k = random.nextInt(samples.length);
            batch.place(b, samples[k], states[k], random.nextInt(room(k, batch) + 1));
        }
        batch.gather();
    }

    /** Makes the same draws as {@link #draw} and forgets them. */
    void skip(SplittableRandom random, Minibatch batch) {
        for (int b = 0; b < batch.lanes(); b++) {
            random.nextInt(room(random.nextInt(samples.length), batch) + 1);
        }
    }

    /** How much later than its first sample a window may begin. */
    private int room(int trajectory, Minibatch batch) {
        return samples[trajectory].length / STRIDE - batch.steps() - 1;
    }
}
