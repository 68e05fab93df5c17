package org.nagumo.core.equations;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The formulas that are derived from the equations of a system, each when it is first needed. All systems that differ
 * in values alone share them. Thread-safe.
 */
final class SystemFormulas {

    /**
     * Code for many states at once at one set of parameter values.
     *
     * @param rates      the right-hand sides
     * @param relaxation the relaxation rates
     */
    record Loops(LaneCompiler.Compiled rates, LaneCompiler.Compiled relaxation) { }

    /** Sets of parameter values whose loops are kept, those that were asked for last. */
    private static final int MOST_LOOPS = 16;

    private final SystemGraph equations;
    private final Map<String, Formula> formulas = new HashMap<>();
    private final Map<List<Double>, Loops> loops = new LinkedHashMap<>(MOST_LOOPS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Double>, Loops> eldest) {
            return size() > MOST_LOOPS;
        }
    };

    SystemFormulas(EquationSystem system) {
        equations = new SystemGraph(system);
    }

    private synchronized Formula formula(String name, Supplier<int[]> targets) {
        Formula known = formulas.get(name);
        if (known == null) {
            known = new Formula(equations.graph, targets.get());
            formulas.put(name, known);
        }
        return known;
    }

    Formula rates() {
        return formula("rates", () -> equations.rates);
    }

    Formula jacobian() {
        return formula("jacobian", equations::jacobian);
    }

    Formula outputs() {
        return formula("outputs", () -> equations.outputs);
    }

    Formula temporaries() {
        return formula("temporaries", () -> equations.temporaries);
    }

    Formula by(String name) {
        return formula("by " + name, () -> equations.ratesBy(equations.leaf(name)));
    }

    Formula relaxationRates() {
        return formula("relaxation", equations::relaxationRates);
    }

    synchronized Enclosure enclosure(double[] parameters) {
        return new Enclosure(equations.graph, equations.rates, parameters);
    }

    /** The same code for the same values, because the JVM optimises each code anew. */
    synchronized Loops loops(double[] parameters) {
        return loops.computeIfAbsent(Arrays.stream(parameters).boxed().toList(),
                key -> new Loops(loops(equations.rates, parameters), loops(equations.relaxationRates(), parameters)));
    }

    private LaneCompiler.Compiled loops(int[] targets, double[] parameters) {
        LaneLowering lowering = new LaneLowering(equations.graph, targets, parameters);
        return LaneCompiler.compile(lowering.lanes(), lowering.targets());
    }

    synchronized boolean dependsOnTime() {
        return equations.dependsOnTime(equations.rates);
    }
}
