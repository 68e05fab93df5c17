package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nagumo.datagen.neuron.PhysicalUnits;

/**
 * The look of every figure: white, few lines, large type, the colours of Okabe and Ito that colour-blind readers tell
 * apart, and a fixed role for each: the neuron is grey or black, the network blue, the reduction orange. The widths of
 * the lines tell them apart without colour: the neuron is a broad band on which the network's thin line lies.
 */
final class Style {

    static final Color NEURON = new Color(0x9A, 0x9A, 0x9A);
    static final Color NETWORK = new Color(0x00, 0x72, 0xB2);
    static final Color REDUCTION = new Color(0xE6, 0x9F, 0x00);
    static final Color EQUILIBRIUM = Color.BLACK;
    static final Color FIRST_NULLCLINE = new Color(0xD5, 0x5E, 0x00);
    static final Color SECOND_NULLCLINE = new Color(0x00, 0x9E, 0x73);
    static final Color FLOW = new Color(0xA8, 0xA8, 0xA8);

    /** The colours of Okabe and Ito without black and yellow, in the order in which lines without a role take them. */
    static final List<Color> SERIES = List.of(NETWORK, FIRST_NULLCLINE, SECOND_NULLCLINE, REDUCTION,
            new Color(0xCC, 0x79, 0xA7), new Color(0x56, 0xB4, 0xE9));

    static final BasicStroke BAND = stroke(5.5f);
    static final BasicStroke THICK = stroke(3.6f);
    static final BasicStroke SOLID = stroke(2.2f);
    static final BasicStroke THIN = stroke(1.4f);
    static final BasicStroke HAIR = stroke(1.1f);
    static final BasicStroke DASHED = dashed(1.8f, 7);
    static final BasicStroke BROAD_DASHED = dashed(4.5f, 10);

    /** The look is for figures of this size in pixels; bitmaps are drawn at twice this size. */
    static final int WIDTH = 900;
    static final int HEIGHT = 480;

    /** Part of a chart's sides that its plot fills, about. */
    private static final double PLOT_PART = 0.75;

    /** For charts of half a figure's width. */
    static final Font SMALL_TITLE = font(Font.BOLD, 17);

    /** How ticks are written on axes that reach beyond a small number. */
    private static final String DIGITS = "0.######";
    private static final double SMALL = 1e-3;

    private Style() {
    }

    private static BasicStroke dashed(float width, float dash) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {dash, dash}, 0);
    }

    private static BasicStroke stroke(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static XYChart chart(String title, String xTitle, String yTitle) {
        return chart(title, xTitle, yTitle, WIDTH, HEIGHT);
    }

    static XYChart chart(String title, String xTitle, String yTitle, int width, int height) {
        XYChart chart = new XYChartBuilder().width(width).height(height).title(title).xAxisTitle(xTitle)
                .yAxisTitle(yTitle).build();
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderColor(new Color(0x80, 0x80, 0x80));
        styler.setPlotGridLinesColor(new Color(0xE8, 0xE8, 0xE8));
        styler.setPlotGridLinesStroke(HAIR);
        styler.setChartTitleFont(font(Font.BOLD, 21));
        styler.setAxisTitleFont(font(Font.PLAIN, 20));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 18));
        styler.setLegendFont(font(Font.PLAIN, 18));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendSeriesLineLength(34);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setXAxisTickMarkSpacingHint(90);
        styler.setYAxisTickMarkSpacingHint(55);
        styler.setMarkerSize(10);
        styler.setChartTitlePadding(9);
        styler.setAxisTicksLineVisible(false);
        styler.setChartPadding(12);
        styler.setAntiAlias(true);
        styler.setLocale(Locale.ROOT);
        return chart;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Fixes both axes, with the lines running to the frame. */
    static void frame(XYChart chart, double xMin, double xMax, double yMin, double yMax) {
        chart.getStyler().setXAxisMin(xMin).setXAxisMax(xMax).setYAxisMin(yMin).setYAxisMax(yMax)
                .setPlotContentSize(1);
        // Every tick of an axis begins with its digit before the point, .05 as well as 0.1.
        if (Math.max(Math.abs(xMin), Math.abs(xMax)) > SMALL) {
            chart.getStyler().setXAxisDecimalPattern(DIGITS);
        }
        if (Math.max(Math.abs(yMin), Math.abs(yMax)) > SMALL) {
            chart.getStyler().setYAxisDecimalPattern(DIGITS);
        }
    }

    /** A line; one with dashes needs a chart whose axes are fixed. */
    static void line(XYChart chart, String name, Polyline line, Color color, BasicStroke stroke) {
        Polyline drawn = stroke.getDashArray() == null ? line : dashed(chart, line, stroke.getDashArray()[0]);
        XYSeries series = chart.addSeries(name, drawn.x(), drawn.y());
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
    }

    private static Polyline dashed(XYChart chart, Polyline line, float dash) {
        XYStyler styler = chart.getStyler();
        return line.dashed(dash * (styler.getXAxisMax() - styler.getXAxisMin()) / (PLOT_PART * chart.getWidth()),
                dash * (styler.getYAxisMax() - styler.getYAxisMin()) / (PLOT_PART * chart.getHeight()));
    }

    static void points(XYChart chart, String name, double[] x, double[] y, Color color, Marker marker) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(marker);
        series.setMarkerColor(color);
    }

    /** A line through marked points. */
    static void marked(XYChart chart, String name, double[] x, double[] y, Color color, Marker marker,
            BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(marker);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setLineStyle(stroke);
    }

    /** A number as a text shows it: without a needless fraction, with a true minus sign. */
    static String number(double value) {
        String text = value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value) : Double.toString(value);
        return text.replace('-', '\u2212');
    }

    /** A unit as figures show it after a number; nothing when dimensionless. */
    static String after(String unit) {
        return PhysicalUnits.after(unit).replace("uA", "\u00b5A").replace("cm2", "cm\u00b2");
    }

    /** The title of an axis. */
    static String axis(String quantity, String unit) {
        return unit.equals("1") ? quantity + ", dimensionless" : quantity + "," + after(unit);
    }
}
