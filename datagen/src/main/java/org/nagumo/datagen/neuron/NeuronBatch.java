package org.nagumo.datagen.neuron;

/**
 * A neuron's vector field for many states at once, a structure of arrays: {@code states[k][i]} is state variable k of
 * lane i. What one lane gives does not depend on the others, nor on their number.
 *
 * <p>An instance keeps work space and belongs to one thread.
 */
public interface NeuronBatch {

    /**
     * Evaluates the field.
     *
     * @param lanes       number of states; the arrays may be longer
     * @param states      {@code [variable][lane]}; not modified
     * @param currents    the injected current of each lane in uA/cm2
     * @param derivatives receives dx/dt per ms, {@code [variable][lane]}; not the arrays of {@code states}
     */
    void derivatives(int lanes, double[][] states, double[] currents, double[][] derivatives);

    /**
     * How fast each variable relaxes with all others held: the negative diagonal of the Jacobian, per ms. A variable
     * whose equation is linear in itself moves as {@code x_inf + (x - x_inf) e^(-rate t)} then, as gates do.
     *
     * @param rates receives the rates, {@code [variable][lane]}
     */
    void relaxationRates(int lanes, double[][] states, double[] currents, double[][] rates);

    /** Lane after lane, with the neuron's own methods. */
    static NeuronBatch laneByLane(Neuron neuron) {
        int n = neuron.dimension();
        double[] state = new double[n];
        double[] derivative = new double[n];
        double[][] jacobian = new double[n][n];
        return new NeuronBatch() {

            private void gather(int lane, double[][] states) {
                for (int k = 0; k < n; k++) {
                    state[k] = states[k][lane];
                }
            }

            @Override
            public void derivatives(int lanes, double[][] states, double[] currents, double[][] derivatives) {
                for (int i = 0; i < lanes; i++) {
                    gather(i, states);
                    neuron.derivative(state, currents[i], derivative);
                    for (int k = 0; k < n; k++) {
                        derivatives[k][i] = derivative[k];
                    }
                }
            }

            @Override
            public void relaxationRates(int lanes, double[][] states, double[] currents, double[][] rates) {
                for (int i = 0; i < lanes; i++) {
                    gather(i, states);
                    neuron.jacobian(state, currents[i], jacobian);
                    for (int k = 0; k < n; k++) {
                        rates[k][i] = -jacobian[k][k];
                    }
                }
            }
        };
    }
}
