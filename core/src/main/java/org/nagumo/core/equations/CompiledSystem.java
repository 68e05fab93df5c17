package org.nagumo.core.equations;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A system of equations at fixed parameter values, ready to be evaluated at any time, state and input. The code is
 * compiled at the first call of each method. Immutable and thread-safe.
 *
 * <p>All arrays that methods fill have the order of the system's lists. Every value has the same bits on every machine.
 */
public final class CompiledSystem {

    private final EquationSystem system;
    private final SystemFormulas formulas;
    private final double[] parameters;
    private final Map<Formula, double[]> constants = new ConcurrentHashMap<>();
    private volatile SystemFormulas.Loops loops;

    CompiledSystem(EquationSystem system, SystemFormulas formulas) {
        this.system = system;
        this.formulas = formulas;
        parameters = system.parameters().stream().mapToDouble(Parameter::value).toArray();
    }

    /**
     * The system with the values that were compiled.
     *
     * @return the system
     */
    public EquationSystem system() {
        return system;
    }

    /**
     * The number of states.
     *
     * @return at least 1
     */
    public int dimension() {
        return system.states().size();
    }

    /**
     * The system for many states at once.
     *
     * @param lanes the most states at once, at least 1
     * @return code with work space of its own; the code is compiled once for this object
     */
    public SystemBatch batch(int lanes) {
        SystemFormulas.Loops known = loops;
        if (known == null) {
            known = formulas.loops(parameters);
            loops = known;
        }
        return new SystemBatch(known.rates(), known.relaxation(), lanes, system.dependsOnTime());
    }

    private void run(Formula formula, double t, double[] states, double[] inputs, double[] out) {
        double[] known = constants.get(formula);
        if (known == null) {
            known = formula.constants(parameters);
            constants.put(formula, known);
        }
        formula.code().run(t, states, inputs, known, out);
    }

    /**
     * Evaluates the right-hand sides.
     *
     * @param t          the time
     * @param states     the states; not modified
     * @param inputs     the inputs; not modified
     * @param derivative receives dx/dt, one element a state
     */
    public void derivative(double t, double[] states, double[] inputs, double[] derivative) {
        run(formulas.rates(), t, states, inputs, derivative);
    }

    /**
     * Evaluates the Jacobian matrix of the right-hand sides by the states.
     *
     * @param t        the time
     * @param states   the states; not modified
     * @param inputs   the inputs; not modified
     * @param jacobian receives {@code jacobian[i][j] = d f_i / d x_j}
     */
    public void jacobian(double t, double[] states, double[] inputs, double[][] jacobian) {
        int n = dimension();
        double[] rows = new double[n * n];
        run(formulas.jacobian(), t, states, inputs, rows);
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows, i * n, jacobian[i], 0, n);
        }
    }

    /**
     * Evaluates the derivative of the right-hand sides by a parameter, an input or the time.
     *
     * @param name       the parameter, input or {@link EquationSystem#TIME}
     * @param t          the time
     * @param states     the states; not modified
     * @param inputs     the inputs; not modified
     * @param derivative receives {@code d f_i / d name}, one element a state
     * @throws IllegalArgumentException if there is no such quantity
     */
    public void derivativeBy(String name, double t, double[] states, double[] inputs, double[] derivative) {
        if (!name.equals(EquationSystem.TIME)) {
            system.requireParameterOrInput(name);
        }
        run(formulas.by(name), t, states, inputs, derivative);
    }

    /**
     * Evaluates how fast each state relaxes while the others stand still: {@code -d f_i / d x_i}.
     *
     * @param t      the time
     * @param states the states; not modified
     * @param inputs the inputs; not modified
     * @param rates  receives the rates, one element a state
     */
    public void relaxationRates(double t, double[] states, double[] inputs, double[] rates) {
        run(formulas.relaxationRates(), t, states, inputs, rates);
    }

    /**
     * Evaluates the outputs.
     *
     * @param t       the time
     * @param states  the states; not modified
     * @param inputs  the inputs; not modified
     * @param outputs receives one element an output
     */
    public void outputs(double t, double[] states, double[] inputs, double[] outputs) {
        run(formulas.outputs(), t, states, inputs, outputs);
    }

    /**
     * Evaluates the temporaries.
     *
     * @param t           the time
     * @param states      the states; not modified
     * @param inputs      the inputs; not modified
     * @param temporaries receives one element a temporary
     */
    public void temporaries(double t, double[] states, double[] inputs, double[] temporaries) {
        run(formulas.temporaries(), t, states, inputs, temporaries);
    }
}
