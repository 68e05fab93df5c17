package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.NoiseKind;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/** The figures of an evaluation: neuron, network and reduction under the same currents. */
public final class EvaluationFigures {

    private static final String VOLTAGE = "membrane potential, mV";
    private static final String CURRENT = "current, \u00b5A/cm\u00b2";

    /** Index of the kind of noise that is drawn: mean 5, sd 5. */
    private static final int DRAWN_NOISE = 0;

    /** Room above and below the traces, and the step to which the ends of the axis are rounded, in mV. */
    private static final double ROOM_MV = 4;
    private static final double ROUND_MV = 20;

    /** Pixels along an axis, by which lines are simplified: about a third of a pixel. */
    private static final double RESOLUTION = 2400;

    private EvaluationFigures() {
    }

    /** A system under test, its role in the figures, and how it is drawn there. */
    private record Drawn(String label, Response response, Color color, BasicStroke line, Glyph glyph) {
    }

    /** All three, in the order in which they are laid over one another. */
    private static List<Drawn> drawn(Evaluation e) {
        return List.of(new Drawn("reduction (" + e.baseline().system() + ")", e.baseline(), Style.REDUCTION, Style.THIN,
                Glyph.TRIANGLE),
                new Drawn("neuron (" + e.teacher().system() + ")", e.teacher(), Style.NEURON, Style.BAND, Glyph.RING),
                new Drawn(e.student().system(), e.student(), Style.NETWORK, Style.SOLID, Glyph.DIAMOND));
    }

    /** All figures, in the order in which they are read. */
    public static List<Figure> draw(Evaluation e) {
        List<Figure> figures = new ArrayList<>();
        figures.add(overlay("step", "A step of 10 \u00b5A/cm\u00b2", "time from the onset, ms",
                "A step of 10 \u00b5A/cm\u00b2 from rest, its first 90 ms.", e, Response::step, 90, 190, 100));
        figures.add(overlay("rebound", "Release of \u221210 \u00b5A/cm\u00b2", "time from the release, ms",
                "Hyperpolarised by \u221210 \u00b5A/cm\u00b2 for 50 ms, then released: the rebound spike.", e,
                Response::release, 90, 200, 150));
        NoiseKind kind = NoiseKind.ALL.get(DRAWN_NOISE);
        figures.add(overlay("noise", "Fresh noise", "time, ms", "Ornstein-Uhlenbeck current that no part of the"
                + " training saw: mean " + Style.number(kind.meanUaPerCm2()) + " and standard deviation "
                + Style.number(kind.sdUaPerCm2()) + " \u00b5A/cm\u00b2, correlation time "
                + Style.number(kind.tauMs()) + " ms.", e, r -> r.noise().get(DRAWN_NOISE).get(0), 0, 200, 0));
        figures.add(overCurrent("fi", "f-I curve", "spikes in 500 ms",
                "Spikes in a step of 500 ms against its current.", e, FiPoint::spikes));
        figures.add(overCurrent("latency", "Latency of the first spike", "latency, ms",
                "Time from the onset of the step to the first spike, where there is one.", e, FiPoint::latencyMs));
        figures.add(spikeShape(e));
        return figures;
    }

    private static Figure overlay(String name, String title, String xTitle, String caption, Evaluation e,
            Function<Response, Trace> trace, double fromMs, double toMs, double zeroMs) {
        XYChart chart = Style.chart(title, xTitle, VOLTAGE);
        List<Polyline> lines = new ArrayList<>();
        for (Drawn d : drawn(e)) {
            lines.add(window(trace.apply(d.response()), fromMs, toMs, zeroMs));
        }
        addVoltages(chart, drawn(e), lines, fromMs - zeroMs, toMs - zeroMs);
        return Figure.draw(name, caption, chart);
    }

    /** The samples of a stretch of time, which is counted from {@code zeroMs}. */
    private static Polyline window(Trace t, double fromMs, double toMs, double zeroMs) {
        int from = (int) Math.max(0, Math.ceil(fromMs / t.dtMs() - 1e-6));
        int to = (int) Math.min(t.length(), Math.floor(toMs / t.dtMs() + 1e-6) + 1);
        return new Polyline(IntStream.range(from, to).mapToDouble(i -> i * t.dtMs() - zeroMs).toArray(),
                Arrays.copyOfRange(t.voltageMv(), from, Math.max(from, to)));
    }

    private static void addVoltages(XYChart chart, List<Drawn> drawn, List<Polyline> lines, double xMin,
            double xMax) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Polyline line : lines) {
            low = Math.min(low, Arrays.stream(line.y()).min().orElse(low));
            high = Math.max(high, Arrays.stream(line.y()).max().orElse(high));
        }
        low = ROUND_MV * Math.floor((low - ROOM_MV) / ROUND_MV);
        high = ROUND_MV * Math.ceil((high + ROOM_MV) / ROUND_MV);
        for (int k = 0; k < lines.size(); k++) {
            if (lines.get(k).x().length > 0) {
                Style.line(chart, drawn.get(k).label(), lines.get(k).simplified((xMax - xMin) / RESOLUTION,
                        (high - low) / RESOLUTION), drawn.get(k).color(), drawn.get(k).line());
            }
        }
        Style.frame(chart, xMin, xMax, low, high);
    }

    private static Figure overCurrent(String name, String title, String yTitle, String caption, Evaluation e,
            ToDoubleFunction<FiPoint> value) {
        XYChart chart = Style.chart(title, CURRENT, yTitle);
        for (Drawn d : drawn(e)) {
            List<FiPoint> defined = d.response().fi().stream()
                    .filter(p -> Double.isFinite(value.applyAsDouble(p))).toList();
            if (!defined.isEmpty()) {
                Style.marked(chart, d.label(), defined.stream().mapToDouble(FiPoint::currentUaPerCm2).toArray(),
                        defined.stream().mapToDouble(value).toArray(), d.color(), d.glyph(), Style.SOLID);
            }
        }
        chart.getStyler().setYAxisMin(0.0);
        return Figure.draw(name, caption, chart);
    }

    /** The last spike of the step at 10 uA/cm2 with room after it, aligned at its crossing of 0 mV. */
    private static Figure spikeShape(Evaluation e) {
        double before = 4;
        double after = 8;
        XYChart chart = Style.chart("A spike of steady firing at 10 \u00b5A/cm\u00b2", "time from 0 mV, ms", VOLTAGE);
        List<Drawn> firing = new ArrayList<>();
        List<Polyline> lines = new ArrayList<>();
        for (Drawn d : drawn(e)) {
            Trace t = d.response().step();
            double end = t.length() * t.dtMs() - 30;
            List<Spike> spikes = SpikeDetector.detect(t).stream().filter(s -> s.timeMs() < end).toList();
            if (!spikes.isEmpty()) {
                double at = spikes.get(spikes.size() - 1).timeMs();
                firing.add(d);
                lines.add(window(t, at - before, at + after, at));
            }
        }
        if (!firing.isEmpty()) {
            addVoltages(chart, firing, lines, -before, after);
        }
        return Figure.draw("spike-shape", "One spike of steady firing, aligned at its upward crossing of 0 mV.", chart);
    }
}
