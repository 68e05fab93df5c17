package org.nagumo.datagen.simulate;

/** The formula of one step, for many states at once. An instance keeps work space and belongs to one thread. */
interface BatchStep {

    /**
     * Makes one step under constant currents.
     *
     * @param lanes    number of states; the arrays may be longer
     * @param x        {@code [variable][lane]}; not modified
     * @param currents one for each lane, in uA/cm2
     * @param stepsMs  length of each lane's step
     * @param out      receives the state after the step; not the arrays of {@code x}
     */
    void step(int lanes, double[][] x, double[] currents, double[] stepsMs, double[][] out);

    /**
     * The square of the estimated error of the step just made as a multiple of what is allowed, one for each lane; null
     * when the formula has no estimate.
     */
    default double[] error() {
        return null;
    }
}
