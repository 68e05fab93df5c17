package org.nagumo.core.equations;

import java.util.List;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * The vector field of an autonomous system of equations at fixed parameter values, as a function of the states and of
 * one input; other inputs have their own values. Field and Jacobian are compiled, the enclosure is interpreted.
 * Immutable and thread-safe.
 */
public final class SystemField implements EnclosedField {

    private final CompiledSystem compiled;
    private final Enclosure enclosure;
    private final List<String> stateNames;
    private final double[] inputs;
    private final int input;

    /**
     * @param input number of the input, -1 if there is none
     */
    SystemField(CompiledSystem compiled, Enclosure enclosure, int input) {
        this.compiled = compiled;
        this.enclosure = enclosure;
        this.input = input;
        stateNames = compiled.system().states().stream().map(State::name).toList();
        inputs = compiled.system().inputs().stream().mapToDouble(Input::value).toArray();
    }

    /**
     * The system with the values of the field.
     *
     * @return the system
     */
    public EquationSystem system() {
        return compiled.system();
    }

    @Override
    public int dimension() {
        return stateNames.size();
    }

    @Override
    public List<String> stateNames() {
        return stateNames;
    }

    private double[] inputs(double u) {
        double[] all = inputs.clone();
        if (input >= 0) {
            all[input] = u;
        }
        return all;
    }

    @Override
    public void derivative(double[] state, double u, double[] derivative) {
        compiled.derivative(0, state, inputs(u), derivative);
    }

    @Override
    public void jacobian(double[] state, double u, double[][] jacobian) {
        compiled.jacobian(0, state, inputs(u), jacobian);
    }

    /**
     * Evaluates the derivative of the field by a parameter or an input.
     *
     * @param name       the parameter or input
     * @param state      the state; not modified
     * @param u          the input
     * @param derivative receives {@code d f_i / d name}, one element a state
     * @throws IllegalArgumentException if there is no such quantity
     */
    public void derivativeBy(String name, double[] state, double u, double[] derivative) {
        compiled.derivativeBy(name, 0, state, inputs(u), derivative);
    }

    @Override
    public void enclose(Jet[] state, double u, Jet[] derivative) {
        enclose(state, Interval.of(u), derivative);
    }

    /**
     * Encloses the field and its Jacobian matrix for all inputs of an interval.
     *
     * @param state      the state variables over a box, with derivatives by themselves
     * @param u          the inputs
     * @param derivative receives dx/dt over the box and the inputs, with derivatives by the state
     */
    public void enclose(Jet[] state, Interval u, Jet[] derivative) {
        Interval[] values = new Interval[inputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == input ? u : Interval.of(inputs[i]);
        }
        enclosure.enclose(state, values, Interval.ZERO, derivative);
    }
}
