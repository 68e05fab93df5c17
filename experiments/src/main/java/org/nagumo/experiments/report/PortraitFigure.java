package org.nagumo.experiments.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.PhasePortrait;

/** The figure of a phase portrait. */
public final class PortraitFigure {

    /** More than the eye can tell apart; a vector graphic of every step would be large. */
    private static final int DRAWN_POINTS = 2000;

    private PortraitFigure() {
    }

    /** Draws a portrait of the named system. */
    public static Figure draw(String system, PhasePortrait p) {
        String current = String.format(Locale.ROOT, "%s", p.input() == Math.rint(p.input())
                ? Long.toString((long) p.input()) : Double.toString(p.input()));
        String x = p.stateNames().get(0);
        String y = p.stateNames().get(1);
        XYChart chart = Style.chart("Phase portrait of " + system + " at " + current + " \u00b5A/cm\u00b2", x, y, 900, 780);
        chart.getStyler().setXAxisMin(p.region().xMin()).setXAxisMax(p.region().xMax());
        chart.getStyler().setYAxisMin(p.region().yMin()).setYAxisMax(p.region().yMax());
        flow(chart, p);
        nullcline(chart, "d" + x + "/dt = 0", p.xNullcline(), Style.FIRST_NULLCLINE);
        nullcline(chart, "d" + y + "/dt = 0", p.yNullcline(), Style.SECOND_NULLCLINE);
        path(chart, "orbit from rest", p.orbit().points(), Style.NETWORK, false);
        p.cycle().ifPresent(c -> path(chart, String.format(Locale.ROOT, "limit cycle, %.2f ms", c.periodMs()),
                c.points(), Style.NETWORK, true));
        equilibria(chart, "stable", p.equilibria().stream().filter(Equilibrium::stable).toList(), true);
        equilibria(chart, "unstable", p.equilibria().stream().filter(e -> !e.stable()).toList(), false);
        String caption = "Phase plane at " + current + " \u00b5A/cm\u00b2: both nullclines, " + p.equilibria().size()
                + (p.equilibria().size() == 1 ? " equilibrium" : " equilibria") + (p.cycle().isPresent()
                        ? ", the limit cycle" : ", an orbit that comes to rest") + ", short lines along the flow.";
        return Figure.draw("portrait-" + current.replace('-', 'm'), caption, chart);
    }

    /** Short lines in the direction of the flow, as one series with gaps. */
    private static void flow(XYChart chart, PhasePortrait p) {
        double width = (p.region().xMax() - p.region().xMin()) / 45;
        double height = (p.region().yMax() - p.region().yMin()) / 45;
        double[] xs = new double[3 * p.flow().length];
        double[] ys = new double[3 * p.flow().length];
        Arrays.fill(xs, Double.NaN);
        Arrays.fill(ys, Double.NaN);
        for (int k = 0; k < p.flow().length; k++) {
            double[] f = p.flow()[k];
            double dx = f[2] / width;
            double dy = f[3] / height;
            double norm = Math.hypot(dx, dy);
            xs[3 * k] = f[0];
            ys[3 * k] = f[1];
            xs[3 * k + 1] = f[0] + width * dx / norm;
            ys[3 * k + 1] = f[1] + height * dy / norm;
            xs[3 * k + 2] = xs[3 * k + 1];
        }
        Style.line(chart, "flow", xs, ys, Style.FLOW, Style.THIN).setShowInLegend(false);
    }

    private static void nullcline(XYChart chart, String name, List<double[][]> branches, Color color) {
        int length = branches.stream().mapToInt(b -> b.length + 1).sum();
        if (length == 0) {
            return;
        }
        double[] xs = new double[length];
        double[] ys = new double[length];
        int at = 0;
        for (double[][] branch : branches) {
            for (double[] point : branch) {
                xs[at] = point[0];
                ys[at++] = point[1];
            }
            xs[at] = xs[at - 1];
            ys[at++] = Double.NaN;
        }
        Style.line(chart, name, xs, ys, color, Style.SOLID);
    }

    private static void path(XYChart chart, String name, double[][] points, Color color, boolean cycle) {
        int every = Math.max(1, points.length / DRAWN_POINTS);
        double[][] drawn = IntStream.iterate(points.length - 1, i -> i >= 0, i -> i - every).mapToObj(i -> points[i])
                .toArray(double[][]::new);
        double[] xs = Arrays.stream(drawn).mapToDouble(q -> q[0]).toArray();
        double[] ys = Arrays.stream(drawn).mapToDouble(q -> q[1]).toArray();
        Style.line(chart, name, xs, ys, color, cycle ? Style.THICK : Style.THIN);
    }

    private static void equilibria(XYChart chart, String name, List<Equilibrium> equilibria, boolean stable) {
        if (!equilibria.isEmpty()) {
            Style.points(chart, name, equilibria.stream().mapToDouble(e -> e.state()[0]).toArray(),
                    equilibria.stream().mapToDouble(e -> e.state()[1]).toArray(), Style.NEURON,
                    stable ? SeriesMarkers.CIRCLE : SeriesMarkers.CROSS);
        }
    }
}
