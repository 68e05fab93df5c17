package org.nagumo.core.equations;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

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
    private final Map<String, Evaluation> derivatives = new ConcurrentHashMap<>();
    private final AtomicReference<Evaluation> rates = new AtomicReference<>();
    private final AtomicReference<Evaluation> jacobian = new AtomicReference<>();
    private final AtomicReference<Evaluation> relaxationRates = new AtomicReference<>();
    private final AtomicReference<Evaluation> outputs = new AtomicReference<>();
    private final AtomicReference<Evaluation> temporaries = new AtomicReference<>();
    private volatile SystemFormulas.Loops loops;

    /** Compiled code and what it needs of the parameters. */
    private record Evaluation(Formula.Code code, double[] constants) { }

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

    private Evaluation evaluation(Formula formula) {
        return new Evaluation(formula.code(), formula.constants(parameters));
    }

    private void run(AtomicReference<Evaluation> place, Supplier<Formula> formula, double t, double[] states,
            double[] inputs, double[] out) {
        Evaluation known = place.getPlain();
        if (known == null) {
            known = evaluation(formula.get());
            place.set(known);
        }
        known.code.run(t, states, inputs, known.constants, out);
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
        run(rates, formulas::rates, t, states, inputs, derivative);
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
        run(this.jacobian, formulas::jacobian, t, states, inputs, rows);
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
        Evaluation by = derivatives.computeIfAbsent(name, key -> evaluation(formulas.by(key)));
        by.code.run(t, states, inputs, by.constants, derivative);
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
        run(relaxationRates, formulas::relaxationRates, t, states, inputs, rates);
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
        run(this.outputs, formulas::outputs, t, states, inputs, outputs);
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
        run(this.temporaries, formulas::temporaries, t, states, inputs, temporaries);
    }
}
