package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * What the spikes of a stimulus say. Undefined numbers are NaN; each statistic has a card.
 *
 * @param spikes  the spikes between onset and offset
 * @param rebound the spikes after the offset
 * @param onsetMs start of the stimulus
 * @param offsetMs end of the stimulus
 * @param baseMv  mean voltage in the last tenth of the time before the onset (eFEL's {@code voltage_base}); NaN when
 *                the stimulus begins with the trace
 */
public record SpikeStatistics(List<Spike> spikes, List<Spike> rebound, double onsetMs, double offsetMs,
        double baseMv) {

    /** Card of {@link #count}. */
    public static final StatisticCard COUNT = new StatisticCard("spike_count", "spike count",
            "spikes from onset to offset", "1", "N", "eFEL, spikecount_stimint");

    /** Card of {@link #latencyMs}. */
    public static final StatisticCard LATENCY = new StatisticCard("first_spike_latency_ms", "latency",
            "onset to the first spike's crossing of the threshold; undefined without one", "ms", "t_1 - t_onset",
            "eFEL, time_to_first_spike, which is taken to the peak");

    /** Card of {@link #meanRateHz}. */
    public static final StatisticCard MEAN_RATE = new StatisticCard("mean_rate_hz", "mean rate",
            "spikes from onset to offset over that time", "Hz", "1000 N / (t_offset - t_onset)",
            "Gerstner et al. 2014, Neuronal Dynamics, section 7.2");

    /** Card of {@link #steadyRateHz}. */
    public static final StatisticCard STEADY_RATE = new StatisticCard("steady_rate_hz", "steady rate",
            "inverse of the mean of the last half of the inter-spike intervals, the middle one among them; undefined"
                    + " below two spikes",
            "Hz", "1000 / mean(ISI_i), i > floor((N - 1) / 2)", "the f-I curve's rate without its transient");

    /** Card of {@link #intervalsMs}. */
    public static final StatisticCard INTERVALS = new StatisticCard("isi_ms", "inter-spike intervals",
            "times from each spike's crossing of the threshold to the next; none below two spikes", "ms",
            "ISI_i = t_(i+1) - t_i", "eFEL, all_ISI_values, which are taken between peaks");

    /** Card of {@link #adaptationIndex}. */
    public static final StatisticCard ADAPTATION_INDEX = new StatisticCard("adaptation_index", "adaptation index",
            "mean relative change from each interval to the next; undefined below three spikes", "1",
            "mean (ISI_(i+1) - ISI_i) / (ISI_(i+1) + ISI_i)", "eFEL, adaptation_index2, without skipping");

    /** Card of {@link #ahpDepthsMv}. */
    public static final StatisticCard AHP_DEPTH = new StatisticCard("ahp_depth_mV", "afterhyperpolarisation depth",
            "trough against the base, the mean potential in the last tenth of the time before the onset; negative below"
                    + " it, undefined without time before the onset",
            "mV", "trough - base", "eFEL, AHP_depth and voltage_base; the trough is that of trough_mV");

    /** Card of {@link #reboundCount}. */
    public static final StatisticCard REBOUND_COUNT = new StatisticCard("rebound_count", "rebound spikes",
            "spikes after the offset, to the end of the trace", "1", "number of t_k >= t_offset",
            "anode break excitation: Hodgkin and Huxley 1952, J. Physiol. 117:500-544, figure 22");

    /** Card of {@link #reboundLatencyMs}. */
    public static final StatisticCard REBOUND_LATENCY = new StatisticCard("rebound_latency_ms", "rebound latency",
            "offset to the first spike after it; undefined without one", "ms", "t_k - t_offset, the first t_k >="
                    + " t_offset",
            "anode break excitation: Hodgkin and Huxley 1952, J. Physiol. 117:500-544, figure 22");

    private static final double BASE_PART = 0.1;

    public SpikeStatistics {
        spikes = List.copyOf(spikes);
        rebound = List.copyOf(rebound);
        if (!(Double.isFinite(onsetMs) && offsetMs > onsetMs)) {
            throw new IllegalArgumentException("onset is " + onsetMs + " ms and offset " + offsetMs
                    + " ms; allowed: a finite onset before the offset");
        }
    }

    /**
     * Measures the stretch of a trace between two times, with upward crossings of 0 mV as spikes.
     *
     * @param trace    a trace
     * @param onsetMs  start of the stimulus in ms, on the clock of the trace
     * @param offsetMs end of the stimulus in ms
     * @return the statistics
     */
    public static SpikeStatistics of(Trace trace, double onsetMs, double offsetMs) {
        return of(trace, onsetMs, offsetMs, SpikeCriterion.MEMBRANE);
    }

    /**
     * Measures the stretch of a trace between two times.
     *
     * @param trace     a trace
     * @param onsetMs   start of the stimulus in ms, on the clock of the trace
     * @param offsetMs  end of the stimulus in ms; troughs of spikes before it are looked for up to it
     * @param criterion defines a spike
     * @return the statistics
     */
    public static SpikeStatistics of(Trace trace, double onsetMs, double offsetMs, SpikeCriterion criterion) {
        return of(trace, SpikeDetector.detect(trace, criterion, offsetMs), onsetMs, offsetMs);
    }

    /**
     * Arranges the spikes of a trace.
     *
     * @param trace    a trace
     * @param all      all its spikes, in order of time
     * @param onsetMs  start of the stimulus in ms, on the clock of the trace
     * @param offsetMs end of the stimulus in ms
     * @return the statistics
     */
    public static SpikeStatistics of(Trace trace, List<Spike> all, double onsetMs, double offsetMs) {
        return new SpikeStatistics(
                all.stream().filter(s -> s.timeMs() >= onsetMs && s.timeMs() < offsetMs).toList(),
                all.stream().filter(s -> s.timeMs() >= offsetMs).toList(), onsetMs, offsetMs,
                baseMv(trace, onsetMs));
    }

    private static double baseMv(Trace trace, double onsetMs) {
        int to = (int) Math.max(0, Math.min(trace.length(), Math.round((onsetMs - trace.startMs()) / trace.dtMs())));
        int from = (int) Math.floor(to * (1 - BASE_PART));
        return Arrays.stream(trace.voltageMv(), from, to).average().orElse(Double.NaN);
    }

    public int count() {
        return spikes.size();
    }

    public double[] timesMs() {
        return spikes.stream().mapToDouble(Spike::timeMs).toArray();
    }

    public double latencyMs() {
        return spikes.isEmpty() ? Double.NaN : spikes.get(0).timeMs() - onsetMs;
    }

    public double meanRateHz() {
        return 1000 * spikes.size() / (offsetMs - onsetMs);
    }

    /** Inter-spike intervals in ms. */
    public double[] intervalsMs() {
        double[] intervals = new double[Math.max(0, spikes.size() - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = spikes.get(i + 1).timeMs() - spikes.get(i).timeMs();
        }
        return intervals;
    }

    public double steadyRateHz() {
        double[] intervals = intervalsMs();
        double sum = 0;
        int first = intervals.length / 2;
        for (int i = first; i < intervals.length; i++) {
            sum += intervals[i];
        }
        return intervals.length == 0 ? Double.NaN : 1000 * (intervals.length - first) / sum;
    }

    public double adaptationIndex() {
        double[] intervals = intervalsMs();
        double sum = 0;
        for (int i = 0; i + 1 < intervals.length; i++) {
            sum += (intervals[i + 1] - intervals[i]) / (intervals[i + 1] + intervals[i]);
        }
        return intervals.length < 2 ? Double.NaN : sum / (intervals.length - 1);
    }

    /** Depth of the trough of each spike against the base. */
    public double[] ahpDepthsMv() {
        return spikes.stream().mapToDouble(s -> s.troughMv() - baseMv).toArray();
    }

    /** Spikes after the offset. */
    public int reboundCount() {
        return rebound.size();
    }

    /** Offset to the first spike after it. */
    public double reboundLatencyMs() {
        return rebound.isEmpty() ? Double.NaN : rebound.get(0).timeMs() - offsetMs;
    }

    /** The statistics as JSON, by the keys of their cards; undefined numbers are null. */
    public ObjectNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put(COUNT.key(), count());
        JsonNumber.put(json, Spike.TIME.key(), timesMs());
        JsonNumber.put(json, Spike.PEAK.key(), spikes.stream().mapToDouble(Spike::peakMv).toArray());
        JsonNumber.put(json, Spike.TROUGH.key(), spikes.stream().mapToDouble(Spike::troughMv).toArray());
        JsonNumber.put(json, Spike.HALF_WIDTH.key(), spikes.stream().mapToDouble(Spike::halfWidthMs).toArray());
        JsonNumber.put(json, Spike.WIDTH.key(), spikes.stream().mapToDouble(Spike::widthMs).toArray());
        JsonNumber.put(json, LATENCY.key(), latencyMs());
        JsonNumber.put(json, MEAN_RATE.key(), meanRateHz());
        JsonNumber.put(json, STEADY_RATE.key(), steadyRateHz());
        JsonNumber.put(json, INTERVALS.key(), intervalsMs());
        JsonNumber.put(json, ADAPTATION_INDEX.key(), adaptationIndex());
        JsonNumber.put(json, AHP_DEPTH.key(), ahpDepthsMv());
        json.put(REBOUND_COUNT.key(), reboundCount());
        JsonNumber.put(json, REBOUND_LATENCY.key(), reboundLatencyMs());
        return json;
    }
}
