package org.nagumo.core.bifurcation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.VectorField;

/**
 * A flow as a network runs it, in steps: x -> x + dt f(x, u). Its fixed points are the flow's equilibria. An eigenvalue
 * lambda of the flow becomes the multiplier 1 + dt lambda of the map, so that the map is less stable than the flow, and
 * from a certain step on has lost a stability that the flow has. What was a limit cycle becomes an invariant circle, on
 * which the map turns with a mean period of its own.
 *
 * @param field the flow
 * @param dtMs  the step
 */
public record EulerMap(VectorField field, double dtMs) {

    private static final int SETTLING_TURNS = 50;
    private static final int MEASURED_TURNS = 200;
    private static final int BISECTIONS = 45;

    /** Steps from this part of a period up to the other one are tried for a cycle. */
    private static final double SHORTEST_PART = 5e-3;
    private static final double LONGEST_PART = 0.25;
    private static final double STEP_PRECISION = 0.01;

    /**
     * An invariant circle.
     *
     * @param meanPeriodMs mean time of a turn
     * @param low          lowest value of each state variable on it; not to be modified
     * @param high         highest value; not to be modified
     */
    public record Circle(double meanPeriodMs, double[] low, double[] high) {
    }

    public EulerMap {
        if (!(dtMs > 0) || Double.isInfinite(dtMs)) {
            throw new IllegalArgumentException("dt is " + dtMs + " ms; allowed: positive, finite numbers");
        }
    }

    /** One step. */
    public double[] step(double[] x, double input) {
        double[] f = new double[x.length];
        field.derivative(x, input, f);
        for (int i = 0; i < f.length; i++) {
            f[i] = x[i] + dtMs * f[i];
        }
        return f;
    }

    /** Multipliers of the map at an equilibrium of the flow, by descending modulus. */
    public List<Complex> multipliers(Equilibrium equilibrium) {
        return PeriodicOrbit.sorted(equilibrium.eigenvalues().stream().map(e -> e.multiply(dtMs).add(1)).toList());
    }

    /** Whether the map returns to an equilibrium of the flow from nearby. */
    public boolean stable(Equilibrium equilibrium) {
        return multipliers(equilibrium).get(0).norm() < 1;
    }

    /**
     * The step from which on the map does not keep an equilibrium that the flow keeps: the least of -2 Re(lambda) /
     * |lambda|^2 over its eigenvalues; 0 for an equilibrium that is unstable in the flow already.
     */
    public static double longestStableStepMs(Equilibrium equilibrium) {
        return Math.max(0, equilibrium.eigenvalues().stream()
                .mapToDouble(e -> -2 * e.getReal() / (e.norm() * e.norm())).min().orElse(0));
    }

    /**
     * The step from which on the map leaves a stable cycle of the flow: it comes to rest, runs away or no longer turns.
     *
     * @return the step to a hundredth of itself; 0 when steps of a 200th of the period are too long already,
     *     infinity when the map still turns in steps of a quarter of it
     */
    public static double longestTurningStepMs(VectorField field, PeriodicOrbit orbit) {
        double turning = 0;
        double leaving = SHORTEST_PART * orbit.periodMs();
        while (turns(field, orbit, leaving)) {
            turning = leaving;
            if (turning >= LONGEST_PART * orbit.periodMs()) {
                return Double.POSITIVE_INFINITY;
            }
            leaving = Math.min(2 * leaving, LONGEST_PART * orbit.periodMs());
        }
        while (turning > 0 && leaving - turning > STEP_PRECISION * turning) {
            double middle = (turning + leaving) / 2;
            if (turns(field, orbit, middle)) {
                turning = middle;
            } else {
                leaving = middle;
            }
        }
        return turning;
    }

    private static boolean turns(VectorField field, PeriodicOrbit orbit, double stepMs) {
        return new EulerMap(field, stepMs).circle(orbit) != null;
    }

    /**
     * The inputs at which the map takes up or loses a stable rest along a branch of the flow's equilibria: for a Hopf
     * point of the flow these are the map's Neimark-Sacker points.
     */
    public List<Double> changes(EquilibriumBranch branch) {
        List<Double> changes = new ArrayList<>();
        for (int i = 0; i + 1 < branch.inputs().size(); i++) {
            Equilibrium a = branch.equilibria().get(i);
            Equilibrium b = branch.equilibria().get(i + 1);
            if (stable(a) != stable(b)) {
                changes.add(change(branch.inputs().get(i), a, branch.inputs().get(i + 1), b));
            }
        }
        return changes;
    }

    private double change(double inputA, Equilibrium a, double inputB, Equilibrium b) {
        double near = inputA;
        double far = inputB;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (near + far) / 2;
            double part = (middle - inputA) / (inputB - inputA);
            double[] state = a.state();
            for (int c = 0; c < state.length; c++) {
                state[c] += part * (b.state()[c] - a.state()[c]);
            }
            Equilibrium between = Equilibria.near(field, middle, state).orElse(null);
            if (between == null) {
                return middle;
            }
            if (stable(between) == stable(a)) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return far;
    }

    /**
     * The invariant circle beside a periodic orbit of the flow, found by running the map from a point of it.
     *
     * @return null when the map leaves the orbit: it comes to rest, runs away or does not turn in ten times the period
     */
    public Circle circle(PeriodicOrbit orbit) {
        double[] x = orbit.points()[0].clone();
        int n = x.length;
        double[] low = new double[n];
        double[] high = new double[n];
        double level = Double.NaN;
        double first = Double.NaN;
        double last = Double.NaN;
        int turns = 0;
        long longest = (long) (10 * (SETTLING_TURNS + MEASURED_TURNS) * orbit.periodMs() / dtMs);
        long settled = (long) (SETTLING_TURNS * orbit.periodMs() / dtMs);
        for (long step = 0; step < longest && turns <= MEASURED_TURNS; step++) {
            if (step == settled / 2 || step == settled) {
                level = (low[0] + high[0]) / 2;
                Arrays.fill(low, Double.POSITIVE_INFINITY);
                Arrays.fill(high, Double.NEGATIVE_INFINITY);
            }
            double[] next = step(x, orbit.input());
            if (step >= settled && x[0] < level && next[0] >= level) {
                double time = (step + (level - x[0]) / (next[0] - x[0])) * dtMs;
                first = turns == 0 ? time : first;
                last = time;
                turns++;
            }
            for (int i = 0; i < n; i++) {
                if (!Double.isFinite(next[i])) {
                    return null;
                }
                low[i] = Math.min(low[i], next[i]);
                high[i] = Math.max(high[i], next[i]);
            }
            x = next;
        }
        return turns <= MEASURED_TURNS ? null : new Circle((last - first) / MEASURED_TURNS, low, high);
    }
}
