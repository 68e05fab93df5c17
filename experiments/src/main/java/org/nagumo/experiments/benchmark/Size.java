package org.nagumo.experiments.benchmark;

/**
 * How much one call of a benchmark does.
 *
 * @param units     units of the recurrent layer
 * @param minibatch sequences
 * @param steps     time steps of each
 */
record Size(int units, int minibatch, int steps) {

    /** From the form of a benchmark's parameter, {@code units x minibatch x steps}, such as 2x64x1000. */
    static Size of(String text) {
        String[] numbers = text.split("x");
        return new Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** Samples of all sequences, each of them one step of the layer. */
    long sampleSteps() {
        return (long) minibatch * steps;
    }
}
