package org.nagumo.experiments.reproduce;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.PortraitRecord;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.evaluate.CellEvaluation;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.SpikeThreshold;
import org.nagumo.experiments.report.CellFigures;
import org.nagumo.experiments.report.CellPage;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.report.PortraitFigure;
import org.nagumo.experiments.spikes.SpikeCriterion;

/** The report of a model beside a recorded cell: figures, {@code metrics.json} and {@code report.html}. */
public final class CellReports {

    private static final int MOST_PORTRAIT_UNITS = 3;

    private CellReports() {
    }

    /**
     * What counts as a spike: by the card of a network that was trained on recordings, else by the data.
     *
     * @param cell   the cell
     * @param system the model
     * @return the criterion
     * @throws InputException when the cell never fires
     */
    public static SpikeCriterion criterion(RecordedCell cell, ExcitableSystem system) {
        if (system instanceof NetworkSystem network && network.card().recorded() != null) {
            return network.card().recorded().criterion();
        }
        SpikeThreshold threshold = SpikeThreshold.of(cell);
        if (threshold.spikes() == 0) {
            throw new InputException(cell.name() + ": has no spikes, so that there is nothing to compare; allowed:"
                    + " recordings in which the cell fires, or a threshold of your own: --threshold MV");
        }
        return threshold.criterion();
    }

    /**
     * Refuses a model whose currents have another unit.
     *
     * @param cell   the cell
     * @param system the model
     * @throws InputException naming both units and the remedy
     */
    public static void requireUnit(RecordedCell cell, ExcitableSystem system) {
        String own = system instanceof NetworkSystem network && network.card().recorded() != null
                ? network.card().recorded().currentUnit() : "uA/cm2";
        if (!own.equals(cell.currentUnit().symbol())) {
            throw new InputException(cell.name() + ": has currents in " + cell.currentUnit() + ", but " + system.name()
                    + " takes them in " + own + "; allowed: a data set made with sampling: {current_unit: " + own
                    + "}" + (own.equals("uA/cm2") ? " and correct: {area_um2: ...}" : ""));
        }
    }

    /**
     * Range of the currents of a cell.
     *
     * @param cell the cell
     * @return lowest and highest current
     */
    public static double[] currents(RecordedCell cell) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (var stimulus : cell.stimuli()) {
            lowest = Math.min(lowest, Arrays.stream(stimulus.current()).min().orElseThrow());
            highest = Math.max(highest, Arrays.stream(stimulus.current()).max().orElseThrow());
        }
        return new double[] {lowest, highest};
    }

    /**
     * Draws and writes a report.
     *
     * @param out        folder of the report
     * @param evaluation what was measured
     * @param network    the model where it is a network, else null
     * @param steps      receives the progress
     */
    public static void write(Path out, CellEvaluation evaluation, TrainedNetwork network, Steps steps) {
        boolean drawn = network != null && network.card().units() <= MOST_PORTRAIT_UNITS;
        try (Steps.Step step = steps.begin("report", 2)) {
            List<Figure> figures = new ArrayList<>(CellFigures.draw(evaluation));
            step.advance(1);
            String note = null;
            if (drawn) {
                double[] currents = portraitCurrents(evaluation);
                List<PortraitRecord> portraits = portraits(network, currents);
                portraits.forEach(portrait -> figures.add(PortraitFigure.draw(portrait)));
                note = CellPage.portraitNote(portraits, currents, network.card().recorded() == null ? "uA/cm2"
                        : network.card().recorded().currentUnit());
            }
            figures.forEach(figure -> figure.write(out.resolve("figures")));
            AtomicFile.write(out.resolve("metrics.json"), evaluation.toJson().toPrettyString() + "\n");
            AtomicFile.write(out.resolve("report.html"), CellPage.html(evaluation, network == null ? null
                    : network.card(), note, figures));
            step.advance(1);
        }
    }

    private static List<PortraitRecord> portraits(TrainedNetwork network, double[] currents) {
        FlowModel model = FlowModel.of(network);
        BifurcationDiagram diagram = model.diagram(currents[0], currents[1], currents);
        return Arrays.stream(currents).mapToObj(current -> Portraits.of(model, diagram, current)).toList();
    }

    /** The holding current, and the highest current that lasts: the 95th percentile of all. */
    private static double[] portraitCurrents(CellEvaluation evaluation) {
        double[] all = evaluation.cell().stimuli().stream()
                .flatMapToDouble(stimulus -> Arrays.stream(stimulus.current())).sorted().toArray();
        double holding = evaluation.cell().stimuli().get(0).holding();
        double high = all[(int) (0.95 * (all.length - 1))];
        return high > holding ? new double[] {rounded(holding), rounded(high)}
                : new double[] {rounded(high), rounded(holding)};
    }

    /** To three digits, for titles and names of files. */
    private static double rounded(double current) {
        return new BigDecimal(current).round(new MathContext(3)).doubleValue();
    }
}
