package org.nagumo.experiments.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.nagumo.datagen.io.AtomicFile;

/**
 * A drawn figure.
 *
 * @param name    file name without ending
 * @param title   what it is, in a few words: what readers who do not see it are told
 * @param caption what it shows
 * @param png     the bitmap, twice as wide as it is meant to be shown; not to be modified
 * @param svg     the vector graphic; not to be modified
 */
public record Figure(String name, String title, String caption, byte[] png, byte[] svg) {

    /** Pixels of the bitmap for each pixel of the page: sharp on dense screens and in print. */
    private static final int DENSITY = 2;

    static Figure draw(String name, String caption, IChart chart) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(bitmap(chart), "png", png);
            ByteArrayOutputStream svg = new ByteArrayOutputStream();
            ChartEncoder.saveChart(chart, svg, "svg");
            return new Figure(name, chart.getTitle(), caption, png.toByteArray(), svg.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage bitmap(IChart chart) {
        BufferedImage image = new BufferedImage(DENSITY * chart.getWidth(), DENSITY * chart.getHeight(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(DENSITY, DENSITY);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        return image;
    }

    /** Writes {@code name.png} and {@code name.svg} into a folder. */
    public void write(Path folder) {
        AtomicFile.write(folder.resolve(name + ".png"), out -> out.write(png));
        AtomicFile.write(folder.resolve(name + ".svg"), out -> out.write(svg));
    }
}
