package org.nagumo.datagen.neuron;

import java.util.Arrays;
import org.nagumo.core.equations.SystemField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * A box that holds the equilibria of a field for a range of inputs, found by interval arithmetic (Moore, Kearfott and
 * Cloud 2009, Introduction to Interval Analysis, SIAM, chapter 8).
 *
 * <p>The range of the first state, the potential, is cut into cells. In a cell each other state x_i is narrowed by the
 * interval Newton operator of its own equation,
 * <pre>
 *   x_i = m_i - (f_i(m) + sum over j != i of df_i/dx_j (x_j - m_j)) / (df_i/dx_i),
 * </pre>
 * with the middles m of the states and the derivatives over the cell; for a gate this gives the steady state over the
 * cell at once. A cell in which the first equation then has no zero holds no equilibrium. The box spans the cells
 * that are left. The search begins at {@link #FIRST} typical ranges around zero; each end widens as long as its last
 * cell
 * is left, up to {@link #LAST} typical ranges. What lies beyond is not searched; when no cell at all is left, the box
 * is
 * all that was searched.
 */
final class EquilibriumBox {

    private static final double FIRST = 8;
    private static final double LAST = 1e6;

    /** Cells at an end of the box have this share of the typical range. */
    private static final double FINEST = 1.0 / 128;

    /** Cells between the ends, in which the ranges of the other states are found. */
    private static final int INNER = 64;

    /** Narrowing goes on while a state loses this share of its width. */
    private static final double WORTHWHILE = 0.9;
    private static final int MOST_SWEEPS = 30;

    private final SystemField field;
    private final Interval input;
    private final double[] units;

    private EquilibriumBox(SystemField field, Interval input, double[] units) {
        this.field = field;
        this.input = input;
        this.units = units;
    }

    /**
     * Finds the box.
     *
     * @param field the field
     * @param input the inputs
     * @param units typical ranges of the states
     * @return one interval for each state
     */
    static Interval[] of(SystemField field, Interval input, double[] units) {
        return new EquilibriumBox(field, input, units).find();
    }

    private Interval[] find() {
        double least = FIRST * units[0];
        double low = end(-least, least, true);
        double high = end(-least, least, false);
        // Each end widens by itself: far on the other side exponentials may overflow.
        for (double reach = 4 * least; reach <= LAST * units[0]; reach *= 4) {
            boolean none = low > high;
            if (none || low <= -reach / 4) {
                low = Math.min(low, end(-reach, -reach / 4, true));
                high = none ? Math.max(high, end(-reach, -reach / 4, false)) : high;
            }
            if (none || high >= reach / 4) {
                high = Math.max(high, end(reach / 4, reach, false));
                low = none ? Math.min(low, end(reach / 4, reach, true)) : low;
            }
        }
        if (low > high) {
            // Equilibria, if any, are beyond all that is searched.
            low = -LAST * units[0];
            high = LAST * units[0];
        }
        double margin = units[0] * FINEST;
        return hull(new Interval(low - margin, high + margin));
    }

    /** The lowest or highest point of the cells that are left; beyond the other end when none is. */
    private double end(double low, double high, boolean lowest) {
        if (narrowed(new Interval(low, high), true) == null) {
            return lowest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (high - low <= units[0] * FINEST) {
            return lowest ? low : high;
        }
        double middle = low / 2 + high / 2;
        double first = lowest ? end(low, middle, true) : end(middle, high, false);
        if (Double.isFinite(first)) {
            return first;
        }
        return lowest ? end(middle, high, true) : end(low, middle, false);
    }

    private Interval[] hull(Interval potential) {
        double[] low = new double[units.length];
        double[] high = new double[units.length];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < INNER; k++) {
            double from = potential.low() + potential.width() * k / INNER;
            double to = k == INNER - 1 ? potential.high() : potential.low() + potential.width() * (k + 1) / INNER;
            Interval[] cell = narrowed(new Interval(from, Math.max(from, to)), false);
            for (int i = 1; cell != null && i < cell.length; i++) {
                low[i] = Math.min(low[i], cell[i].low());
                high[i] = Math.max(high[i], cell[i].high());
            }
        }
        Interval[] box = new Interval[units.length];
        box[0] = potential;
        for (int i = 1; i < box.length; i++) {
            // Equilibria at the edge are found as well when the box has a margin.
            double margin = 1e-3 * units[i];
            box[i] = low[i] <= high[i] ? new Interval(low[i] - margin, high[i] + margin)
                    : new Interval(-units[i], units[i]);
        }
        return box;
    }

    /** The part of a cell that can hold equilibria, or null when there is none. */
    private Interval[] narrowed(Interval potential, boolean checkPotential) {
        int n = units.length;
        Interval[] box = new Interval[n];
        box[0] = potential;
        for (int i = 1; i < n; i++) {
            box[i] = new Interval(-LAST * units[i], LAST * units[i]);
        }
        boolean narrower = true;
        for (int sweep = 0; narrower && sweep < MOST_SWEEPS; sweep++) {
            double[] before = widths(box);
            if (!narrow(box)) {
                return null;
            }
            narrower = false;
            for (int i = 1; i < n; i++) {
                narrower |= box[i].width() < WORTHWHILE * before[i];
            }
        }
        return !checkPotential || enclosed(box)[0].value().contains(0) ? box : null;
    }

    private static double[] widths(Interval[] box) {
        return Arrays.stream(box).mapToDouble(Interval::width).toArray();
    }

    private Jet[] enclosed(Interval[] box) {
        Jet[] result = new Jet[box.length];
        field.enclose(Jet.variables(box), input, result);
        return result;
    }

    /** Narrows all states but the first by their equations; false when one of these has no zero in the box. */
    private boolean narrow(Interval[] box) {
        int n = box.length;
        Jet[] over = enclosed(box);
        Interval[] middles = new Interval[n];
        middles[0] = box[0];
        for (int i = 1; i < n; i++) {
            if (!over[i].value().contains(0)) {
                return false;
            }
            middles[i] = Interval.of(box[i].middle());
        }
        Jet[] at = enclosed(middles);
        for (int i = 1; i < n; i++) {
            Interval slope = over[i].derivative(i);
            if (slope.contains(0)) {
                continue;
            }
            Interval rest = at[i].value();
            for (int j = 1; j < n; j++) {
                if (j != i) {
                    rest = rest.plus(over[i].derivative(j).times(box[j].minus(middles[j])));
                }
            }
            Interval zeros = middles[i].minus(rest.over(slope));
            if (!zeros.meets(box[i])) {
                return false;
            }
            box[i] = zeros.intersect(box[i]);
        }
        return true;
    }
}
