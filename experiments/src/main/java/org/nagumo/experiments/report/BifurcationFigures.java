package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.CycleBranch;
import org.nagumo.core.bifurcation.EquilibriumBranch;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.experiments.dynamics.FlowModel;

/** The figures of bifurcation diagrams, one system's or a network's upon its teacher's. */
public final class BifurcationFigures {

    private static final int HEIGHT = 560;

    private BifurcationFigures() {
    }

    /** A diagram with the system it belongs to. */
    public record Entry(FlowModel model, BifurcationDiagram diagram) {
    }

    /** The look of one system's lines. */
    private record Look(Color color, BasicStroke stable, BasicStroke unstable) {
    }

    /**
     * Draws the membrane potential of equilibria and the extremes of cycles, and the cycles' frequency.
     *
     * @param entries one system, or two: the teacher and then the student
     */
    public static List<Figure> draw(List<Entry> entries) {
        return List.of(potentials(entries), frequencies(entries));
    }

    private static List<Look> looks(List<Entry> entries) {
        Look network = new Look(Style.NETWORK, Style.SOLID, Style.DASHED);
        return entries.size() == 1 ? List.of(network)
                : List.of(new Look(Style.NEURON, Style.BAND, Style.BROAD_DASHED), network);
    }

    private static String title(List<Entry> entries) {
        return entries.size() == 1 ? entries.get(0).model().name()
                : entries.get(0).model().name() + " and " + entries.get(1).model().name();
    }

    private static XYChart chart(List<Entry> entries, String what, String y) {
        XYChart chart = Style.chart(what + title(entries), "current, \u00b5A/cm\u00b2", y, Style.WIDTH, HEIGHT);
        BifurcationDiagram first = entries.get(0).diagram();
        chart.getStyler().setXAxisMin(first.from()).setXAxisMax(first.to());
        return chart;
    }

    private static Figure potentials(List<Entry> entries) {
        XYChart chart = chart(entries, "Equilibria and cycles of ", "membrane potential, mV");
        List<Look> looks = looks(entries);
        for (int k = 0; k < entries.size(); k++) {
            Entry entry = entries.get(k);
            Lines lines = new Lines();
            for (EquilibriumBranch branch : entry.diagram().equilibriumBranches()) {
                for (int i = 0; i < branch.inputs().size(); i++) {
                    lines.add(branch.inputs().get(i), entry.model().voltageMv().applyAsDouble(
                            branch.equilibria().get(i).state()), branch.equilibria().get(i).stable());
                }
                lines.lift();
            }
            lines.addAll(entry, orbit -> entry.model().voltageRangeMv(orbit)[0]);
            lines.addAll(entry, orbit -> entry.model().voltageRangeMv(orbit)[1]);
            lines.draw(chart, entry.model().name(), looks.get(k));
        }
        hopfPoints(chart, entries);
        return Figure.draw("bifurcation", "Membrane potential of the equilibria, and lowest and highest potential of the"
                + " periodic orbits, against the current: full lines are stable, dashed ones unstable.", chart);
    }

    private static void hopfPoints(XYChart chart, List<Entry> entries) {
        List<double[]> points = new ArrayList<>();
        for (Entry entry : entries) {
            for (BifurcationPoint point : entry.diagram().points(BifurcationPoint.Kind.HOPF)) {
                points.add(new double[] {point.input(), entry.model().voltageMv().applyAsDouble(point.state())});
            }
        }
        if (!points.isEmpty()) {
            Style.points(chart, "Hopf point", points.stream().mapToDouble(p -> p[0]).toArray(),
                    points.stream().mapToDouble(p -> p[1]).toArray(), Style.EQUILIBRIUM, Glyph.RING);
        }
    }

    private static Figure frequencies(List<Entry> entries) {
        XYChart chart = chart(entries, "Frequency of the cycles of ", "frequency, Hz");
        List<Look> looks = looks(entries);
        for (int k = 0; k < entries.size(); k++) {
            Lines lines = new Lines();
            lines.addAll(entries.get(k), orbit -> 1000 / orbit.periodMs());
            lines.draw(chart, entries.get(k).model().name(), looks.get(k));
        }
        return Figure.draw("bifurcation-frequency", "Frequency of the periodic orbits against the current: full lines are"
                + " stable, dashed ones unstable.", chart);
    }

    /** Stable and unstable stretches of curves. */
    private static final class Lines {

        private final List<double[]> stable = new ArrayList<>();
        private final List<double[]> unstable = new ArrayList<>();
        private double[] last;
        private boolean lastStable;

        void add(double x, double y, boolean isStable) {
            double[] point = {x, y};
            List<double[]> line = isStable ? stable : unstable;
            if (last != null && lastStable != isStable) {
                line.add(last);
            }
            line.add(point);
            if (last != null && lastStable != isStable) {
                lift(lastStable ? stable : unstable);
            }
            last = point;
            lastStable = isStable;
        }

        /** Ends a curve. */
        void lift() {
            lift(stable);
            lift(unstable);
            last = null;
        }

        private static void lift(List<double[]> line) {
            line.add(new double[] {Double.NaN, Double.NaN});
        }

        void addAll(Entry entry, ToDoubleFunction<PeriodicOrbit> value) {
            for (CycleBranch branch : entry.diagram().cycleBranches()) {
                for (PeriodicOrbit orbit : branch.orbits()) {
                    add(orbit.input(), value.applyAsDouble(orbit), orbit.stable());
                }
                lift();
            }
        }

        void draw(XYChart chart, String name, Look look) {
            draw(chart, name, stable, look.color(), look.stable());
            draw(chart, name + ", unstable", unstable, look.color(), look.unstable());
        }

        private static void draw(XYChart chart, String name, List<double[]> line, Color color, BasicStroke stroke) {
            if (line.stream().anyMatch(p -> !Double.isNaN(p[0]))) {
                Style.line(chart, name, Polyline.through(line.toArray(double[][]::new)), color, stroke);
            }
        }
    }
}
