package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.nagumo.datagen.simulate.Trace;

/** A figure of one's own in the look of the others: lines and points over one pair of axes. */
public final class Plot {

    private static final double RESOLUTION = 2400;

    private final XYChart chart;
    private int further;

    private Plot(XYChart chart) {
        this.chart = chart;
    }

    /** An empty figure; the titles of the axes name the units. */
    public static Plot of(String title, String xTitle, String yTitle) {
        return new Plot(Style.chart(title, xTitle, yTitle));
    }

    /** An empty figure for traces. */
    public static Plot ofVoltage(String title) {
        return of(title, "time, ms", "membrane potential, mV");
    }

    /** A line in the role of the neuron: a broad grey band, for others to lie on. */
    public Plot neuron(String name, double[] x, double[] y) {
        return line(name, x, y, Style.NEURON, Style.BAND);
    }

    /** A trace in the role of the neuron. */
    public Plot neuron(String name, Trace trace) {
        return neuron(name, times(trace), trace.voltageMv());
    }

    /** A thin line in the next colour, the first being the network's. */
    public Plot line(String name, double[] x, double[] y) {
        return line(name, x, y, Style.SERIES.get(further++ % Style.SERIES.size()), Style.SOLID);
    }

    /** The membrane potential of a trace as a line. */
    public Plot line(String name, Trace trace) {
        return line(name, times(trace), trace.voltageMv());
    }

    /** Marked points without a line, in the next colour. */
    public Plot points(String name, double[] x, double[] y) {
        Style.points(chart, name, x, y, Style.SERIES.get(further++ % Style.SERIES.size()), Glyph.DISC);
        return this;
    }

    /** Draws the ordinate in powers of ten. */
    public Plot logarithmic() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /**
     * The figure as it is now.
     *
     * @param name    file name without ending
     * @param caption what it shows
     */
    public Figure figure(String name, String caption) {
        return Figure.draw(name, caption, chart);
    }

    private static double[] times(Trace trace) {
        return IntStream.range(0, trace.length()).mapToDouble(i -> i * trace.dtMs()).toArray();
    }

    private Plot line(String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        Style.line(chart, name, new Polyline(x, y).simplified(tolerance(x), tolerance(y)), color, stroke);
        return this;
    }

    /** A part of a pixel, whatever the axis will be. */
    private static double tolerance(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return high > low ? (high - low) / RESOLUTION : 1;
    }
}
