package org.nagumo.core.bifurcation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.complex.Complex;
import org.hipparchus.exception.MathRuntimeException;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.VectorField;

/**
 * Follows a branch of periodic orbits by pseudo-arclength continuation, on a mesh that moves with the orbit.
 */
final class CycleContinuation {

    private static final int INTERVALS = 80;
    private static final int MOST_INTERVALS = 320;

    /** Errors of the trivial multiplier above which the mesh is refined, and below which it is made coarser. */
    private static final double COARSE = 1e-5;
    private static final double FINE = 1e-9;

    private static final double LONGEST = 0.05;
    private static final double SHORTEST = 1e-7;
    private static final int MOST_STEPS = 4000;

    /** Intervals of the meshes of all steps together; bursts of many spikes ask for fine meshes and many steps. */
    private static final int MOST_INTERVAL_STEPS = 100_000;

    /** Newton iterations after which the next step is longer, or shorter. */
    private static final int EASY = 4;
    private static final int HARD = 7;

    /** Amplitude, in units of the state variables, of the first cycle at a Hopf point, and below which one ends. */
    private static final double SMALL = 2e-3;
    private static final double VANISHING = 1e-3;

    /**
     * A period this many times the shortest on the branch, at an input that no longer moves, is a homoclinic end; so is
     * one where the computation stops at an input that hardly moves.
     */
    private static final double LONG = 10;
    private static final double AT_REST = 1e-6;
    private static final double HARDLY_MOVING = 1e-4;

    /** Rounds in a period that are looked for, and parts of the amplitude by which they may differ. */
    private static final int MOST_ROUNDS = 8;
    private static final double ONE_ROUND = 1e-6;
    private static final double MERGING = 1e-2;

    /** Part of the range of the input, for each unit along the branch, below which it does not move. */
    private static final double STANDSTILL = 1e-8;

    private final VectorField field;
    private final int n;
    private final double[] stateUnits;
    private final double from;
    private final double to;
    private final CycleSolver solver;

    // Along the present branch: where the input went when it last moved, and where it has stood most still since.
    private double direction;
    private CycleSolver.Solved stillest;

    // Whether it has turned round at a cycle that closes in a part of the period.
    private boolean merged;

    CycleContinuation(VectorField field, double[] stateUnits, double from, double to) {
        this.field = field;
        this.n = field.dimension();
        this.stateUnits = stateUnits.clone();
        this.from = from;
        this.to = to;
        this.solver = new CycleSolver(field, stateUnits, to - from);
    }

    /** The orbits that are born at a Hopf point. */
    CycleBranch fromHopf(BifurcationPoint hopf) {
        double w = 2 * Math.PI / hopf.periodMs();
        Complex[] plane = Hopf.at(field, hopf.state(), hopf.input(), w, stateUnits).plane();
        PeriodicOrbit.Mesh mesh = PeriodicOrbit.Mesh.uniform(INTERVALS);
        double[][] points = new double[INTERVALS + 1][n];
        double[][] direction = new double[INTERVALS + 1][n];
        for (int i = 0; i <= INTERVALS; i++) {
            Complex turn = new Complex(0, 2 * Math.PI * mesh.times()[i]).exp();
            for (int c = 0; c < n; c++) {
                direction[i][c] = stateUnits[c] * plane[c].multiply(turn).getReal();
                points[i][c] = hopf.state()[c] + SMALL * direction[i][c];
            }
        }
        CycleSolver.Approximation small = new CycleSolver.Approximation(mesh, points, hopf.periodMs(), hopf.input());
        CycleSolver.Direction outwards = solver.normalised(small, new CycleSolver.Direction(direction, 0, 0));
        CycleSolver.Solved start = solver.solve(small, outwards, outwards);
        return start == null ? new CycleBranch(List.of(), List.of(), CycleBranch.End.LOST)
                : follow(start, SMALL, false);
    }

    /** The branch through a cycle that an orbit settled to, in the direction of rising or falling input. */
    CycleBranch through(LimitCycle cycle, double input, boolean rising) {
        CycleSolver.Solved start = solved(cycle, input);
        if (start == null) {
            return new CycleBranch(List.of(), List.of(), CycleBranch.End.LOST);
        }
        CycleSolver.Solved directed = rising == start.tangent().input() > 0 ? start
                : new CycleSolver.Solved(start.orbit(), start.tangent().reversed(), start.multipliers(),
                        start.iterations());
        return follow(directed, LONGEST / 8, true);
    }

