package org.nagumo.core.dynamics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/**
 * Finds all equilibria in a box and proves it, by interval Newton steps and bisection. For a box X with middle c,
 * <pre>
 *   N_i = c_i - (b_i + sum over k != i of A_ik (X_k - c_k)) / A_ii,   A = Y f'(X),  b = Y f(c),
 * </pre>
 * with Y near the inverse of f'(c): every equilibrium of X lies in N; if N misses X there is none, and if N lies inside
 * X there is exactly one (Hansen and Sengupta 1981, BIT 21:201-211; Neumaier 1990, Interval Methods for Systems of
 * Equations, theorem 5.1.7). Around each equilibrium a box as wide as possible is proven to hold it alone, which spares
 * the bisection there.
 */
public final class CertifiedEquilibria {

    /** Boxes narrower than this part of the region that could neither be emptied nor proven are undecided. */
    private static final double NARROWEST = 1e-9;

    /** Widths of the boxes, relative to the region, in which a Newton point is tried to be proven alone. */
    private static final double[] ALONE = {0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};

    /** Newton's method is tried in boxes of at most this part of the region. */
    private static final double TRY_NEWTON = 0.3;

    /** A Newton step that shrinks no side to less than this gives way to bisection. */
    private static final double WORTHWHILE = 0.8;

    private static final int TIGHTENING = 20;

    private static final int MOST_BOXES = 100_000;

    private final int mostBoxes;
    private final EnclosedField field;
    private final double input;
    private final Interval[] region;
    private final int n;
    private final Newton newton;

    // First in, first out: should the search run out of boxes, it is small ones that are left undecided.
    private final Queue<Interval[]> waiting = new ArrayDeque<>();
    private final List<Proof> proofs = new ArrayList<>();
    private final List<Interval[]> undecided = new ArrayList<>();
    private int boxes;

    /** An equilibrium, a narrow box that holds it and a wide one that holds no other. */
    private record Proof(double[] point, Interval[] enclosure, Interval[] alone) {
    }

    private CertifiedEquilibria(EnclosedField field, double input, int mostBoxes, Interval[] region) {
        this.mostBoxes = mostBoxes;
        this.field = field;
        this.input = input;
        this.region = region;
        this.n = field.dimension();
        this.newton = new Newton(field, input);
    }

    /**
     * Searches a box.
     *
     * @param field  the field
     * @param input  the constant input
     * @param region one interval for each state variable, finite; not modified
     * @return the equilibria in the box, by ascending first state variable, each with its enclosure; the list is
     *     complete when nothing is undecided
     * @throws IllegalArgumentException when the box does not match the field or is not finite
     */
    public static EquilibriumSearch in(EnclosedField field, double input, Interval... region) {
        return in(field, input, MOST_BOXES, region);
    }

    /** The same with at most a number of boxes; those that are left are undecided. */
    static EquilibriumSearch in(EnclosedField field, double input, int mostBoxes, Interval[] region) {
        if (region.length != field.dimension()) {
            throw new IllegalArgumentException("the region has " + region.length + " sides; allowed: "
                    + field.dimension() + ", one for each state variable");
        }
        for (Interval side : region) {
            if (Double.isInfinite(side.width()) || side.width() == 0) {
                throw new IllegalArgumentException("a side of the region is [" + side.low() + ", " + side.high()
                        + "]; allowed: finite numbers with low < high");
            }
        }
        return new CertifiedEquilibria(field, input, mostBoxes, region.clone()).search();
    }

    private EquilibriumSearch search() {
        waiting.add(region);
        while (!waiting.isEmpty()) {
            Interval[] box = waiting.remove();
            if (boxes++ >= mostBoxes) {
                undecided.add(box);
            } else {
                examine(box);
            }
        }
        proofs.sort(Comparator.comparingDouble(p -> p.point()[0]));
        List<Equilibrium> equilibria = proofs.stream().map(p -> Equilibrium.at(field, p.point(), input)).toList();
        return new EquilibriumSearch(equilibria, EquilibriumSearch.Method.INTERVAL, boxes, boxes,
                proofs.stream().map(p -> List.of(p.enclosure())).toList(), undecided.size(), List.of(region));
    }

    private void examine(Interval[] start) {
        Interval[] box = start;
        while (true) {
            if (isKnown(box)) {
                return;
            }
            Interval[] next = contract(box);
            if (next == null) {
                return;
            }
            if (widest(next) < TRY_NEWTON && prove(next) && isKnown(next)) {
                return;
            }
            if (shrinkage(next, box) > WORTHWHILE) {
                split(next);
                return;
            }
            box = next;
        }
    }

