package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The look of every figure: white, few lines, large type, the colours of Okabe and Ito that colour-blind readers tell
 * apart, and a fixed role for each: the neuron is black, the network blue, the reduction orange.
 */
final class Style {

    static final Color NEURON = Color.BLACK;
    static final Color NETWORK = new Color(0x00, 0x72, 0xB2);
    static final Color REDUCTION = new Color(0xE6, 0x9F, 0x00);
    static final Color FIRST_NULLCLINE = new Color(0xD5, 0x5E, 0x00);
    static final Color SECOND_NULLCLINE = new Color(0x00, 0x9E, 0x73);
    static final Color FLOW = new Color(0xB8, 0xB8, 0xB8);

    static final BasicStroke SOLID = stroke(2.2f);
    static final BasicStroke THICK = stroke(3.2f);
    static final BasicStroke THIN = stroke(1.2f);
    static final BasicStroke DASHED = new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
            new float[] {7, 5}, 0);

    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;

    private Style() {
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
        styler.setPlotGridLinesStroke(THIN);
        styler.setChartTitleFont(font(Font.BOLD, 19));
        styler.setAxisTitleFont(font(Font.PLAIN, 18));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 16));
        styler.setLegendFont(font(Font.PLAIN, 16));
        styler.setLegendBorderColor(new Color(0xD0, 0xD0, 0xD0));
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setMarkerSize(9);
        styler.setChartPadding(10);
        styler.setAntiAlias(true);
        styler.setLocale(java.util.Locale.ROOT);
        return chart;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        return series;
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
}
