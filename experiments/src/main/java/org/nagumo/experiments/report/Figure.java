package org.nagumo.experiments.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.nagumo.datagen.io.AtomicFile;

/**
 * A drawn figure.
 *
 * @param name    file name without ending
 * @param caption what it shows, for the page and for readers who do not see it
 * @param png     the bitmap
 * @param svg     the vector graphic
 */
public record Figure(String name, String caption, byte[] png, byte[] svg) {

    static Figure draw(String name, String caption, XYChart chart) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            BitmapEncoder.saveBitmap(chart, png, BitmapEncoder.BitmapFormat.PNG);
            ByteArrayOutputStream svg = new ByteArrayOutputStream();
            VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            return new Figure(name, caption, png.toByteArray(), svg.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code name.png} and {@code name.svg} into a folder. */
    public void write(Path folder) {
        AtomicFile.write(folder.resolve(name + ".png"), out -> out.write(png));
        AtomicFile.write(folder.resolve(name + ".svg"), out -> out.write(svg));
    }
}
