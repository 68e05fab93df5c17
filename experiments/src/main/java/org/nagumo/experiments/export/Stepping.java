package org.nagumo.experiments.export;

import java.util.List;
import java.util.stream.IntStream;
import org.nagumo.core.gru.Integrator;

/**
 * The method by which a system is integrated here: an explicit Runge-Kutta method in which each stage needs the one
 * before alone, {@code y_1 = x, y_(i+1) = x + a_(i+1) h f(y_i), x' = x + h sum_i b_i f(y_i)}, with the input held.
 *
 * @param name     name of the method
 * @param inner    a_i, 0 for the first stage
 * @param weights  b_i
 * @param sample   longest time between two samples that {@code substeps} steps cover
 * @param substeps steps in such a time
 */
public record Stepping(String name, List<Double> inner, List<Double> weights, double sample, int substeps) {

    /** Copies the lists. */
    public Stepping {
        inner = List.copyOf(inner);
        weights = List.copyOf(weights);
    }

    static Stepping of(Integrator integrator, double sample, int substeps) {
        String name = switch (integrator) {
            case EULER -> "Euler's method";
            case HEUN -> "Heun's method";
            case RUNGE_KUTTA_4 -> "the classical Runge-Kutta method of order 4";
            case EXPONENTIAL_EULER -> "exponential Euler";
        };
        return new Stepping(name, stages(integrator, true), stages(integrator, false), sample, substeps);
    }

    private static List<Double> stages(Integrator integrator, boolean inner) {
        return IntStream.range(0, integrator.stages())
                .mapToObj(i -> inner ? integrator.inner(i) : integrator.weight(i)).toList();
    }
}
