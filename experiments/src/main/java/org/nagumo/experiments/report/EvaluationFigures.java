package org.nagumo.experiments.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
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
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.evaluate.Recorded;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeDetector;

/**
 * The figures of an evaluation: neuron, network and, where there is one, reduction under the same currents; beside a
 * recording, its beginning and the shape of a spike.
 */
public final class EvaluationFigures {

    /** Room above and below the traces, and the step to which the ends of the axis are rounded, as parts of 100 mV. */
    private static final double ROOM = 0.04;
    private static final double ROUND = 0.2;
    private static final double MEMBRANE_MV = 100;
    private static final double DIMENSIONLESS = 2;

    /** Pixels along an axis, by which lines are simplified: about a third of a pixel. */
    private static final double RESOLUTION = 2400;

    private final Evaluation evaluation;
    private final List<Drawn> drawn;
    private final double timeUnit;

    private EvaluationFigures(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.drawn = drawn(evaluation);
        this.timeUnit = evaluation.teacher().scale().timeUnitMs();
    }

    /** A system under test, its role in the figures, and how it is drawn there. */
    private record Drawn(String label, Response response, Color color, BasicStroke line, Glyph glyph) {
    }

    /** All, in the order in which they are laid over one another. */
    private static List<Drawn> drawn(Evaluation e) {
        List<Drawn> drawn = new ArrayList<>();
        if (e.baseline() != null) {
            drawn.add(new Drawn("reduction (" + e.baseline().system() + ")", e.baseline(), Style.REDUCTION, Style.THIN,
                    Glyph.TRIANGLE));
        }
        String role = e.teacherOrigin().kind() == Origin.Kind.RECORDING ? "recording" : "neuron";
        drawn.add(new Drawn(role + " (" + e.teacher().system() + ")", e.teacher(), Style.NEURON, Style.BAND,
                Glyph.RING));
        drawn.add(new Drawn(e.student().system(), e.student(), Style.NETWORK, Style.SOLID, Glyph.DIAMOND));
        return drawn;
    }

    /**
     * All figures, in the order in which they are read.
     *
     * @throws IllegalArgumentException when the evaluation was read from a file, which holds no traces
     */
    public static List<Figure> draw(Evaluation e) {
        if (e.teacher().traces() == null) {
            throw new IllegalArgumentException("the traces were not kept; allowed: an evaluation as it was measured");
        }
        EvaluationFigures figures = new EvaluationFigures(e);
        return e.teacherOrigin().kind() == Origin.Kind.RECORDING ? figures.recorded() : figures.measured();
    }

    private List<Figure> measured() {
        List<Figure> figures = new ArrayList<>();
        String step = current(10);
        figures.add(overlay("step", "A step of " + step, "time from the onset", "A step of " + step + " from rest, its"
                + " first " + rounded(90 * timeUnit) + time(" ms") + ".", r -> r.traces().step(), 90, 190, 100));
        String release = current(-10 * evaluation.teacher().scale().amplitudes().hyperpolarising());
        figures.add(overlay("rebound", "Release of " + release, "time from the release", "Held at " + release + " for "
                + rounded(50 * timeUnit) + time(" ms") + ", then released: the rebound spike.",
                r -> r.traces().release(), 90, 200, 150));
        NoiseKind kind = NoiseKind.ALL.get(0);
        figures.add(overlay("noise", "Fresh noise", "time", "Ornstein-Uhlenbeck current that no part of the training"
                + " saw: mean " + current(kind.meanUaPerCm2()) + " and standard deviation "
                + current(kind.sdUaPerCm2()).replace("\u2212", "") + ", correlation time "
                + rounded(kind.tauMs() * timeUnit) + time(" ms") + ".",
                r -> r.traces().noise().get(kind.key()).get(0), 0, 200, 0));
        figures.add(overCurrent("fi", "f-I curve", "spikes in a step", "Spikes in a step of "
                + rounded(FiPoint.STEP_MS * timeUnit) + time(" ms") + " against its current.", FiPoint::spikes));
        figures.add(overCurrent("latency", "Latency of the first spike", "latency" + time(", ms"),
                "Time from the onset of the step to the first spike, where there is one.", FiPoint::latencyMs));
        figures.add(spikeShape("A spike of steady firing at " + step, r -> r.traces().step(), 30));
        return figures;
    }

    private List<Figure> recorded() {
        Function<Response, Trace> recording = r -> r.traces().noise().get(Recorded.KEY).get(0);
        Trace trace = recording.apply(evaluation.teacher());
        return List.of(overlay("recording", "The recording", "time", "The recording and the answer to its current, up"
                + " to the first " + rounded(500 * timeUnit) + time(" ms") + ".", recording,
                trace.startMs() / timeUnit, (trace.startMs() + Math.min(500 * timeUnit, trace.current().durationMs()))
                / timeUnit, 0),
                spikeShape("The last spike", recording, 10));
    }

