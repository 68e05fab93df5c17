package org.nagumo.datagen.recording.prepare;

import org.nagumo.datagen.recording.Signal;

/**
 * A potential at another step: {@code y(t) = sum_k x_k h(t - t_k)} with the symmetric, so zero-phase, kernel
 * <pre>
 *   h(x) = 2 f sinc(2 f x) I0(beta sqrt(1 - (x / W)^2)) / I0(beta),  |x| at most W,  beta = 5.65
 * </pre>
 * (a sinc with a Kaiser window of 60 dB), normalised for each output sample so that a constant remains a constant.
 * To a longer step, f is 0.8 of the new Nyquist frequency and W 9.06 new steps: what lies above the new Nyquist
 * frequency is attenuated by 60 dB, and what lies below 0.6 of it remains. To a shorter step, f is the Nyquist
 * frequency of the input and W 9.06 of its steps, so that its samples are interpolated. Beyond its ends the input is
 * continued by reflection in its end points.
 *
 * <p>Source: Kaiser 1974, Proc. IEEE Int. Symp. Circuits and Systems, 20-23; Oppenheim and Schafer, Discrete-Time
 * Signal Processing, 3rd ed., equations 7.75 and 7.76.
 */
public final class ResampledPotential implements Signal {

    private static final double ATTENUATION_DB = 60;
    private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);
    private static final double CUTOFF = 0.8;
    private static final double TRANSITION = 0.4;

    /** Half the length of the filter in steps of the slower signal: (A - 7.95) / (2.285 pi transition) / 2. */
    private static final double HALF_WIDTH = (ATTENUATION_DB - 7.95) / (2.285 * Math.PI * TRANSITION) / 2;

    /** Phases between which the kernel is interpolated where the ratio has a larger denominator. */
    private static final int PHASES = 2048;

    /** Output samples that are computed together. */
    private static final int PIECE = 1 << 12;

    private final Signal input;
    private final double stepMs;
    private final StepRatio ratio;
    private final int length;
    private final int half;
    private final int phases;
    private final double[][] kernel;

    private ResampledPotential(Signal input, double stepMs, StepRatio ratio) {
        this.input = input;
        this.stepMs = stepMs;
        this.ratio = ratio;
        length = ratio.outputs(input.length());
        double slower = Math.max(1, ratio.value());
        double cutoff = ratio.value() > 1 ? CUTOFF / (2 * slower) : 0.5;
        double width = HALF_WIDTH * slower;
        half = (int) Math.floor(width);
        phases = (int) Math.min(ratio.q(), PHASES);
        kernel = new double[phases + 1][];
        for (int phase = 0; phase <= phases; phase++) {
            kernel[phase] = kernel((double) phase / phases, cutoff, width);
        }
    }

    /**
     * Resamples a potential.
     *
     * @param input  potential at its own step
     * @param stepMs the new step in ms
     * @return the potential at the new step, from the time of the same first sample; the input itself where the steps
     *         are the same
     */
    public static Signal of(Signal input, double stepMs) {
        if (SameSamples.sameStep(input.stepMs(), stepMs)) {
            return input;
        }
        return new ResampledPotential(input, stepMs, StepRatio.of(stepMs, input.stepMs(), input.length()));
    }

    /** Weights of the input samples from {@code -half} to {@code half + 1} around an output between samples 0 and 1. */
    private double[] kernel(double phase, double cutoff, double width) {
        double[] weights = new double[2 * half + 2];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            double x = k - half - phase;
            double window = Math.abs(x) <= width ? bessel(BETA * Math.sqrt(1 - (x / width) * (x / width))) : 0;
            weights[k] = sinc(2 * cutoff * x) * window;
            sum += weights[k];
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private static double sinc(double x) {
        // Exact zeros at the integers, so that interpolation gives the samples back.
        return x == 0 ? 1 : x == Math.rint(x) ? 0 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The modified Bessel function I0 by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
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
        double[] piece = new double[0];
        for (int done = 0; done < count; done += PIECE) {
            int now = Math.min(PIECE, count - done);
            long first = (long) (from + done) * ratio.p() / ratio.q() - half;
            long last = (long) (from + done + now - 1) * ratio.p() / ratio.q() + half + 1;
            int samples = (int) (last - first + 1);
            if (piece.length < samples) {
                piece = new double[samples];
            }
            readExtended(first, samples, piece);
            for (int k = 0; k < now; k++) {
                long position = (from + done + k) * ratio.p();
                into[at + done + k] = value(piece, (int) (position / ratio.q() - half - first),
                        position % ratio.q());
            }
        }
    }

    private double value(double[] piece, int start, long remainder) {
        if (phases == ratio.q()) {
            return dot(kernel[(int) remainder], piece, start);
        }
        double phase = (double) remainder / ratio.q() * phases;
        int row = (int) phase;
        double part = phase - row;
        return (1 - part) * dot(kernel[row], piece, start) + part * dot(kernel[row + 1], piece, start);
    }

    private static double dot(double[] weights, double[] samples, int start) {
        double even = 0;
        double odd = 0;
        // The number of weights is even.
        for (int k = 0; k < weights.length; k += 2) {
            even += weights[k] * samples[start + k];
            odd += weights[k + 1] * samples[start + k + 1];
        }
        return even + odd;
    }

    /** Input samples, continued beyond both ends by reflection in the end points. */
    private void readExtended(long first, int count, double[] into) {
        int inputs = input.length();
        int before = (int) Math.min(count, Math.max(0, -first));
        int after = (int) Math.min(count, Math.max(0, first + count - inputs));
        int inside = count - before - after;
        input.read((int) (first + before), inside, into, before);
        if (before > 0) {
            double[] start = new double[Math.min(inputs, (int) -first + 1)];
            input.read(0, start.length, start, 0);
            for (int k = 0; k < before; k++) {
                int mirrored = (int) Math.min(-(first + k), start.length - 1);
                into[k] = 2 * start[0] - start[mirrored];
            }
        }
        if (after > 0) {
            int reach = (int) Math.min(inputs, first + count - inputs + 1);
            double[] end = new double[reach];
            input.read(inputs - reach, reach, end, 0);
            for (int k = count - after; k < count; k++) {
                int beyond = (int) Math.min(first + k - (inputs - 1), reach - 1);
                into[k] = 2 * end[reach - 1] - end[reach - 1 - beyond];
            }
        }
    }
}
