package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.experiments.dynamics.Comparison;
import org.nagumo.experiments.dynamics.DiagramRecord;

/** The figures of bifurcation diagrams, one system's or a network's upon its teacher's. */
public final class BifurcationFigures {

    private static final int HEIGHT = 560;

    /** Free space on each side of the curves, in parts of their range. */
    private static final double MARGIN = 0.04;

    private static final String UNSTABLE = "unstable";

    /** Width and height of a panel in the figure of all. */
    private static final int PANEL_WIDTH = 800;
    private static final int PANEL_HEIGHT = 560;

    private BifurcationFigures() {
    }

    /** The look of one system's lines. */
    private record Look(Color color, BasicStroke stable, BasicStroke unstable) {
    }

    /** The figure of all, and its bifurcation diagrams and frequencies once more, larger, by themselves. */
    public static List<Figure> draw(Comparison comparison) {
        List<DiagramRecord> diagrams = comparison.diagrams();
        return List.of(drawAll(comparison),
                Figure.draw("bifurcation", "Membrane potential of the equilibria, and lowest and highest potential of"
                        + " the periodic orbits, against the current: full lines are stable, dashed ones unstable.",
                        potentials(diagrams, Style.WIDTH, HEIGHT)),
                Figure.draw("bifurcation-frequency", "Frequency of the periodic orbits against the current: full lines"
                        + " are stable, dashed ones unstable.", frequencies(diagrams, Style.WIDTH, HEIGHT)));
    }

    /**
     * Draws all in one figure, {@code comparison} or {@code overview}: the membrane potential of equilibria and the
     * extremes of cycles, the cycles' frequency, and the portraits.
     */
    public static Figure drawAll(Comparison comparison) {
        List<DiagramRecord> diagrams = comparison.diagrams();
        List<XYChart> charts = new ArrayList<>(List.of(potentials(diagrams, PANEL_WIDTH, PANEL_HEIGHT),
                frequencies(diagrams, PANEL_WIDTH, PANEL_HEIGHT)));
        comparison.portraits().forEach(p -> charts.add(PortraitFigure.chart(p, PANEL_WIDTH, PANEL_HEIGHT)));
        String currents = comparison.table().stream().map(line -> line.quantity() + ": "
                + IntStream.range(0, diagrams.size()).mapToObj(k -> diagrams.get(k).model() + " "
                        + line.values().get(k)).collect(Collectors.joining("; "))).collect(Collectors.joining(". "));
        String unit = Style.after(comparison.own().physical().current());
        return Figure.draw(diagrams.size() == 1 ? "overview" : "comparison", "a: membrane potential of the equilibria,"
                + " and lowest and highest potential of the periodic orbits, against the current. b: frequency of the"
                + " periodic orbits. Full lines are stable, dashed ones unstable. "
                + (diagrams.size() == 1 ? "c: portrait" : "c and d: portraits") + " at "
                + Style.number(comparison.portraits().get(0).current()) + unit + "."
                + (currents.isEmpty() ? "" : " Currents" + (unit.isEmpty() ? "" : " in" + unit) + ": " + currents
                        + "."),
                new Panels(title("The dynamics of ", diagrams), 2, charts));
    }

    private static List<Look> looks(List<DiagramRecord> diagrams) {
        Look network = new Look(Style.NETWORK, Style.SOLID, Style.DASHED);
        return diagrams.size() == 1 ? List.of(network)
                : List.of(new Look(Style.NEURON, Style.BAND, Style.BROAD_DASHED), network);
    }

    private static String title(String what, List<DiagramRecord> diagrams) {
        return what + diagrams.stream().map(DiagramRecord::model).collect(Collectors.joining(" and "));
    }

    private static XYChart chart(List<DiagramRecord> diagrams, String what, String y, int width, int height,
            List<Lines> lines) {
        XYChart chart = Style.chart(title(what, diagrams), Style.axis("current", diagrams.get(0).physical().current()),
                y, width, height);
        double low = lines.stream().mapToDouble(Lines::lowest).min().orElse(0);
        double high = lines.stream().mapToDouble(Lines::highest).max().orElse(1);
        boolean empty = !(low <= high);
        double margin = empty ? 0 : MARGIN * (high - low) + 1e-6;
        double from = diagrams.get(0).from();
        double beside = MARGIN * (diagrams.get(0).to() - from);
        Style.frame(chart, from - beside, diagrams.get(0).to() + beside, empty ? 0 : low - margin,
                empty ? 1 : high + margin);
        List<Look> looks = looks(diagrams);
        for (int k = 0; k < diagrams.size(); k++) {
            lines.get(k).draw(chart, diagrams.get(k).model(), looks.get(k));
        }
        return chart;
    }

