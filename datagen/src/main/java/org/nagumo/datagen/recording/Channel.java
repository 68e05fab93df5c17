package org.nagumo.datagen.recording;

/**
 * One channel of a sweep.
 *
 * @param name    name in the file, not necessarily unique
 * @param unit    unit as the file writes it; empty where it writes none
 * @param source  whether the values were measured or follow from the protocol
 * @param signal  the samples in that unit
 * @param lowest  smallest value that the converter could represent, negative infinity where it is unknown
 * @param highest largest value that the converter could represent, infinity where it is unknown
 */
public record Channel(String name, String unit, Source source, Signal signal, double lowest, double highest) {

    /** Origin of the values of a channel. */
    public enum Source {

        /** Measured and stored sample by sample. */
        RECORDED,

        /** The command of the stimulator, reconstructed from the protocol in the file. */
        COMMAND
    }

    /**
     * A channel whose converter's range is unknown.
     *
     * @param name   name in the file
     * @param unit   unit as the file writes it
     * @param source whether the values were measured
     * @param signal the samples in that unit
     */
    public Channel(String name, String unit, Source source, Signal signal) {
        this(name, unit, source, signal, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Name and unit, as messages show them.
     *
     * @return such as {@code 'IN 0' (mV)}
     */
    public String label() {
        return "'" + name + "' (" + (unit.isEmpty() ? "no unit" : unit) + (source == Source.COMMAND ? ", command" : "")
                + ")";
    }
}
