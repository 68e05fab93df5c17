package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.core.dynamics.Region;
import org.nagumo.experiments.dynamics.PortraitRecord.View;
import org.nagumo.experiments.dynamics.PortraitRecord;

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

    /** The title of an axis. Records of earlier versions have no units of the axes. */
    private static String axis(String variable, String unit) {
        return unit == null ? variable : Style.axis(variable, unit);
    }

    /**
     * Draws a portrait.
     *
     * @throws IllegalArgumentException when it has no view
     */
    public static Figure draw(PortraitRecord p) {
        return Figure.draw("portrait-" + fileName(p.current()), caption(p), chart(p, WIDTH, HEIGHT));
    }

    /** What a title adds when equilibria are not proven. */
    static String searched(Certificate certificate) {
        return certificate == Certificate.SEARCHED ? " (equilibria " + certificate.words() + ")" : "";
    }

    /** The chart alone, with a legend beside it. */
    static XYChart chart(PortraitRecord portrait, int width, int height) {
        return chart("Phase portrait of " + portrait.model() + " at " + Style.number(portrait.current())
                + Style.after(portrait.physical().current()) + searched(portrait.known()), portrait, width, height);
    }

    static XYChart chart(String title, PortraitRecord portrait, int width, int height) {
        View p = portrait.view();
        if (p == null) {
            throw new IllegalArgumentException("the portrait of " + portrait.model() + " has no view; allowed: one with"
                    + " the curves to be drawn");
        }
        XYChart chart = Style.chart(title, axis(p.x(), p.xUnit()), axis(p.y(), p.yUnit()), width, height);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        Style.frame(chart, p.frame().xMin(), p.frame().xMax(), p.frame().yMin(), p.frame().yMax());
        flow(chart, p);
        curves(chart, "d" + p.x() + "/dt = 0", p.xNullcline(), p.frame(), Style.FIRST_NULLCLINE, Style.SOLID);
        curves(chart, "d" + p.y() + "/dt = 0", p.yNullcline(), p.frame(), Style.SECOND_NULLCLINE, Style.SOLID);
        curves(chart, "separatrix", p.separatrices(), p.frame(), Style.EQUILIBRIUM, Style.DASHED);
        curves(chart, "orbit", List.<double[][]>of(p.orbit()), p.frame(), Style.NETWORK, Style.THIN);
        cycles(chart, portrait, true);
        cycles(chart, portrait, false);
        double[] start = p.orbit()[0];
        Style.points(chart, "start of the orbit", new double[] {start[0]}, new double[] {start[1]}, Style.NETWORK,
                Glyph.SQUARE);
        Map<String, List<Integer>> kinds = IntStream.range(0, portrait.equilibria().size()).boxed().collect(
                Collectors.groupingBy(i -> portrait.equilibria().get(i).kind().toString(), TreeMap::new,
                        Collectors.toList()));
        kinds.forEach((kind, which) -> Style.points(chart, kind,
                which.stream().mapToDouble(i -> p.equilibria()[i][0]).toArray(),
                which.stream().mapToDouble(i -> p.equilibria()[i][1]).toArray(), Style.EQUILIBRIUM,
                glyph(portrait.equilibria().get(which.get(0)).kind())));
        return chart;
    }

    private static Glyph glyph(EquilibriumKind kind) {
        return kind.stable() ? Glyph.DISC : kind instanceof EquilibriumKind.Saddle ? Glyph.HOLLOW_DIAMOND
                : kind instanceof EquilibriumKind.NonHyperbolic ? Glyph.HOLLOW_SQUARE : Glyph.RING;
    }

    /** The stable limit cycles, or the others, in one line with breaks, named by their periods. */
    private static void cycles(XYChart chart, PortraitRecord portrait, boolean stable) {
        List<Integer> which = IntStream.range(0, portrait.limitCycles().size())
                .filter(i -> portrait.limitCycles().get(i).stable() == stable).boxed().toList();
        String periods = which.stream().map(i -> String.format(Locale.ROOT, "%.2f", portrait.limitCycles().get(i)
                .periodMs())).collect(Collectors.joining(", "));
        curves(chart, (stable ? "limit cycle, " : "unstable one, ") + periods
                + Style.after(portrait.physical().time()),
                which.stream().map(i -> portrait.view().cycles().get(i)).toList(), portrait.view().frame(),
                Style.NETWORK, stable ? Style.THICK : Style.DASHED);
    }

    private static String fileName(double current) {
        return (current == Math.rint(current) && Math.abs(current) < 1e15 ? Long.toString((long) current)
                : Double.toString(current)).replace('-', 'm');
    }

    private static String caption(PortraitRecord portrait) {
        View p = portrait.view();
        String ending = switch (p.outcome()) {
            case CYCLE -> "settles to a limit cycle";
            case REST -> "comes to rest";
            case LOST -> "runs away";
            case UNSETTLED -> "has not settled when the drawing ends";
            case NEUTRAL -> "closes on itself without attracting its neighbours";
        };
        int count = portrait.equilibria().size();
        String equilibria = (count == 0 ? "no equilibrium" : count == 1 ? "one equilibrium" : count + " equilibria")
                + (portrait.known() == Certificate.SEARCHED ? " (" + Certificate.SEARCHED.words() + ")" : "");
        String current = Style.number(portrait.current()) + Style.after(portrait.physical().current()) + ": ";
        boolean projected = p.xNullcline().isEmpty() && p.yNullcline().isEmpty();
        long unstable = portrait.limitCycles().stream().filter(c -> !c.stable()).count();
        return (projected ? "Projection of the states at " + current + equilibria : "The phase plane at " + current
                + "where each state variable stands still (the nullclines), " + equilibria
                + ", arrows along the flow (direction only)") + (unstable == 0 ? "" : ", " + (unstable == 1
                ? "an unstable limit cycle" : unstable + " unstable limit cycles") + " (dashed)")
                + ", and an orbit that " + ending + ".";
    }

    /** Arrows of equal length in the direction of the flow as drawn, all in one line with breaks. */
    private static void flow(XYChart chart, View p) {
        Region region = p.frame();
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

    /** Curves in one line with breaks; nothing when there are none. */
    private static void curves(XYChart chart, String name, List<double[][]> curves, Region region, Color color,
            BasicStroke stroke) {
        Polyline all = new Polyline(new double[0], new double[0]);
        for (double[][] curve : curves) {
            all = all.then(Polyline.through(curve));
        }
        if (all.x().length > 0) {
            Style.line(chart, name, simplified(all, region), color, stroke);
        }
    }

    private static Polyline simplified(Polyline line, Region region) {
        return line.simplified((region.xMax() - region.xMin()) / RESOLUTION,
                (region.yMax() - region.yMin()) / RESOLUTION);
    }
}
