package org.nagumo.experiments.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.experiments.dynamics.Gallery;
import org.nagumo.experiments.dynamics.PortraitRecord;
import org.nagumo.experiments.dynamics.PortraitRecord.Rest;

/** The figure of networks of two units with qualitatively different portraits. */
public final class GalleryFigure {

    private static final int COLUMNS = 4;
    private static final int SIDE = 420;

    private GalleryFigure() {
    }

    /**
     * Draws the gallery into a folder.
     *
     * @param args the folder
     */
    public static void main(String[] args) {
        draw(Gallery.portraits()).write(Path.of(args.length == 1 ? args[0] : "."));
    }

    /** Draws portraits in rows, each under the number of its equilibria. */
    public static Figure draw(List<PortraitRecord> portraits) {
        List<XYChart> charts = portraits.stream().map(p -> {
            XYChart chart = PortraitFigure.chart(title(p), p, SIDE, SIDE);
            chart.getStyler().setLegendVisible(false).setChartTitleFont(Style.SMALL_TITLE);
            return chart;
        }).toList();
        return Figure.draw("gallery", "Networks of two units: sinks (discs), saddles (diamonds) with their separatrices"
                + " (dashed), sources (rings), limit cycles (thick; dashed when unstable) and the nullclines of both"
                + " units.", new Panels("A gallery of networks of two units", COLUMNS, charts));
    }

    private static String title(PortraitRecord p) {
        long sinks = p.equilibria().stream().filter(Rest::stable).count();
        long saddles = p.equilibria().stream().filter(e -> e.kind() instanceof EquilibriumKind.Saddle).count();
        List<String> parts = new ArrayList<>();
        add(parts, sinks, "sink");
        add(parts, saddles, "saddle");
        add(parts, p.equilibria().size() - sinks - saddles, "source");
        add(parts, p.limitCycles().size(), "cycle");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what + (count == 1 ? "" : "s"));
        }
    }
}
