package org.nagumo.experiments.notebook;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.nagumo.core.gru.GruGallery;
import org.nagumo.experiments.dynamics.Comparison;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.Gallery;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.report.BifurcationFigures;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.report.Plot;
import org.nagumo.experiments.report.PortraitFigure;

/** Puts figures below the cell that is running. Cells have its methods imported. */
public final class Show {

    private static volatile Screen screen = (png, text) -> { };

    private Show() {
    }

    /** Where pictures appear. */
    @FunctionalInterface
    interface Screen {
        /**
         * @param png  the picture
         * @param text what it shows, for readers who do not see it
         */
        void show(byte[] png, String text);
    }

    static void on(Screen where) {
        screen = where;
    }

    /** Shows figures, half as large as their bitmaps: a notebook keeps them in its file. */
    public static void show(Figure... figures) {
        for (Figure figure : figures) {
            screen.show(halved(figure.png()), figure.title());
        }
    }

    /** Shows a plot as it is now. */
    public static void show(Plot plot) {
        show(plot.figure("plot", ""));
    }

    /** Shows the phase portrait of a system at a current in uA/cm2. */
    public static void showPortrait(FlowModel model, double current) {
        double beside = Math.abs(model.probeCurrent());
        show(PortraitFigure.draw(Portraits.of(model, model.diagram(current - beside, current + beside, current),
                current)));
    }

    /** Shows the phase portrait of a network of the gallery without input. */
    public static void showPortrait(GruGallery.Example example) {
        show(PortraitFigure.draw(Gallery.portrait(example)));
    }

    /** Shows the bifurcation diagram of a system, or of a network upon that of its teacher. */
    public static void showBifurcations(double from, double to, FlowModel... teacherAndNetwork) {
        show(BifurcationFigures.draw(Comparison.of(List.of(teacherAndNetwork), from, to)).get(0));
    }

    private static byte[] halved(byte[] png) {
        try {
            BufferedImage large = ImageIO.read(new ByteArrayInputStream(png));
            BufferedImage small = new BufferedImage(large.getWidth() / 2, large.getHeight() / 2,
                    BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = small.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(large, 0, 0, small.getWidth(), small.getHeight(), null);
            graphics.dispose();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(small, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
