package org.nagumo.experiments.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.NoiseKind;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/** The figures of an evaluation: neuron, network and reduction under the same currents. */
public final class EvaluationFigures {

    private static final String TIME = "time, ms";
    private static final String VOLTAGE = "membrane potential, mV";
    private static final String CURRENT = "current, \u00b5A/cm\u00b2";

    /** Index of the kind of noise that is drawn: mean 5, sd 5. */
    private static final int DRAWN_NOISE = 0;

    private EvaluationFigures() {
    }

    /** All figures, in the order in which they are read. */
    public static List<Figure> draw(Evaluation e) {
        List<Figure> figures = new ArrayList<>();
        figures.add(overlay("step", "A step of 10 \u00b5A/cm\u00b2", "Membrane potential for a step of 10 \u00b5A/cm\u00b2"
                + " from 100 ms on.", e, Response::step, 90, 190, true));
        figures.add(overlay("rebound", "Release of \u221210 \u00b5A/cm\u00b2 at 150 ms", "Hyperpolarised by \u221210"
                + " \u00b5A/cm\u00b2 from 100 to 150 ms, then released: the rebound spike.", e, Response::release, 90, 200,
                true));
        NoiseKind kind = NoiseKind.ALL.get(DRAWN_NOISE);
        figures.add(overlay("noise", "Fresh noise (mean 5, sd 5 \u00b5A/cm\u00b2, correlation time 5 ms)",
                "The first half second of a noise trial, " + kind.key().replace('_', ' ')
                        + "; no part of it was seen in training.", e,
                r -> r.noise().get(DRAWN_NOISE).get(0), 0, 500, false));
        figures.add(overFi("fi", "f-I curve", "spikes in 500 ms", "Spikes in a step of 500 ms against its current.", e,
                FiPoint::spikes));
        figures.add(overFi("latency", "Latency of the first spike", "latency, ms",
                "Time from the onset of the step to the first spike.", e, FiPoint::latencyMs));
        figures.add(spikeShape(e));
        return figures;
    }

    private static Figure overlay(String name, String title, String caption, Evaluation e,
            Function<Response, Trace> trace, double fromMs, double toMs, boolean reduction) {
        XYChart chart = Style.chart(title, TIME, VOLTAGE);
        if (reduction) {
            curve(chart, e.baseline(), trace, fromMs, toMs, Style.REDUCTION);
        }
        curve(chart, e.teacher(), trace, fromMs, toMs, Style.NEURON);
        curve(chart, e.student(), trace, fromMs, toMs, Style.NETWORK);
        chart.getStyler().setXAxisMin(fromMs).setXAxisMax(toMs);
        return Figure.draw(name, caption, chart);
    }

    private static void curve(XYChart chart, Response response, Function<Response, Trace> trace, double fromMs,
            double toMs, Color color) {
        Trace t = trace.apply(response);
        int from = (int) Math.round(fromMs / t.dtMs());
        int to = (int) Math.min(t.length(), Math.round(toMs / t.dtMs()));
        double[] x = IntStream.range(from, to).mapToDouble(i -> i * t.dtMs()).toArray();
        Style.line(chart, response.system(), x, Arrays.copyOfRange(t.voltageMv(), from, to), color,
                color == Style.NETWORK ? Style.DASHED : color == Style.REDUCTION ? Style.THIN : Style.SOLID);
    }

    private static Figure overFi(String name, String title, String yTitle, String caption, Evaluation e,
            ToDoubleFunction<FiPoint> value) {
        XYChart chart = Style.chart(title, CURRENT, yTitle);
        fiCurve(chart, e.baseline(), value, Style.REDUCTION, SeriesMarkers.TRIANGLE_UP);
        fiCurve(chart, e.teacher(), value, Style.NEURON, SeriesMarkers.CIRCLE);
        fiCurve(chart, e.student(), value, Style.NETWORK, SeriesMarkers.DIAMOND);
        chart.getStyler().setYAxisMin(0.0);
        return Figure.draw(name, caption, chart);
    }

    private static void fiCurve(XYChart chart, Response response, ToDoubleFunction<FiPoint> value, Color color,
            Marker marker) {
        List<FiPoint> defined = response.fi().stream().filter(p -> Double.isFinite(value.applyAsDouble(p))).toList();
        if (!defined.isEmpty()) {
            Style.marked(chart, response.system(),
                    defined.stream().mapToDouble(FiPoint::currentUaPerCm2).toArray(),
                    defined.stream().mapToDouble(value).toArray(), color, marker,
                    color == Style.NETWORK ? Style.DASHED : Style.THIN);
        }
    }

    /** The last spike of the step at 10 uA/cm2 that has 8 ms of room after it, aligned at its crossing of 0 mV. */
    private static Figure spikeShape(Evaluation e) {
        XYChart chart = Style.chart("A spike of steady firing at 10 \u00b5A/cm\u00b2", "time from 0 mV, ms", VOLTAGE);
        aligned(chart, e.baseline(), Style.REDUCTION);
        aligned(chart, e.teacher(), Style.NEURON);
        aligned(chart, e.student(), Style.NETWORK);
        return Figure.draw("spike-shape", "One spike of steady firing, aligned at its upward crossing of 0 mV.", chart);
    }

    private static void aligned(XYChart chart, Response response, Color color) {
        Trace t = response.step();
        double end = t.length() * t.dtMs() - 30;
        List<Spike> spikes = SpikeDetector.detect(t).stream().filter(s -> s.timeMs() < end).toList();
        if (spikes.isEmpty()) {
            return;
        }
        double at = spikes.get(spikes.size() - 1).timeMs();
        int from = (int) Math.max(0, Math.ceil((at - 4) / t.dtMs()));
        int to = (int) ((at + 8) / t.dtMs());
        double[] x = IntStream.range(from, to).mapToDouble(i -> i * t.dtMs() - at).toArray();
        Style.line(chart, response.system(), x, Arrays.copyOfRange(t.voltageMv(), from, to), color,
                color == Style.NETWORK ? Style.DASHED : Style.SOLID);
    }
}
