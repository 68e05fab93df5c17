package org.nagumo.experiments.notebook;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.core.dynamics.Region;
import org.nagumo.core.gru.GruGallery;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.report.BifurcationFigures;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.report.Plot;
import org.nagumo.experiments.report.PortraitFigure;

/** Puts figures below the cell that is running. Cells have its methods imported. */
public final class Show {

    /** The states of a network lie between -1 and 1. */
    private static final Region STATES = new Region(-1.05, 1.05, -1.05, 1.05);
    private static final double[] CORNER = {-0.95, 0.95};
    private static final double GALLERY_STEP_MS = 0.02;
    private static final double GALLERY_MS = 200;

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
        show(PortraitFigure.draw(model.name(), Portraits.of(model, current)));
    }

    /** Shows the phase portrait of a network of the gallery without input. */
    public static void showPortrait(GruGallery.Example example) {
        show(PortraitFigure.draw(example.name(), PhasePortrait.of(example.field(), 0, STATES, CORNER, GALLERY_STEP_MS,
                GALLERY_MS)));
    }

    /** Shows the bifurcation diagram of a system, or of a network upon that of its teacher. */
    public static void showBifurcations(double from, double to, FlowModel... teacherAndNetwork) {
        show(BifurcationFigures.draw(Stream.of(teacherAndNetwork)
                .map(model -> new BifurcationFigures.Entry(model, model.diagram(from, to))).toList()).get(0));
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
