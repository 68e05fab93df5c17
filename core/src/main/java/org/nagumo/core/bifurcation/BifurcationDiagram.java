package org.nagumo.core.bifurcation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.core.dynamics.CycleSearch;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.VectorField;
import org.nagumo.core.interval.Interval;

/**
 * Equilibria and periodic orbits of a field against its input, stable and unstable ones.
 *
 * @param stateNames          names of the state variables
 * @param from                lowest input
 * @param to                  highest input
 * @param equilibriumBranches curves of equilibria; those that meet an input at which all equilibria were sought
 * @param cycleBranches       curves of periodic orbits: those born at the Hopf points, and those to which orbits settle
 * @param certificate         what is known about the lists of equilibria at those inputs, the weakest of all
 * @param box                 where the equilibria were sought
 * @param gaps                orbits of the search that gave no branch, though they do not rest
 */
public record BifurcationDiagram(List<String> stateNames, double from, double to,
        List<EquilibriumBranch> equilibriumBranches, List<CycleBranch> cycleBranches, Certificate certificate,
        List<Interval> box, List<Gap> gaps) {

    /**
     * An input at which an orbit of the search gave no branch.
     *
     * @param input  the input
     * @param reason why
     */
    public record Gap(double input, Reason reason) {

        /** Why an orbit gave no branch. */
        public enum Reason {
            /** It grows beyond all bounds. */
            DIVERGED("orbits grow beyond all bounds"),
            /** It neither comes to rest nor returns to itself in the time given. */
            UNSETTLED("orbits neither rest nor close in the time of the search"),
            /** It settles to a cycle, which could not be continued. */
            NOT_CONTINUED("a stable cycle was found that could not be continued");

            private final String words;

            Reason(String words) {
                this.words = words;
            }

            /**
             * The reason as tables write it.
             *
             * @return a sentence without its full stop
             */
            public String words() {
                return words;
            }
        }
    }

    /** Parts of the computation of a diagram, for its progress; they take about as long as each other. */
    public static final int PARTS = 20;

    /** Inputs, evenly spread with both ends, at which all equilibria and settled orbits are sought. */
    private static final int PROBES = 9;

    /** When the equilibria have been sought, and when the cycles from the Hopf points have been followed. */
    private static final double SEARCH_SHARE = 0.5;
    private static final double FOLLOWED_SHARE = 0.75;

    /** Equilibria and cycles closer than this, in units of the region, belong to the branch that passes there. */
    private static final double SAME = 1e-3;

    public BifurcationDiagram {
        stateNames = List.copyOf(stateNames);
        equilibriumBranches = List.copyOf(equilibriumBranches);
        cycleBranches = List.copyOf(cycleBranches);
        box = List.copyOf(box);
        gaps = List.copyOf(gaps);
    }

    /**
     * Whether the list of equilibria was proven complete wherever it was sought.
     *
     * @return true with a certificate {@link Certificate#PROVEN}
     */
    public boolean complete() {
        return certificate == Certificate.PROVEN;
    }

    /**
     * Where and how to look.
     *
     * @param region    where the equilibria are sought, one interval for each state variable
     * @param units     typical range of each state variable, in which distances are measured
     * @param longestMs how long orbits are followed until they settle
     * @param alsoAt    inputs within the range at which all equilibria and settled orbits are sought beside evenly
     *                  spread ones
     */
    public record Search(List<Interval> region, List<Double> units, double longestMs,
            List<Double> alsoAt) {

        public Search {
            region = List.copyOf(region);
            units = List.copyOf(units);
            alsoAt = List.copyOf(alsoAt);
        }

        /** A search at evenly spread inputs. */
        public Search(List<Interval> region, List<Double> units, double longestMs) {
            this(region, units, longestMs, List.of());
        }

        /** A search whose units are the sides of the region. */
        public static Search in(double longestMs, Interval... region) {
            return new Search(List.of(region), Stream.of(region).map(Interval::width).toList(), longestMs);
        }

        Interval[] box() {
            return region.toArray(Interval[]::new);
        }

        double[] unit() {
            return units.stream().mapToDouble(u -> u).toArray();
        }
    }

    /**
     * Computes a diagram.
     *
     * @param field  the field
     * @param from   lowest input
     * @param to     highest input
     * @param search where and how to look
     * @throws IllegalArgumentException unless from &lt; to are finite; as {@link Equilibria#in}
     */
    public static BifurcationDiagram of(VectorField field, double from, double to, Search search) {
        return of(field, from, to, search, () -> { });
    }

    /**
     * As {@link #of(VectorField, double, double, Search)}, for work that takes long.
     *
     * @param partDone told after each of {@link #PARTS} parts
     */
    public static BifurcationDiagram of(VectorField field, double from, double to, Search search,
            Runnable partDone) {
        if (!(from < to) || !Double.isFinite(to - from)) {
            throw new IllegalArgumentException("the range of the input is " + from + " to " + to
                    + "; allowed: finite numbers, the lower one first");
        }
        return new Builder(field, from, to, search, partDone).build();
    }

    /** All points at which the picture changes, by rising input. */
    public List<BifurcationPoint> points() {
        return Stream.concat(equilibriumBranches.stream().flatMap(b -> b.points().stream()),
                cycleBranches.stream().flatMap(b -> b.points().stream()))
                .sorted(Comparator.comparingDouble(BifurcationPoint::input)).toList();
    }

    /** The points of one kind, by rising input. */
    public List<BifurcationPoint> points(BifurcationPoint.Kind kind) {
        return points().stream().filter(p -> p.kind() == kind).toList();
    }

    private static final class Builder {

        private final VectorField field;
        private final double from;
        private final double to;
        private final Search search;
        private final double[] units;
        private final List<EquilibriumBranch> equilibria = new ArrayList<>();
        private final List<CycleBranch> cycles = new ArrayList<>();
        private final List<List<Equilibrium>> atProbes = new ArrayList<>();
        private final Runnable partDone;
        private final Set<Gap> gaps = new LinkedHashSet<>();
        private Certificate certificate = Certificate.PROVEN;
        private int parts;

        Builder(VectorField field, double from, double to, Search search, Runnable partDone) {
            this.field = field;
            this.from = from;
            this.to = to;
            this.search = search;
            this.units = search.unit();
            this.partDone = partDone;
        }

        /** Tells of the parts up to a share of the whole. */
        private void reached(double share) {
            for (; parts < Math.round(share * PARTS); parts++) {
                partDone.run();
            }
        }

        BifurcationDiagram build() {
            EquilibriumContinuation continuation = new EquilibriumContinuation(field, units, from, to);
            double[] probes = DoubleStream.concat(IntStream.range(0, PROBES).mapToDouble(k ->
                    from + (to - from) * k / (PROBES - 1)), search.alsoAt().stream().mapToDouble(u -> u))
                    .distinct().toArray();
            for (double input : probes) {
                EquilibriumSearch found = Equilibria.in(field, input, search.box());
                certificate = certificate.and(found.certificate());
                for (Equilibrium e : found.equilibria()) {
                    if (!known(e, input)) {
                        equilibria.add(continuation.through(e.state(), input));
                    }
                }
                atProbes.add(found.equilibria());
                reached(SEARCH_SHARE * atProbes.size() / probes.length);
            }
            bornAtHopfPoints();
            for (int k = 0; k < probes.length; k++) {
                for (Equilibrium e : atProbes.get(k)) {
                    settled(e.state(), probes[k]);
                }
                reached(1 - (1 - FOLLOWED_SHARE) * (probes.length - 1 - k) / probes.length);
            }
            return new BifurcationDiagram(field.stateNames(), from, to, equilibria, cycles, certificate,
                    search.region(), List.copyOf(gaps));
        }

        private boolean known(Equilibrium e, double input) {
            for (EquilibriumBranch branch : equilibria) {
                for (int i = 0; i + 1 < branch.inputs().size(); i++) {
                    double a = branch.inputs().get(i);
                    double b = branch.inputs().get(i + 1);
                    double edge = 1e-9 * (to - from);
                    if (Math.min(a, b) - edge <= input && input <= Math.max(a, b) + edge && a != b
                            && near(e.state(), branch.equilibria().get(i).state(),
                                    branch.equilibria().get(i + 1).state(), (input - a) / (b - a))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean near(double[] x, double[] a, double[] b, double part) {
            double distance = 0;
            double stride = 0;
            for (int c = 0; c < x.length; c++) {
                distance = Math.max(distance, Math.abs(x[c] - a[c] - part * (b[c] - a[c])) / units[c]);
                stride = Math.max(stride, Math.abs(b[c] - a[c]) / units[c]);
            }
            return distance < SAME + 0.1 * stride;
        }

        private void bornAtHopfPoints() {
            CycleContinuation continuation = new CycleContinuation(field, units, from, to);
            List<BifurcationPoint> hopf = equilibria.stream().flatMap(b -> b.points().stream())
                    .filter(p -> p.kind() == BifurcationPoint.Kind.HOPF)
                    .sorted(Comparator.comparingDouble(BifurcationPoint::input).reversed()).toList();
            List<BifurcationPoint> ends = new ArrayList<>();
            for (int k = 0; k < hopf.size(); k++) {
                BifurcationPoint point = hopf.get(k);
                if (!ends.contains(point)) {
                    CycleBranch branch = continuation.fromHopf(point);
                    cycles.add(branch);
                    if (branch.end() == CycleBranch.End.HOPF) {
                        PeriodicOrbit last = branch.orbits().get(branch.orbits().size() - 1);
                        hopf.stream().min(Comparator.comparingDouble(p -> away(p, last))).ifPresent(ends::add);
                    }
                }
                reached(SEARCH_SHARE + (FOLLOWED_SHARE - SEARCH_SHARE) * (k + 1) / hopf.size());
            }
        }

        private double away(BifurcationPoint point, PeriodicOrbit orbit) {
            double distance = Math.abs(point.input() - orbit.input()) / (to - from);
            for (int c = 0; c < units.length; c++) {
                distance = Math.hypot(distance, (point.state()[c] - orbit.points()[0][c]) / units[c]);
            }
            return distance;
        }

        /** Branches of cycles that no Hopf point tells of, to which orbits settle from beside an equilibrium. */
        private void settled(double[] equilibrium, double input) {
            for (double aside : new double[] {0.02, 0.3, -0.3}) {
                double[] start = equilibrium.clone();
                start[0] += aside * units[0];
                CycleContinuation continuation = new CycleContinuation(field, units, from, to);
                CycleSearch found = LimitCycle.search(field, input, start, search.longestMs());
                LimitCycle cycle = found.cycle().orElse(null);
                PeriodicOrbit orbit = cycle == null ? null : continuation.orbit(cycle, input);
                if (orbit == null) {
                    gap(input, found.outcome());
                    continue;
                }
                if (known(orbit)) {
                    continue;
                }
                int before = cycles.size();
                for (boolean rising : new boolean[] {false, true}) {
                    CycleBranch branch = continuation.through(cycle, input, rising);
                    if (!branch.orbits().isEmpty()) {
                        cycles.add(branch);
                    }
                }
                if (cycles.size() == before) {
                    gaps.add(new Gap(input, Gap.Reason.NOT_CONTINUED));
                }
            }
        }

        private void gap(double input, CycleSearch.Outcome outcome) {
            switch (outcome) {
                case CYCLE -> gaps.add(new Gap(input, Gap.Reason.NOT_CONTINUED));
                case LOST -> gaps.add(new Gap(input, Gap.Reason.DIVERGED));
                case UNSETTLED -> gaps.add(new Gap(input, Gap.Reason.UNSETTLED));
                case REST, NEUTRAL -> { }
            }
        }

        private boolean known(PeriodicOrbit orbit) {
            return cycles.stream().flatMap(branch -> branch.at(field, units, orbit.input()).stream())
                    .anyMatch(other -> other.isSame(orbit, units));
        }
    }
}
