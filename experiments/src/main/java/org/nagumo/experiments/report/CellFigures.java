package org.nagumo.experiments.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.CellEvaluation;
import org.nagumo.experiments.evaluate.StepAnswer;
import org.nagumo.experiments.recording.RecordedStimulus;
import org.nagumo.experiments.recording.Stretch;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/** Figures of a model beside a recorded cell. */
public final class CellFigures {

    private static final int WIDTH = 1100;
    private static final int TRACE_HEIGHT = 400;
    private static final double SHOWN_MS = 1500;
    private static final int MOST_TRACES = 3;

    /** A part of a pixel. */
    private static final double RESOLUTION = 3000;

    /** What is shown: the part of a stretch with the most spikes of the cell. */
    private record Shown(RecordedStimulus stimulus, double[] answer, Stretch stretch) {
    }

    private CellFigures() {
    }

    /**
     * Draws the figures.
     *
     * @param evaluation what was measured
     * @return traces and rasters with the current, and spikes in steps where there are steps
     */
    public static List<Figure> draw(CellEvaluation evaluation) {
        Shown shown = shown(evaluation);
        List<Figure> figures = new ArrayList<>();
        String unit = Style.after(evaluation.cell().currentUnit().symbol());
        figures.add(Figure.draw("recording-traces", "Potential of the cell (grey, "
                + Math.min(MOST_TRACES, shown.stimulus.repetitions()) + " of " + shown.stimulus.repetitions()
                + " repetitions) and of " + evaluation.student() + " (blue); below, the spikes of all repetitions"
                + " and of the model, and the current.", new Panels(evaluation.student() + " beside "
                        + evaluation.cell().name(), 1,
                        List.of(traces(evaluation, shown), raster(evaluation, shown), current(shown, unit)))));
        if (!evaluation.steps().isEmpty()) {
            figures.add(steps(evaluation, unit));
        }
        return figures;
    }

    private static Shown shown(CellEvaluation evaluation) {
        Shown best = null;
        int most = -1;
        for (int k = 0; k < evaluation.cell().stimuli().size(); k++) {
            RecordedStimulus stimulus = evaluation.cell().stimuli().get(k);
            int length = (int) Math.round(SHOWN_MS / stimulus.dtMs());
            for (Stretch stretch : stimulus.stretches(evaluation.role())) {
                for (int from = stretch.from(); from < stretch.to(); from += length) {
                    Stretch part = new Stretch(stretch.role(), from, Math.min(stretch.to(), from + length));
                    int spikes = SpikeDetector.detect(stimulus.trace(0, part), evaluation.criterion()).size();
                    if (spikes > most && part.length() > 1) {
                        most = spikes;
                        best = new Shown(stimulus, evaluation.answers().get(k), part);
                    }
                }
            }
        }
        return best;
    }

    private static double[] times(Shown shown) {
        double start = shown.stimulus.fromMs() + shown.stretch.from() * shown.stimulus.dtMs();
        return IntStream.range(0, shown.stretch.length()).mapToDouble(i -> start + i * shown.stimulus.dtMs())
                .toArray();
    }

    private static XYChart chart(String title, String y, double[] times, int height) {
        XYChart chart = Style.chart(title, "time in the sweep, ms", y, WIDTH, height);
        chart.getStyler().setXAxisMin(times[0]).setXAxisMax(times[times.length - 1]);
        return chart;
    }

    private static XYChart traces(CellEvaluation evaluation, Shown shown) {
        double[] times = times(shown);
        XYChart chart = chart(evaluation.student() + " beside " + evaluation.cell().name(), "potential, mV", times,
                TRACE_HEIGHT);
        for (int r = 0; r < Math.min(MOST_TRACES, shown.stimulus.repetitions()); r++) {
            line(chart, "cell, repetition " + (r + 1), times, shown.stretch.of(shown.stimulus.voltageMv()[r]),
                    Style.NEURON, r == 0);
        }
        line(chart, evaluation.student(), times, shown.stretch.of(shown.answer), Style.NETWORK, true);
        return chart;
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color color,
            boolean legend) {
        double range = Arrays.stream(y).max().orElse(1) - Arrays.stream(y).min().orElse(0);
        Style.line(chart, name, new Polyline(x, y).simplified((x[x.length - 1] - x[0]) / RESOLUTION,
                Math.max(range / RESOLUTION, 1e-12)), color, Style.THIN);
        chart.getSeries(name).setShowInLegend(legend);
    }

    private static XYChart raster(CellEvaluation evaluation, Shown shown) {
        double[] times = times(shown);
        int rows = shown.stimulus.repetitions();
        XYChart chart = chart("Spikes", "repetition", times, TRACE_HEIGHT);
        chart.getStyler().setYAxisMin(-1.0).setYAxisMax(rows + 1.0);
        List<double[]> points = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            for (double time : spikes(evaluation, shown, shown.stimulus.trace(r, shown.stretch), times[0])) {
                points.add(new double[] {time, r + 1});
            }
        }
        points(chart, "cell", points, Style.NEURON);
        List<double[]> own = new ArrayList<>();
        for (double time : spikes(evaluation, shown, shown.stimulus.trace(shown.answer, shown.stretch), times[0])) {
            own.add(new double[] {time, 0});
        }
        points(chart, evaluation.student() + " (row 0)", own, Style.NETWORK);
        return chart;
    }

    private static double[] spikes(CellEvaluation evaluation, Shown shown, Trace trace, double start) {
        return SpikeDetector.detect(trace, evaluation.criterion()).stream().mapToDouble(Spike::timeMs)
                .map(time -> time + start).toArray();
    }

    private static void points(XYChart chart, String name, List<double[]> points, Color color) {
        if (!points.isEmpty()) {
            Style.points(chart, name, points.stream().mapToDouble(p -> p[0]).toArray(),
                    points.stream().mapToDouble(p -> p[1]).toArray(), color, Glyph.DISC);
        }
    }

    private static XYChart current(Shown shown, String unit) {
        double[] times = times(shown);
        XYChart chart = chart("Current", "current," + unit, times, TRACE_HEIGHT);
        line(chart, "current", times, shown.stretch.of(shown.stimulus.current()), Style.FIRST_NULLCLINE, false);
        return chart;
    }

    private static Figure steps(CellEvaluation evaluation, String unit) {
        List<StepAnswer> steps = evaluation.steps().stream()
                .sorted(Comparator.comparingDouble(StepAnswer::current)).toList();
        double[] currents = steps.stream().mapToDouble(StepAnswer::current).toArray();
        XYChart chart = Style.chart("Spikes in steps of current", "current," + unit, "spikes in the step");
        Style.marked(chart, "cell", currents, steps.stream().mapToDouble(StepAnswer::cellSpikes).toArray(),
                Style.NEURON, Glyph.RING, Style.BAND);
        Style.marked(chart, evaluation.student(), currents, steps.stream().mapToDouble(StepAnswer::spikes).toArray(),
                Style.NETWORK, Glyph.DISC, Style.SOLID);
        return Figure.draw("recording-steps", "Number of spikes in each step of current, mean over the repetitions of"
                + " the cell.", chart);
    }
}
