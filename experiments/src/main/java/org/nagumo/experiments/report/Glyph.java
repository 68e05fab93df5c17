package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/**
 * Markers that stay apart in black and white and when one lies over the other: filled or hollow, each with a size of
 * its own.
 */
final class Glyph extends Marker {

    /** A disc: a stable equilibrium. */
    static final Glyph DISC = new Glyph(Form.CIRCLE, 1.2, true);
    /** A small filled diamond: a point of the network. */
    static final Glyph DIAMOND = new Glyph(Form.DIAMOND, 0.8, true);
    /** A small filled triangle: a point of the reduction. */
    static final Glyph TRIANGLE = new Glyph(Form.TRIANGLE, 0.8, true);
    /** A wide ring: a point of the neuron, behind the network's; an unstable node or focus. */
    static final Glyph RING = new Glyph(Form.CIRCLE, 1.3, false);
    /** A hollow diamond: a saddle. */
    static final Glyph HOLLOW_DIAMOND = new Glyph(Form.DIAMOND, 1.4, false);
    /** A hollow square: an equilibrium that is not hyperbolic. */
    static final Glyph HOLLOW_SQUARE = new Glyph(Form.SQUARE, 1.1, false);
    /** A small filled square: where an orbit begins. */
    static final Glyph SQUARE = new Glyph(Form.SQUARE, 0.7, true);

    private static final BasicStroke OUTLINE = new BasicStroke(2);

    private enum Form { CIRCLE, DIAMOND, TRIANGLE, SQUARE }

    private final Form form;
    private final double scale;
    private final boolean filled;

    private Glyph(Form form, double scale, boolean filled) {
        this.form = form;
        this.scale = scale;
        this.filled = filled;
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int markerSize) {
        double size = scale * markerSize;
        Shape shape = shape(x, y, size / 2);
        Color color = g.getColor();
        if (!filled) {
            g.setColor(Color.WHITE);
        }
        g.fill(shape);
        g.setColor(color);
        g.setStroke(OUTLINE);
        g.draw(shape);
    }

    private Shape shape(double x, double y, double r) {
        return switch (form) {
            case CIRCLE -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
            case SQUARE -> new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r);
            case DIAMOND -> polygon(x, y - r, x + r, y, x, y + r, x - r, y);
            case TRIANGLE -> polygon(x, y - r, x + r, y + r, x - r, y + r);
        };
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }
}