    /** A unit, where the teacher has some. */
    private String time(String unit) {
        return evaluation.teacher().scale().dimensionless() ? "" : unit;
    }

    private String voltage() {
        return evaluation.teacher().scale().dimensionless() ? "potential" : "membrane potential, mV";
    }

    /** A current of the battery in the teacher's scale. */
    private String current(double uaPerCm2) {
        double scaled = uaPerCm2 * evaluation.teacher().scale().currentUnit();
        return evaluation.teacher().scale().dimensionless() ? Style.number(Math.round(scaled * 1000) / 1000.0)
                : rounded(scaled) + " \u00b5A/cm\u00b2";
    }

    /** A number with at most four digits. */
    private static String rounded(double value) {
        return Style.number(BigDecimal.valueOf(value).round(new MathContext(4)).doubleValue());
    }

    private Figure overlay(String name, String title, String xTitle, String caption, Function<Response, Trace> trace,
            double from, double to, double zero) {
        XYChart chart = Style.chart(title, xTitle + time(", ms"), voltage());
        List<Polyline> lines = new ArrayList<>();
        for (Drawn d : drawn) {
            lines.add(window(trace.apply(d.response()), from * timeUnit, to * timeUnit, zero * timeUnit));
        }
        addVoltages(chart, drawn, lines, (from - zero) * timeUnit, (to - zero) * timeUnit);
        return Figure.draw(name, caption, chart);
    }

    /** The samples of a stretch of time, which is counted from {@code zeroMs}. */
    private static Polyline window(Trace t, double fromMs, double toMs, double zeroMs) {
        int from = (int) Math.max(0, Math.ceil((fromMs - t.startMs()) / t.dtMs() - 1e-6));
        int to = (int) Math.min(t.length(), Math.floor((toMs - t.startMs()) / t.dtMs() + 1e-6) + 1);
        return new Polyline(IntStream.range(from, to).mapToDouble(i -> t.startMs() + i * t.dtMs() - zeroMs).toArray(),
                Arrays.copyOfRange(t.voltageMv(), from, Math.max(from, to)));
    }

    private void addVoltages(XYChart chart, List<Drawn> drawn, List<Polyline> lines, double xMin,
            double xMax) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Polyline line : lines) {
            low = Math.min(low, Arrays.stream(line.y()).min().orElse(low));
            high = Math.max(high, Arrays.stream(line.y()).max().orElse(high));
        }
        double unit = evaluation.teacher().scale().dimensionless() ? DIMENSIONLESS : MEMBRANE_MV;
        low = ROUND * unit * Math.floor((low / unit - ROOM) / ROUND);
        high = ROUND * unit * Math.ceil((high / unit + ROOM) / ROUND);
        for (int k = 0; k < lines.size(); k++) {
            if (lines.get(k).x().length > 0) {
                Style.line(chart, drawn.get(k).label(), lines.get(k).simplified((xMax - xMin) / RESOLUTION,
                        (high - low) / RESOLUTION), drawn.get(k).color(), drawn.get(k).line());
            }
        }
        Style.frame(chart, xMin, xMax, low, high);
    }

    private Figure overCurrent(String name, String title, String yTitle, String caption,
            ToDoubleFunction<FiPoint> value) {
        XYChart chart = Style.chart(title, "current" + time(", \u00b5A/cm\u00b2"), yTitle);
        for (Drawn d : drawn) {
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

    /** The last spike with room after it, aligned at its crossing of the threshold. */
    private Figure spikeShape(String title, Function<Response, Trace> trace, double room) {
        double before = 4 * timeUnit;
        double after = 8 * timeUnit;
        String level = evaluation.teacher().scale().dimensionless()
                || evaluation.teacher().scale().criterion().thresholdMv() != 0 ? "the threshold" : "0 mV";
        XYChart chart = Style.chart(title, "time from " + level + time(", ms"), voltage());
        List<Drawn> firing = new ArrayList<>();
        List<Polyline> lines = new ArrayList<>();
        for (Drawn d : drawn) {
            Trace t = trace.apply(d.response());
            double end = t.startMs() + t.current().durationMs() - room * timeUnit;
            List<Spike> spikes = SpikeDetector.detect(t, d.response().scale().criterion()).stream()
                    .filter(s -> s.timeMs() < end).toList();
            if (!spikes.isEmpty()) {
                double at = spikes.get(spikes.size() - 1).timeMs();
                firing.add(d);
                lines.add(window(t, at - before, at + after, at));
            }
        }
        if (!firing.isEmpty()) {
            addVoltages(chart, firing, lines, -before, after);
        }
        return Figure.draw("spike-shape", "One spike, the last with room after it, aligned at its crossing of " + level
                + ".", chart);
    }
}
