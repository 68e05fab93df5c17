package org.nagumo.datagen.recording.format;

import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.Signal;

/**
 * The waveform of an analog output in an Axon file, as its epoch table describes it. A sweep of n samples starts with
 * n / 64 samples at the holding level; then each epoch lasts {@code duration + sweep * durationStep} samples at the
 * level {@code level + sweep * levelStep}: a step holds it, a ramp reaches it linearly from the level before. After
 * the last epoch the output returns to the holding level, or stays at the last one for this and the next sweep's
 * start. A user list replaces the level or the duration of one epoch in each sweep. Sweeps count from 0.
 *
 * <p>Source: Molecular Devices, <i>Axon Binary File Format (ABF) User Guide</i>; the first 64th of a sweep is described
 * in the <i>pCLAMP User Guide</i>.
 *
 * @param name       name of the output
 * @param unit       unit of its levels
 * @param holding    level between sweeps
 * @param stayAtLast whether the level of the last epoch lasts until the next sweep
 * @param epochs     the epochs in their order
 * @param list       what a user list replaces
 */
record EpochTable(String name, String unit, double holding, boolean stayAtLast, List<Epoch> epochs, UserList list) {

    /** Value of the field {@code nWaveformSource} for an epoch table. */
    static final int FROM_EPOCHS = 1;

    /** Value of the field {@code nInterEpisodeLevel} for the level of the last epoch. */
    static final int STAY_AT_LAST = 1;

    private static final int DISABLED = 0;
    private static final int STEP = 1;
    private static final int RAMP = 2;

    /** A sweep starts with this part of its samples at the holding level. */
    private static final int PRE_EPOCH_DIVISOR = 64;

    /** One epoch; levels in the unit of the output, durations in samples of a channel. */
    record Epoch(int type, double level, double levelStep, int duration, int durationStep) {

        /** An epoch that is off. */
        static final Epoch DISABLED = new Epoch(EpochTable.DISABLED, 0, 0, 0, 0);
    }

    /**
     * A list of values for one parameter, one a sweep. After its end it starts again, or its last value remains.
     *
     * @param parameter number of the parameter in the format's list; negative when nothing is replaced
     * @param values    the values, empty when the text held none
     * @param repeat    whether the list starts again
     */
    record UserList(int parameter, double[] values, boolean repeat) {

        static final UserList NONE = new UserList(-1, new double[0], false);

        private static final int FIRST_LEVEL = 21;
        private static final int FIRST_DURATION = 31;
        private static final int LAST_DURATION = 40;

        static UserList of(int parameter, String text, boolean repeat) {
            double[] values;
            try {
                values = Arrays.stream(text.split(",")).map(String::strip).filter(value -> !value.isEmpty())
                        .mapToDouble(Double::parseDouble).toArray();
            } catch (NumberFormatException e) {
                values = new double[0];
            }
            return new UserList(parameter, values, repeat);
        }

        boolean isKnown() {
            return parameter < 0 || parameter >= FIRST_LEVEL && parameter <= LAST_DURATION && values.length > 0;
        }

        double level(int epoch, int sweep, double otherwise) {
            return parameter == FIRST_LEVEL + epoch && parameter < FIRST_DURATION ? value(sweep) : otherwise;
        }

        int duration(int epoch, int sweep, int otherwise) {
            return parameter == FIRST_DURATION + epoch ? (int) Math.round(value(sweep)) : otherwise;
        }

        private double value(int sweep) {
            return values[repeat ? sweep % values.length : Math.min(sweep, values.length - 1)];
        }
    }

    /** Whether the waveform follows from the file: it has epochs, and all of them are steps or ramps. */
    boolean isKnown() {
        return list.isKnown() && epochs.stream().anyMatch(epoch -> epoch.type != DISABLED)
                && epochs.stream().allMatch(epoch -> epoch.type >= DISABLED && epoch.type <= RAMP);
    }

    /** The waveform in a sweep of so many samples. */
    Channel channel(int sweep, int length, double stepMs) {
        int[] ends = new int[epochs.size() + 1];
        double[] levels = new double[epochs.size() + 1];
        boolean[] ramps = new boolean[epochs.size() + 1];
        ends[0] = length / PRE_EPOCH_DIVISOR;
        levels[0] = stayAtLast && sweep > 0 ? lastLevel(sweep - 1) : holding;
        for (int e = 0; e < epochs.size(); e++) {
            Epoch epoch = epochs.get(e);
            boolean on = epoch.type != DISABLED;
            levels[e + 1] = on ? level(e, sweep) : levels[e];
            ramps[e + 1] = epoch.type == RAMP;
            int duration = on ? list.duration(e, sweep, epoch.duration + sweep * epoch.durationStep) : 0;
            ends[e + 1] = (int) Math.min(length, ends[e] + (long) Math.max(0, duration));
        }
        return new Channel(name, unit, Channel.Source.COMMAND,
                new Waveform(length, stepMs, ends, levels, ramps, stayAtLast ? lastLevel(sweep) : holding));
    }

    private double level(int e, int sweep) {
        return list.level(e, sweep, epochs.get(e).level + sweep * epochs.get(e).levelStep);
    }

    private double lastLevel(int sweep) {
        double last = holding;
        for (int e = 0; e < epochs.size(); e++) {
            last = epochs.get(e).type == DISABLED ? last : level(e, sweep);
        }
        return last;
    }

    /** A piecewise linear signal: piece k ends before sample {@code ends[k]}. */
    private record Waveform(int length, double stepMs, int[] ends, double[] levels, boolean[] ramps, double after)
            implements Signal {

        @Override
        public void read(int from, int count, double[] into, int at) {
            int piece = 0;
            for (int i = from; i < from + count; i++) {
                while (piece < ends.length && i >= ends[piece]) {
                    piece++;
                }
                into[at + i - from] = piece == ends.length ? after : ramps[piece] ? onRamp(piece, i) : levels[piece];
            }
        }

        private double onRamp(int piece, int i) {
            int start = ends[piece - 1];
            double part = (double) (i - start) / (ends[piece] - start);
            return levels[piece - 1] + part * (levels[piece] - levels[piece - 1]);
        }
    }
}
