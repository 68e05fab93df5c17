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
 * <p>How much a sample counts depends on its surroundings ({@link SampleWeights}), down to the least weight of the
 * stage.
 */
final class TrainingSet {

    static final int INPUT = 0;
    static final int VOLTAGE = 1;
    static final int WEIGHT = 2;
    static final int MARK = 3;

    /** Numbers of one sample that lie side by side. */
    static final int STRIDE = 4;

    private final double dtMs;
    private final Encoder encoder;
    private final int past;            // samples before a window
    private final float[][] samples;   // [trajectory][sample * STRIDE + quantity]
    private final float[][][] traces;  // [trajectory][trace][sample]

    /**
     * @param dtMs    sampling step in ms
     * @param scaling the map to scaled units
     * @param loss    the loss that the marks are for
     * @param weights the weights of samples
     * @param encoder what is seen of the past where a window begins
     * @param current {@code [trajectory][sample]} in uA/cm2
     * @param voltage {@code [trajectory][sample]} in mV
     * @throws InputException when the potential is constant, or samples are further apart than the encoder's times
     */
    TrainingSet(double dtMs, Scaling scaling, TrajectoryLoss loss, SampleWeights weights, Encoder encoder,
            float[][] current, float[][] voltage) {
        this.dtMs = dtMs;
        this.encoder = encoder;
        this.past = (int) Math.round(encoder.pastMs() / dtMs);
        if (dtMs > encoder.shortestMs()) {
            throw new InputException("the data are sampled every " + dtMs + " ms; allowed: at most " + encoder.shortestMs()
                    + " ms, encoder.shortest_ms of the plan");
        }
        this.samples = new float[current.length][];
        double[][] potentials = new double[current.length][];
        for (int k = 0; k < current.length; k++) {
            potentials[k] = new double[voltage[k].length];
            for (int i = 0; i < voltage[k].length; i++) {
                potentials[k][i] = scaling.output(voltage[k][i]);
            }
            samples[k] = sideBySide(scaling, loss, weights, current[k], potentials[k]);
        }
        this.traces = PotentialTraces.of(potentials, dtMs, encoder);
    }

    private float[] sideBySide(Scaling scaling, TrajectoryLoss loss, SampleWeights weights, float[] current,
            double[] v) {
        int length = current.length;
        float[] row = new float[length * STRIDE];
        double[] each = weights.of(v, dtMs);
        for (int i = 0; i < length; i++) {
            int at = i * STRIDE;
            row[at + INPUT] = (float) scaling.input(current[i]);
            row[at + VOLTAGE] = (float) v[i];
            row[at + WEIGHT] = (float) each[i];
            row[at + MARK] = (float) loss.mark(v[i]);
        }
        return row;
    }

    double dtMs() {
        return dtMs;
    }

    /** What is seen of the past where a window begins. */
    Encoder encoder() {
        return encoder;
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
            if (steps < 1 || steps > shortest - 1 - past) {
                throw new InputException("stages[" + s + "].window_ms is " + stages.get(s).windowMs()
                        + "; allowed: from " + dtMs + " to " + (float) ((shortest - 1 - past) * dtMs)
                        + " ms, what the shortest trajectory holds after the " + (float) (past * dtMs)
                        + " ms of past that the encoder sees");
            }
        }
    }

    /** Draws windows that start anywhere in any trajectory, after the past that the encoder sees. */
    void draw(SplittableRandom random, Minibatch batch) {
        for (int b = 0; b < batch.lanes(); b++) {
            int k = random.nextInt(samples.length);
            batch.place(b, samples[k], traces[k], past + random.nextInt(room(k, batch) + 1));
        }
        batch.gather();
    }

    /** Makes the same draws as {@link #draw} and forgets them. */
    void skip(SplittableRandom random, Minibatch batch) {
        for (int b = 0; b < batch.lanes(); b++) {
            random.nextInt(room(random.nextInt(samples.length), batch) + 1);
        }
    }

    /** How much later than its earliest sample a window may begin. */
    private int room(int trajectory, Minibatch batch) {
        return samples[trajectory].length / STRIDE - past - batch.steps() - 1;
    }
}
