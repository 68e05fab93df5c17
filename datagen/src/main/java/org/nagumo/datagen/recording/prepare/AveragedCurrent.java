package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/**
 * A current at another step: output i is the mean of the input over {@code [i dt, (i + 1) dt)}, where each input sample
 * is held until the next. The charge that flows in each step is kept exactly, for any ratio of the steps.
 */
public final class AveragedCurrent implements Signal {

    private static final int PIECE = 1 << 12;

    private final Signal input;
    private final double stepMs;
    private final StepRatio ratio;
    private final int length;

    private AveragedCurrent(Signal input, double stepMs, StepRatio ratio) {
        this.input = input;
        this.stepMs = stepMs;
        this.ratio = ratio;
        length = ratio.outputs(input.length());
    }

    /**
     * Averages a current.
     *
     * @param input  current at its own step
     * @param stepMs the new step in ms
     * @return the current at the new step, from the time of the same first sample; the input itself where the steps are
     *         the same
     */
    public static Signal of(Signal input, double stepMs) {
        return SameSamples.sameStep(input.stepMs(), stepMs) ? input
                : new AveragedCurrent(input, stepMs, StepRatio.of(stepMs, input.stepMs(), input.length()));
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double stepMs() {
        return stepMs;
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        long p = ratio.p();
        long q = ratio.q();
        double[] piece = new double[0];
        for (int done = 0; done < count; done += PIECE) {
            int now = Math.min(PIECE, count - done);
            long first = (from + done) * p / q;
            // The last sample of which a part lies in the last step.
            long last = Math.min(input.length() - 1, ((from + done + now) * p - 1) / q);
            int samples = (int) (last - first + 1);
            if (piece.length < samples) {
                piece = new double[samples];
            }
            input.read((int) first, samples, piece, 0);
            for (int k = 0; k < now; k++) {
                into[at + done + k] = mean(piece, first, (from + done + k) * p, (from + done + k + 1) * p, q);
            }
        }
    }

    /** Mean between two times in units of 1 / q of an input step. */
    private static double mean(double[] piece, long first, long start, long end, long q) {
        long from = start / q;
        long to = (end - 1) / q;
        if (from == to) {
            return piece[(int) (from - first)];
        }
        double sum = piece[(int) (from - first)] * ((from + 1) * q - start);
        for (long i = from + 1; i < to; i++) {
            sum += piece[(int) (i - first)] * q;
        }
        sum += piece[(int) (to - first)] * (end - to * q);
        return sum / (end - start);
    }
}
