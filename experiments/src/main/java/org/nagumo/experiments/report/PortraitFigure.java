package org.nagumo.experiments.report;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.core.dynamics.Region;
import org.nagumo.core.dynamics.Separatrices;

/** The figure of a phase portrait. */
public final class PortraitFigure {

    private static final int WIDTH = 1060;
    private static final int HEIGHT = 760;

    /** Side of the plot in pixels, by which lines are simplified: about a third of a pixel. */
    private static final double RESOLUTION = 1800;

    /** Length of an arrow of the flow, and of its head, in parts of the plot's side. */
    private static final double ARROW = 0.030;
    private static final double HEAD = 0.010;
    private static final double HEAD_ANGLE = Math.toRadians(150);

    private PortraitFigure() {
    }

    /** Only the neurons' V has a unit. */
    private static String axis(String variable) {
        return variable + (variable.equals("V") ? ", mV" : ", dimensionless");
    }

    /** Draws a portrait of the named system. */
    public static Figure draw(String system, PhasePortrait p) {
        String current = Style.number(p.input());
        String x = p.stateNames().get(0);
        String y = p.stateNames().get(1);
        XYChart chart = Style.chart("Phase portrait of " + system + " at " + current + " \u00b5A/cm\u00b2",
                axis(x), axis(y), WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        Style.frame(chart, p.region().xMin(), p.region().xMax(), p.region().yMin(), p.region().yMax());
        flow(chart, p);
        nullcline(chart, "d" + x + "/dt = 0", p.xNullcline(), p.region(), Style.FIRST_NULLCLINE);
        nullcline(chart, "d" + y + "/dt = 0", p.yNullcline(), p.region(), Style.SECOND_NULLCLINE);
        separatrices(chart, p);
        line(chart, "orbit", Polyline.through(p.orbit().points()), p.region(), Style.NETWORK, false);
        p.cycle().ifPresent(c -> line(chart, String.format(Locale.ROOT, "limit cycle, %.2f ms", c.periodMs()),
                Polyline.through(c.points()), p.region(), Style.NETWORK, true));
        double[] start = p.orbit().points()[0];
        Style.points(chart, "start of the orbit", new double[] {start[0]}, new double[] {start[1]}, Style.NETWORK,
                Glyph.SQUARE);
        for (Equilibrium.Kind kind : Equilibrium.Kind.values()) {
            equilibria(chart, kind, p.equilibria().stream().filter(e -> e.kind() == kind).toList());
        }
        return Figure.draw("portrait-" + fileName(p.input()), caption(p, current), chart);
    }

    private static void separatrices(XYChart chart, PhasePortrait p) {
        Polyline all = new Polyline(new double[0], new double[0]);
        for (Separatrices of : p.separatrices()) {
            for (List<double[][]> curves : List.of(of.stable(), of.unstable())) {
                for (double[][] curve : curves) {
                    all = all.then(Polyline.through(curve));
                }
            }
        }
        if (all.x().length > 0) {
            Style.line(chart, "separatrix", simplified(all, p.region()), Style.EQUILIBRIUM, Style.DASHED);
        }
    }

    private static String fileName(double current) {
        return (current == Math.rint(current) && Math.abs(current) < 1e15 ? Long.toString((long) current)
                : Double.toString(current)).replace('-', 'm');
    }

    private static String caption(PhasePortrait p, String current) {
        String ending = switch (p.search().outcome()) {
            case CYCLE -> "settles to the limit cycle";
            case REST -> "comes to rest";
            case LOST -> "runs away";
            case UNSETTLED -> "has not settled when the drawing ends";
            case NEUTRAL -> "closes on itself without attracting its neighbours";
        };
        int count = p.equilibria().size();
        boolean projected = p.xNullcline().isEmpty() && p.yNullcline().isEmpty();
        return (projected ? "Projection of the states at " + current + " \u00b5A/cm\u00b2: "
                : "The phase plane at " + current + " \u00b5A/cm\u00b2: where each state variable stands still (the"
                        + " nullclines), ") + (count == 0 ? "no equilibrium" : count == 1 ? "one equilibrium"
                        : count + " equilibria") + (projected ? "" : ", arrows along the flow (direction only)")
                + ", and an orbit that "
                + ending + ".";
    }

    /** Arrows of equal length in the direction of the flow as drawn, all in one line with breaks. */
    private static void flow(XYChart chart, PhasePortrait p) {
        Region region = p.region();
        double width = region.xMax() - region.xMin();
        double height = region.yMax() - region.yMin();
        Polyline arrows = new Polyline(new double[0], new double[0]);
        for (double[] f : p.flow()) {
            double dx = f[2] / width;
            double dy = f[3] / height;
            double norm = Math.hypot(dx, dy);
            if (norm == 0) {
                continue;
            }
            dx /= norm;
            dy /= norm;
            double[][] shaft = {{f[0] - width * ARROW / 2 * dx, f[1] - height * ARROW / 2 * dy},
                {f[0] + width * ARROW / 2 * dx, f[1] + height * ARROW / 2 * dy}};
            double[] tip = shaft[1];
            double cos = Math.cos(HEAD_ANGLE);
            double sin = Math.sin(HEAD_ANGLE);
            double[] left = {tip[0] + width * HEAD * (cos * dx - sin * dy),
                tip[1] + height * HEAD * (sin * dx + cos * dy)};
            double[] right = {tip[0] + width * HEAD * (cos * dx + sin * dy),
                tip[1] + height * HEAD * (cos * dy - sin * dx)};
            arrows = arrows.then(Polyline.through(shaft)).then(Polyline.through(new double[][] {left, tip, right}));
        }
        if (arrows.x().length > 0) {
            Style.line(chart, "flow", arrows, Style.FLOW, Style.HAIR);
        }
    }

    private static void nullcline(XYChart chart, String name, List<double[][]> branches, Region region, Color color) {
        Polyline all = new Polyline(new double[0], new double[0]);
        for (double[][] branch : branches) {
            all = all.then(Polyline.through(branch));
        }
        if (all.x().length > 0) {
            Style.line(chart, name, simplified(all, region), color, Style.SOLID);
        }
    }

    private static void line(XYChart chart, String name, Polyline line, Region region, Color color, boolean cycle) {
        Style.line(chart, name, simplified(line, region), color, cycle ? Style.THICK : Style.THIN);
    }

    private static Polyline simplified(Polyline line, Region region) {
        return line.simplified((region.xMax() - region.xMin()) / RESOLUTION,
                (region.yMax() - region.yMin()) / RESOLUTION);
    }

    private static void equilibria(XYChart chart, Equilibrium.Kind kind, List<Equilibrium> equilibria) {
        if (equilibria.isEmpty()) {
            return;
        }
        Glyph glyph = switch (kind) {
            case STABLE_NODE, STABLE_FOCUS -> Glyph.DISC;
            case UNSTABLE_NODE, UNSTABLE_FOCUS -> Glyph.RING;
            case SADDLE -> Glyph.HOLLOW_DIAMOND;
            case NON_HYPERBOLIC -> Glyph.HOLLOW_SQUARE;
        };
        double[][] points = equilibria.stream().map(Equilibrium::state).toArray(double[][]::new);
        Style.points(chart, kind.toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                IntStream.range(0, points.length).mapToDouble(i -> points[i][0]).toArray(),
                IntStream.range(0, points.length).mapToDouble(i -> points[i][1]).toArray(), Style.EQUILIBRIUM, glyph);
    }
}