    /** The periodic orbit near a cycle, at its input; null when it cannot be found. */
    PeriodicOrbit orbit(LimitCycle cycle, double input) {
        CycleSolver.Solved solved = solved(cycle, input);
        return solved == null ? null : orbit(solved);
    }

    /** The orbit of a branch at an input nearby; null when it cannot be found. */
    PeriodicOrbit moved(PeriodicOrbit orbit, double input) {
        CycleSolver.Solved solved = solver.solve(new CycleSolver.Approximation(orbit.mesh(), orbit.points(),
                orbit.periodMs(), input), null, null);
        return solved == null ? null : orbit(solved);
    }

    private CycleSolver.Solved solved(LimitCycle cycle, double input) {
        CycleSolver.Solved found = solved(new CycleSolver.Approximation(
                mesh(cycle), cycle.points(), cycle.periodMs(), input));
        // Where neighbours approach a cycle from both sides in turn, simulation takes two rounds of it for one.
        int rounds = found == null ? 1 : rounds(found.orbit(), ONE_ROUND);
        return rounds == 1 ? found : solved(round(found.orbit(), rounds));
    }

    private static PeriodicOrbit.Mesh mesh(LimitCycle cycle) {
        double[] times = Arrays.stream(cycle.timesMs()).map(t -> t / cycle.periodMs()).toArray();
        times[times.length - 1] = 1;
        return new PeriodicOrbit.Mesh(times);
    }

    private CycleSolver.Solved solved(CycleSolver.Approximation fine) {
        CycleSolver.Solved near = solver.remeshed(new CycleSolver.Solved(fine, solver.alongInput(fine), List.of(), 0),
                solver.adapted(fine, INTERVALS));
        return solver.solve(near.orbit(), null, near.tangent());
    }

    private static double[] times(double from, double to) {
        return IntStream.rangeClosed(0, INTERVALS).mapToDouble(i -> from + (to - from) * i / INTERVALS).toArray();
    }

    /** One of an orbit's equal rounds. */
    private CycleSolver.Approximation round(CycleSolver.Approximation orbit, int rounds) {
        return new CycleSolver.Approximation(PeriodicOrbit.Mesh.uniform(INTERVALS),
                solver.at(orbit, times(0, 1.0 / rounds)), orbit.periodMs() / rounds, orbit.input());
    }

    /** How often an orbit runs through the same states, but for a part of its amplitude, before its period is over. */
    private int rounds(CycleSolver.Approximation orbit, double tolerance) {
        for (int rounds = MOST_ROUNDS; rounds > 1; rounds--) {
            double[][] first = solver.at(orbit, times(0, 1.0 / rounds));
            double[][] second = solver.at(orbit, times(1.0 / rounds, 2.0 / rounds));
            double distance = 0;
            for (int k = 0; k < first.length; k++) {
                for (int c = 0; c < n; c++) {
                    distance = Math.max(distance, Math.abs(first[k][c] - second[k][c]) / stateUnits[c]);
                }
            }
            if (distance < tolerance * amplitude(orbit)) {
                return rounds;
            }
        }
        return 1;
    }

    private PeriodicOrbit orbit(CycleSolver.Solved s) {
        return new PeriodicOrbit(s.orbit().input(), s.orbit().periodMs(), s.orbit().mesh(), s.orbit().points(),
                s.multipliers());
    }