    private boolean isKnown(Interval[] box) {
        for (Proof proof : proofs) {
            if (contains(proof.alone(), box)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(Interval[] outer, Interval[] inner) {
        for (int i = 0; i < outer.length; i++) {
            if (!outer[i].contains(inner[i])) {
                return false;
            }
        }
        return true;
    }

    private double relativeWidth(Interval[] box, int i) {
        return box[i].width() / region[i].width();
    }

    private double widest(Interval[] box) {
        double widest = 0;
        for (int i = 0; i < n; i++) {
            widest = Math.max(widest, relativeWidth(box, i));
        }
        return widest;
    }

    private static double shrinkage(Interval[] after, Interval[] before) {
        double least = 1;
        for (int i = 0; i < after.length; i++) {
            if (before[i].width() > 0) {
                least = Math.min(least, after[i].width() / before[i].width());
            }
        }
        return least;
    }

    /** Values and Jacobian over a box. */
    private Jet[] enclose(Interval[] box) {
        Jet[] f = new Jet[n];
        field.enclose(Jet.variables(box), input, f);
        return f;
    }

    /** The part of a box that may hold equilibria; null when none does. */
    private Interval[] contract(Interval[] box) {
        Jet[] f = enclose(box);
        for (Jet component : f) {
            if (!component.value().contains(0)) {
                return null;
            }
        }
        double[] c = middle(box);
        Jet[] atMiddle = enclose(points(c));
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        Interval[] contracted = newtonStep(identity, f, atMiddle, c, box, true);
        double[][] inverse = contracted == null ? null : inverse(atMiddle);
        return inverse == null ? contracted : newtonStep(inverse, f, atMiddle, c, contracted, true);
    }

    /**
     * One interval Newton step with preconditioner Y, side after side.
     *
     * @param f    over a box that contains {@code box} and {@code c}
     * @param meet whether to intersect with the box, null being returned when nothing is left; otherwise the sides that
     *             the step gives are returned as they are, null when one of them is unbounded
     */
    private Interval[] newtonStep(double[][] y, Jet[] f, Jet[] atMiddle, double[] c, Interval[] box, boolean meet) {
        Interval[] x = box.clone();
        for (int i = 0; i < n; i++) {
            Interval sum = Interval.ZERO;
            for (int k = 0; k < n; k++) {
                sum = sum.plus(atMiddle[k].value().times(y[i][k]));
            }
            Interval diagonal = Interval.ZERO;
            for (int j = 0; j < n; j++) {
                Interval a = Interval.ZERO;
                for (int k = 0; k < n; k++) {
                    if (y[i][k] != 0) {
                        a = a.plus(f[k].derivative(j).times(y[i][k]));
                    }
                }
                if (j == i) {
                    diagonal = a;
                } else {
                    sum = sum.plus(a.times((meet ? x[j] : box[j]).minus(Interval.of(c[j]))));
                }
            }
            if (diagonal.contains(0)) {
                if (!meet) {
                    return null;
                }
                continue;
            }
            Interval side = Interval.of(c[i]).minus(sum.over(diagonal));
            if (!meet) {
                x[i] = side;
            } else if (side.meets(x[i])) {
                x[i] = side.intersect(x[i]);
            } else {
                return null;
            }
        }
        return x;
    }

    /** Looks for an equilibrium from the middle of a box by Newton's method, and proves it. */
    private boolean prove(Interval[] box) {
        double[] point = newton.solve(middle(box));
        if (point == null) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (!region[i].contains(point[i])) {
                return false;
            }
        }
        for (Proof proof : proofs) {
            if (contains(proof.alone(), points(point))) {
                return true;
            }
        }
        for (double width : ALONE) {
            Interval[] around = new Interval[n];
            for (int i = 0; i < n; i++) {
                double half = width * region[i].width() / 2;
                around[i] = new Interval(point[i] - half, point[i] + half);
            }
            Interval[] inside = uniqueIn(around, point);
            if (inside != null) {
                Interval[] enclosure = tighten(inside, point);
                proofs.add(new Proof(middle(enclosure), enclosure, around));
                return true;
            }
        }
        return false;
    }

    /** The box to which a Newton step narrows a box around a point, if that proves it to hold one equilibrium. */
    private Interval[] uniqueIn(Interval[] box, double[] point) {
        Jet[] f = enclose(box);
        Jet[] atPoint = enclose(points(point));
        double[][] inverse = inverse(atPoint);
        Interval[] inside = inverse == null ? null : newtonStep(inverse, f, atPoint, point, box, false);
        for (int i = 0; inside != null && i < n; i++) {
            if (!inside[i].isInside(box[i])) {
                return null;
            }
        }
        return inside;
    }

    /** A narrower box around the same equilibrium, about as narrow as rounding allows. */
    private Interval[] tighten(Interval[] box, double[] point) {
        Interval[] enclosure = box;
        Jet[] atPoint = enclose(points(point));
        double[][] inverse = inverse(atPoint);
        for (int round = 0; round < TIGHTENING; round++) {
            enclosure = newtonStep(inverse, enclose(enclosure), atPoint, point, enclosure, true);
        }
        return enclosure;
    }

    private void split(Interval[] box) {
        int side = 0;
        for (int i = 1; i < n; i++) {
            if (relativeWidth(box, i) > relativeWidth(box, side)) {
                side = i;
            }
        }
        if (relativeWidth(box, side) < NARROWEST) {
            undecided.add(box);
            return;
        }
        double middle = box[side].middle();
        Interval[] lower = box.clone();
        Interval[] upper = box.clone();
        lower[side] = new Interval(box[side].low(), middle);
        upper[side] = new Interval(middle, box[side].high());
        waiting.add(lower);
        waiting.add(upper);
    }

    private static double[] middle(Interval[] box) {
        return Arrays.stream(box).mapToDouble(Interval::middle).toArray();
    }

    private static Interval[] points(double[] x) {
        return Arrays.stream(x).mapToObj(Interval::of).toArray(Interval[]::new);
    }

    /** Near the inverse of the Jacobian; null where there is none. */
    private double[][] inverse(Jet[] f) {
        double[][] jacobian = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                jacobian[i][j] = f[i].derivative(j).middle();
                if (!Double.isFinite(jacobian[i][j])) {
                    return null;
                }
            }
        }
        DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(jacobian, false), Double.MIN_NORMAL)
                .getSolver();
        return solver.isNonSingular() ? solver.getInverse().getData() : null;
    }
}