    private static XYChart potentials(List<DiagramRecord> diagrams, int width, int height) {
        List<Lines> all = diagrams.stream().map(diagram -> {
            Lines lines = new Lines();
            for (DiagramRecord.RestCurve rest : diagram.equilibriumBranches()) {
                lines.add(rest.current(), rest.voltageMv(), rest.stable());
            }
            for (DiagramRecord.CycleCurve cycles : diagram.cycleBranches()) {
                lines.add(cycles.current(), cycles.voltageMinMv(), cycles.stable());
                lines.add(cycles.current(), cycles.voltageMaxMv(), cycles.stable());
            }
            return lines;
        }).toList();
        Certificate known = diagrams.stream().map(DiagramRecord::known).reduce(Certificate.PROVEN, Certificate::and);
        XYChart chart = chart(diagrams, "Equilibria" + (known == Certificate.SEARCHED ? " (" + known.words() + ")" : "")
                + " and cycles of ",
                Style.axis(diagrams.get(0).physical().dimensionless() ? "potential" : "membrane potential",
                        diagrams.get(0).physical().potential()), width, height, all);
        points(chart, diagrams, "Hopf point", Kind.HOPF, Glyph.RING);
        points(chart, diagrams, "fold", Kind.FOLD, Glyph.HOLLOW_SQUARE);
        return chart;
    }

    private static void points(XYChart chart, List<DiagramRecord> diagrams, String name, Kind kind, Glyph glyph) {
        List<DiagramRecord.Point> points = diagrams.stream().flatMap(d -> d.points().stream())
                .filter(p -> p.kind() == kind).toList();
        if (!points.isEmpty()) {
            Style.points(chart, name, points.stream().mapToDouble(DiagramRecord.Point::current).toArray(),
                    points.stream().mapToDouble(DiagramRecord.Point::voltageMv).toArray(), Style.EQUILIBRIUM, glyph);
        }
    }

    private static XYChart frequencies(List<DiagramRecord> diagrams, int width, int height) {
        // Periods in ms give frequencies in Hz; others the reciprocal of their own unit.
        String time = diagrams.get(0).physical().time();
        double perUnit = time.equals("ms") ? 1000 : 1;
        String frequency = time.equals("ms") ? "Hz" : time.equals("1") ? "1" : "1/" + time;
        return chart(diagrams, "Frequency of the cycles of ", Style.axis("frequency", frequency), width, height,
                diagrams.stream().map(diagram -> {
                    Lines lines = new Lines();
                    for (DiagramRecord.CycleCurve cycles : diagram.cycleBranches()) {
                        lines.add(cycles.current(), Arrays.stream(cycles.periodMs()).map(t -> perUnit / t).toArray(),
                                cycles.stable());
                    }
                    return lines;
                }).toList());
    }

    /** Stable and unstable stretches of curves. */
    private static final class Lines {

        private final List<double[]> stable = new ArrayList<>();
        private final List<double[]> unstable = new ArrayList<>();
        private double[] last;
        private boolean lastStable;

        void add(double[] x, double[] y, boolean[] isStable) {
            for (int i = 0; i < x.length; i++) {
                add(x[i], y[i], isStable[i]);
            }
            lift(stable);
            lift(unstable);
            last = null;
        }

        private void add(double x, double y, boolean isStable) {
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

        double lowest() {
            return Stream.concat(stable.stream(), unstable.stream()).mapToDouble(p -> p[1])
                    .filter(Double::isFinite).min().orElse(Double.POSITIVE_INFINITY);
        }

        double highest() {
            return Stream.concat(stable.stream(), unstable.stream()).mapToDouble(p -> p[1])
                    .filter(Double::isFinite).max().orElse(Double.NEGATIVE_INFINITY);
        }

        private static void lift(List<double[]> line) {
            line.add(new double[] {Double.NaN, Double.NaN});
        }

        void draw(XYChart chart, String name, Look look) {
            draw(chart, name, stable, look.color(), look.stable());
            // One entry for all that are unstable: names can be long, and the entries share one line.
            boolean first = chart.getSeries(UNSTABLE) == null;
            String series = first ? UNSTABLE : name + ", unstable";
            draw(chart, series, unstable, look.color(), look.unstable());
            if (!first && chart.getSeries(series) != null) {
                chart.getSeries(series).setShowInLegend(false);
            }
        }

        private static void draw(XYChart chart, String name, List<double[]> line, Color color, BasicStroke stroke) {
            if (line.stream().anyMatch(p -> !Double.isNaN(p[0]))) {
                Style.line(chart, name, Polyline.through(line.toArray(double[][]::new)), color, stroke);
            }
        }
    }
}
