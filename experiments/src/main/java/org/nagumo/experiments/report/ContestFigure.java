package org.nagumo.experiments.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.nagumo.experiments.evaluate.Contest;

/** The figure of systems beside one teacher: how they keep time, against their size and the shape of their spikes. */
public final class ContestFigure {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 560;

    /** Free space around the points, in parts of their range. */
    private static final double MARGIN = 0.08;

    private static final List<Glyph> GLYPHS = List.of(Glyph.DISC, Glyph.DIAMOND, Glyph.TRIANGLE, Glyph.SQUARE,
            Glyph.RING, Glyph.HOLLOW_DIAMOND, Glyph.HOLLOW_SQUARE);

    private ContestFigure() {
    }

    /** A system's place: what it costs or misses, and its coincidence factor. */
    private record Place(double cost, double coincidence) {
    }

    /** Draws all systems; those of one name, such as those of several seeds, have one mark. */
    public static Figure draw(Contest contest) {
        boolean dimensionless = contest.entries().get(0).evaluation().teacher().scale().dimensionless();
        List<XYChart> charts = new ArrayList<>();
        add(charts, contest, "parameters", LegendPosition.InsideSE, entry -> {
            OptionalInt count = entry.evaluation().studentOrigin().parameterCount();
            return count.isPresent() ? count.getAsInt() : Double.NaN;
        });
        add(charts, contest, "mean error of a spike's peak" + (dimensionless ? "" : ", mV"), LegendPosition.InsideSW,
                entry -> entry.evaluation().metrics().peakErrorMv());
        if (charts.isEmpty()) {
            throw new IllegalArgumentException("none of the systems has spikes or a number of parameters; allowed: at"
                    + " least one");
        }
        return Figure.draw("front", "Coincidence factor against the number of parameters and against the error of a"
                + " spike's peak. The line runs through the systems than which none is better in both.",
                new Panels("Timing, size and shape", charts.size(), charts));
    }

    /** @param legend the corner in which there are no good systems */
    private static void add(List<XYChart> charts, Contest contest, String title, LegendPosition legend,
            ToDoubleFunction<Contest.Entry> cost) {
        Map<String, List<Place>> places = new LinkedHashMap<>();
        for (Contest.Entry entry : contest.entries()) {
            Place place = new Place(cost.applyAsDouble(entry), entry.evaluation().metrics().coincidence());
            if (Double.isFinite(place.cost) && Double.isFinite(place.coincidence)) {
                places.computeIfAbsent(entry.evaluation().student().system(), key -> new ArrayList<>()).add(place);
            }
        }
        if (places.isEmpty()) {
            return;
        }
        List<Place> all = places.values().stream().flatMap(List::stream).toList();
        XYChart chart = Style.chart("", title, "coincidence factor", WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(legend).setLegendLayout(Styler.LegendLayout.Vertical);
        frame(chart, all);
        Style.line(chart, "best in both", front(all), Style.FLOW, Style.THIN);
        List<String> names = contest.entries().stream().map(entry -> entry.evaluation().student().system()).distinct()
                .toList();
        places.forEach((name, group) -> {
            int k = names.indexOf(name);
            Style.points(chart, name, group.stream().mapToDouble(Place::cost).toArray(),
                    group.stream().mapToDouble(Place::coincidence).toArray(),
                    Style.SERIES.get(k % Style.SERIES.size()), GLYPHS.get(k % GLYPHS.size()));
        });
        charts.add(chart);
    }

    private static void frame(XYChart chart, List<Place> places) {
        double most = places.stream().mapToDouble(Place::cost).max().orElseThrow();
        double low = places.stream().mapToDouble(Place::coincidence).min().orElseThrow();
        double high = places.stream().mapToDouble(Place::coincidence).max().orElseThrow();
        double x = most > 0 ? MARGIN * most : 1;
        double y = high > low ? MARGIN * (high - low) : MARGIN;
        Style.frame(chart, 0, most + x, low - y, high + y);
    }

    /** Steps through the places than which none has both less cost and more coincidence. */
    private static Polyline front(List<Place> places) {
        List<double[]> corners = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (Place place : places.stream().sorted(Comparator.comparingDouble(Place::cost)
                .thenComparing(Comparator.comparingDouble(Place::coincidence).reversed())).toList()) {
            if (place.coincidence > best) {
                if (!corners.isEmpty()) {
                    corners.add(new double[] {place.cost, best});
                }
                corners.add(new double[] {place.cost, place.coincidence});
                best = place.coincidence;
            }
        }
        return new Polyline(corners.stream().mapToDouble(corner -> corner[0]).toArray(),
                corners.stream().mapToDouble(corner -> corner[1]).toArray());
    }
}