    private CycleBranch follow(CycleSolver.Solved start, double firstLength, boolean mayClose) {
        List<PeriodicOrbit> orbits = new ArrayList<>();
        List<BifurcationPoint> points = new ArrayList<>();
        direction = 0;
        stillest = null;
        merged = false;
        CycleSolver.Solved last = start;
        orbits.add(orbit(start));
        double length = firstLength;
        double shortest = start.orbit().periodMs();
        boolean grown = amplitude(start) > 4 * SMALL;
        long work = 0;
        for (int step = 0; step < MOST_STEPS && work < MOST_INTERVAL_STEPS && length >= SHORTEST; step++) {
            CycleSolver.Solved base = remeshed(last);
            work += base.orbit().mesh().intervals();
            CycleSolver.Solved next = ahead(base, length);
            if (next == null || turn(base, next) < 0.9) {
                length /= 2;
                continue;
            }
            double amplitude = amplitude(next);
            grown |= amplitude > 4 * SMALL;
            if (grown && amplitude < VANISHING || grown && reflected(base, next)) {
                return new CycleBranch(orbits, points, CycleBranch.End.HOPF);
            }
            double input = next.orbit().input();
            if (input < from || input > to) {
                CycleSolver.Solved edge = located(base, length,
                        s -> s.orbit().input() - (input < from ? from : to));
                if (edge != null) {
                    detect(base, edge, length, orbits, points);
                    orbits.add(orbit(edge));
                }
                return new CycleBranch(orbits, points, CycleBranch.End.RANGE);
            }
            detect(base, next, length, orbits, points);
            if (merged) {
                return new CycleBranch(orbits, points, CycleBranch.End.PERIOD_DOUBLING);
            }
            orbits.add(orbit(next));
            shortest = Math.min(shortest, next.orbit().periodMs());
            if (isHomoclinic(next, shortest, AT_REST)) {
                return homoclinic(next, orbits, points);
            }
            if (mayClose && step > 10 && closed(orbits.get(0), orbits.get(orbits.size() - 1))) {
                return new CycleBranch(orbits, points, CycleBranch.End.CLOSED);
            }
            last = next;
            length = next.iterations() <= EASY ? Math.min(LONGEST, 1.5 * length)
                    : next.iterations() >= HARD ? length / 2 : length;
            // Small cycles are followed down to their Hopf point, and not through it.
            length = Math.min(length, Math.max(amplitude / 3, VANISHING / 2));
        }
        return isHomoclinic(last, shortest, HARDLY_MOVING) ? homoclinic(last, orbits, points)
                : new CycleBranch(orbits, points, length < SHORTEST ? CycleBranch.End.LOST : CycleBranch.End.STEPS);
    }

    /** Whether the period is long and the input, measured by how much the period grows, moves less than a part. */
    private boolean isHomoclinic(CycleSolver.Solved s, double shortestPeriodMs, double part) {
        return s.orbit().periodMs() > LONG * shortestPeriodMs && Math.abs(s.tangent().input())
                < part * (to - from) * Math.abs(s.tangent().periodMs()) / s.orbit().periodMs();
    }

    private CycleBranch homoclinic(CycleSolver.Solved last, List<PeriodicOrbit> orbits, List<BifurcationPoint> points) {
        points.add(new BifurcationPoint(BifurcationPoint.Kind.HOMOCLINIC, last.orbit().input(), slowest(last.orbit()),
                Double.POSITIVE_INFINITY, BifurcationPoint.Criticality.NONE));
        return new CycleBranch(orbits, points, CycleBranch.End.HOMOCLINIC);
    }

    /** The equilibrium beside which an orbit lingers, or its slowest point where Newton's method finds none. */
    private double[] slowest(CycleSolver.Approximation orbit) {
        double[] slowest = orbit.points()[0];
        double least = Double.POSITIVE_INFINITY;
        double[] flow = new double[n];
        for (double[] point : orbit.points()) {
            field.derivative(point, orbit.input(), flow);
            double speed = 0;
            for (int c = 0; c < n; c++) {
                speed = Math.hypot(speed, flow[c] / stateUnits[c]);
            }
            if (speed < least) {
                least = speed;
                slowest = point;
            }
        }
        return Equilibria.near(field, orbit.input(), slowest).map(Equilibrium::state).orElse(slowest.clone());
    }

    private static boolean closed(PeriodicOrbit a, PeriodicOrbit b) {
        return Math.abs(a.input() - b.input()) < 1e-3 * (1 + Math.abs(a.input()))
                && Math.abs(a.periodMs() - b.periodMs()) < 1e-3 * a.periodMs();
    }

    /** Cosine of the angle between the branch's directions at two orbits. */
    private double turn(CycleSolver.Solved a, CycleSolver.Solved b) {
        return solver.product(a.orbit(), a.tangent(), b.tangent());
    }

    /** The same orbit on a mesh adapted to it, finer where its trivial multiplier asks for that. */
    private CycleSolver.Solved remeshed(CycleSolver.Solved at) {
        double error = orbit(at).trivialError();
        int intervals = at.orbit().mesh().intervals();
        int wanted = error > COARSE ? Math.min(2 * intervals, MOST_INTERVALS)
                : error < FINE ? Math.max(intervals / 2, INTERVALS) : intervals;
        CycleSolver.Solved moved = solver.remeshed(at, solver.adapted(at.orbit(), wanted));
        CycleSolver.Solved solved = solver.solve(moved.orbit(), moved.tangent(), moved.tangent());
        return solved == null ? at : solved;
    }

