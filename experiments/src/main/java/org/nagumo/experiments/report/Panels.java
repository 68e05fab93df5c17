package org.nagumo.experiments.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * Charts of one size in rows, each with a letter by which a caption can speak of it.
 *
 * @param title   what they show together
 * @param columns charts in a row
 * @param charts  the charts, row by row
 */
record Panels(String title, int columns, List<XYChart> charts) implements IChart {

    private static final int LETTER_SIZE = 24;

    Panels {
        charts = List.copyOf(charts);
    }

    @Override
    public int getWidth() {
        return columns * charts.get(0).getWidth();
    }

    @Override
    public int getHeight() {
        return (charts.size() + columns - 1) / columns * charts.get(0).getHeight();
    }

    @Override
    public String getTitle() {
        return title;
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        AffineTransform before = g.getTransform();
        for (int k = 0; k < charts.size(); k++) {
            XYChart chart = charts.get(k);
            int left = k % columns * chart.getWidth();
            int top = k / columns * chart.getHeight();
            g.translate(left, top);
            chart.paint(g, chart.getWidth(), chart.getHeight());
            g.setColor(Color.BLACK);
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, LETTER_SIZE));
            g.drawString(String.valueOf((char) ('a' + k)), LETTER_SIZE / 2, LETTER_SIZE + LETTER_SIZE / 3);
            g.setTransform(before);
        }
    }
}
