package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.spikes.CurrentStep;
import org.nagumo.experiments.spikes.FiCurve;
import org.nagumo.experiments.spikes.PassiveProperties;
import org.nagumo.experiments.spikes.SlopeCriterion;
import org.nagumo.experiments.spikes.Spike;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;
import org.nagumo.experiments.spikes.SpikeSlopes;
import org.nagumo.experiments.spikes.SpikeStatistics;
import org.nagumo.experiments.spikes.TraceComparison;

/**
 * Everything that is printed of one trace.
 *
 * @param name       name of the trace
 * @param statistics its spikes
 * @param slopes     slopes of the spikes from onset to offset
 * @param sweep      its step and all its spikes
 * @param passive    what its step shows of the membrane
 * @param notes      warnings
 * @param comparison the comparison with another trace; null without one
 */
record TraceReport(String name, SpikeStatistics statistics, SpikeSlopes slopes, FiCurve.Sweep sweep,
        PassiveProperties passive, List<String> notes, TraceComparison comparison) {

    /**
     * Measures a trace.
     *
     * @param onsetMs  start of the stimulus, on the clock of the trace
     * @param offsetMs its end
     */
    static TraceReport of(String name, Trace trace, double onsetMs, double offsetMs, SpikeCriterion criterion,
            TraceComparison comparison) {
        List<Spike> spikes = SpikeDetector.detect(trace, criterion, offsetMs);
        SpikeStatistics statistics = SpikeStatistics.of(trace, spikes, onsetMs, offsetMs);
        FiCurve.Sweep sweep = FiCurve.Sweep.of(name, trace, spikes);
        return new TraceReport(name, statistics,
                SpikeSlopes.of(trace, statistics.spikes(), criterion, SlopeCriterion.MEMBRANE), sweep,
                sweep.step() == null ? PassiveProperties.NONE : PassiveProperties.of(trace, sweep.step(), spikes),
                SpikeNotes.of(trace, spikes, criterion), comparison);
    }

    ObjectNode toJson() {
        ObjectNode json = statistics.toJson();
        slopes.addTo(json);
        CurrentStep step = sweep.step();
        json.set("step", step == null ? new ObjectMapper().nullNode() : step.toJson());
        passive.addTo(json);
        notes.forEach(json.putArray("notes")::add);
        if (comparison != null) {
            json.set("beside", comparison.toJson());
        }
        return json;
    }

    /** Prints the report for a person. */
    void print(PrintStream out, String besideName) {
        out.printf(Locale.ROOT, "%d spikes, latency %s ms, mean rate %.2f Hz, steady rate %s Hz, adaptation"
                + " index %s, %d rebound spikes%n", statistics.count(), number("%.3f", statistics.latencyMs()),
                statistics.meanRateHz(), number("%.2f", statistics.steadyRateHz()),
                number("%.4f", statistics.adaptationIndex()), statistics.reboundCount());
        notes.forEach(note -> out.println("note: " + note));
        CurrentStep step = sweep.step();
        if (step != null) {
            out.printf(Locale.ROOT, "step from %.4g to %.4g uA/cm2, %.3f to %.3f ms%s%n", step.baseUaPerCm2(),
                    step.uaPerCm2(), step.onsetMs(), step.offsetMs(), Double.isNaN(passive.inputResistanceKohmCm2())
                            ? "" : String.format(Locale.ROOT, ": input resistance %.3f kOhm cm2, membrane time constant"
                            + " %s ms, sag ratio %s", passive.inputResistanceKohmCm2(),
                            number("%.2f", passive.timeConstantMs()), number("%.3f", passive.sagRatio())));
        }
        if (comparison != null) {
            out.printf(Locale.ROOT, "beside %s: coincidence factor %s, Victor-Purpura distance %.2f, van"
                    + " Rossum distance %.3f, ISI-histogram distance %s ms, voltage RMSE away from spikes %s mV%n",
                    besideName, Double.isNaN(comparison.coincidenceFactor()) ? "undefined"
                            : number("%.3f", comparison.coincidenceFactor()),
                    comparison.victorPurpura(), comparison.vanRossum(), number("%.3f", comparison.isiDistanceMs()),
                    number("%.3f", comparison.voltageRmseMv()));
        }
        if (statistics.count() > 0) {
            out.printf("%12s %12s %12s %14s %14s %14s %13s %13s%n", "time, ms", "peak, mV", "trough, mV",
                    "half-width, ms", "AHP depth, mV", "threshold, mV", "rise, mV/ms", "fall, mV/ms");
        }
        for (int i = 0; i < statistics.count(); i++) {
            Spike s = statistics.spikes().get(i);
            out.printf(Locale.ROOT, "%12.3f %12.2f %12s %14s %14s %14s %13s %13s%n", s.timeMs(), s.peakMv(),
                    number("%.2f", s.troughMv()), number("%.3f", s.halfWidthMs()),
                    number("%.2f", statistics.ahpDepthsMv()[i]), number("%.2f", slopes.thresholdMv()[i]),
                    number("%.1f", slopes.riseMvPerMs()[i]), number("%.1f", slopes.fallMvPerMs()[i]));
        }
    }

    static String number(String format, double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, format, value);
    }
}