    private CycleSolver.Solved ahead(CycleSolver.Solved from, double length) {
        return solver.solve(solver.ahead(from.orbit(), from.tangent(), length), from.tangent(), from.tangent());
    }

    private double amplitude(CycleSolver.Solved s) {
        return amplitude(s.orbit());
    }

    /** Half of the largest range of a state variable over the mesh points, in its unit. */
    private double amplitude(CycleSolver.Approximation orbit) {
        double largest = 0;
        for (int c = 0; c < n; c++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] point : orbit.points()) {
                low = Math.min(low, point[c]);
                high = Math.max(high, point[c]);
            }
            largest = Math.max(largest, (high - low) / stateUnits[c] / 2);
        }
        return largest;
    }

    /** Whether the second orbit is a small one on the other side of the equilibrium: the same branch, mirrored. */
    private boolean reflected(CycleSolver.Solved a, CycleSolver.Solved b) {
        if (amplitude(a) > 0.1) {
            return false;
        }
        double[] mean = new double[n];
        int points = a.orbit().points().length - 1;
        for (int i = 0; i < points; i++) {
            for (int c = 0; c < n; c++) {
                mean[c] += (a.orbit().points()[i][c] + b.orbit().points()[i][c]) / (2 * points);
            }
        }
        double product = 0;
        for (int i = 0; i < points; i++) {
            for (int c = 0; c < n; c++) {
                product += (a.orbit().points()[i][c] - mean[c]) * (b.orbit().points()[i][c] - mean[c])
                        / (stateUnits[c] * stateUnits[c]);
            }
        }
        return product < 0;
    }

    /** Where the input turns round; in a canard explosion, where it stands still to rounding, once. */
    private void detectFold(CycleSolver.Solved last, CycleSolver.Solved next, double length,
            List<PeriodicOrbit> orbits, List<BifurcationPoint> points) {
        double turning = next.tangent().input() / (to - from);
        if (Math.abs(turning) < STANDSTILL) {
            if (stillest == null || Math.abs(turning) < Math.abs(stillest.tangent().input()) / (to - from)) {
                stillest = next;
            }
            return;
        }
        if (direction != 0 && turning > 0 != direction > 0) {
            CycleSolver.Solved fold = stillest != null ? stillest
                    : located(last, length, s -> s.tangent().input());
            if (fold != null && fold != stillest) {
                orbits.add(orbit(fold));
            }
            merged = fold != null && rounds(fold.orbit(), MERGING) > 1;
            if (!merged) {
                add(BifurcationPoint.Kind.FOLD_OF_CYCLES, fold, points);
            }
        }
        direction = turning;
        stillest = null;
    }

    private void detect(CycleSolver.Solved last, CycleSolver.Solved next, double length,
            List<PeriodicOrbit> orbits, List<BifurcationPoint> points) {
        detectFold(last, next, length, orbits, points);
        if (n > 2 && doubling(last) > 0 != doubling(next) > 0) {
            add(BifurcationPoint.Kind.PERIOD_DOUBLING, located(last, length, CycleContinuation::doubling), points);
        }
    }

    /** The product of all (multiplier + 1), which is real, scaled down. */
    private static double doubling(CycleSolver.Solved s) {
        Complex product = Complex.ONE;
        for (Complex multiplier : s.multipliers()) {
            product = product.multiply(multiplier.add(1).divide(1 + multiplier.norm()));
        }
        return product.getReal();
    }

    private void add(BifurcationPoint.Kind kind, CycleSolver.Solved at, List<BifurcationPoint> points) {
        if (at != null) {
            points.add(new BifurcationPoint(kind, at.orbit().input(), at.orbit().points()[0],
                    at.orbit().periodMs(), BifurcationPoint.Criticality.NONE));
        }
    }

    /** The orbit within a step at which a test is zero; null when it cannot be found. */
    private CycleSolver.Solved located(CycleSolver.Solved last, double length,
            ToDoubleFunction<CycleSolver.Solved> test) {
        try {
            double s = new BracketingNthOrderBrentSolver(1e-10, 1e-10, 1e-12, 5).solve(60, x -> {
                CycleSolver.Solved at = x == 0 ? last : ahead(last, x);
                return at == null ? Double.NaN : test.applyAsDouble(at);
            }, 0, length);
            return s == 0 ? last : ahead(last, s);
        } catch (MathRuntimeException e) {
            return null;
        }
    }
}
