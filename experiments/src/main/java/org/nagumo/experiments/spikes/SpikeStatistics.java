package org.nagumo.experiments.spikes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.nagumo.datagen.simulate.Trace;

/**
 * What the spikes of a stimulus say. Undefined numbers are NaN.
 *
 * <table>
 * <caption>Definitions</caption>
 * <tr><th>statistic</th><th>definition</th><th>unit</th></tr>
 * <tr><td>first-spike latency</td><td>onset to the first spike</td><td>ms</td></tr>
 * <tr><td>mean rate</td><td>spikes between onset and offset over that time</td><td>Hz</td></tr>
 * <tr><td>steady rate</td><td>inverse of the mean of the last half of the inter-spike intervals (the later half
 * when their number is odd is the larger one)</td><td>Hz</td></tr>
 * <tr><td>adaptation index</td><td>mean over i of (ISI(i+1) - ISI(i)) / (ISI(i+1) + ISI(i)) (eFEL's
 * {@code adaptation_index2} without skipping)</td><td>1</td></tr>
 * </table>
 *
 * @param spikes          the spikes between onset and offset
 * @param onsetMs         start of the stimulus
 * @param offsetMs        end of the stimulus
 */
public record SpikeStatistics(List<Spike> spikes, double onsetMs, double offsetMs) {

    public SpikeStatistics {
        spikes = List.copyOf(spikes);
        if (!(onsetMs >= 0 && offsetMs > onsetMs)) {
            throw new IllegalArgumentException("onset is " + onsetMs + " ms and offset " + offsetMs
                    + " ms; allowed: 0 <= onset < offset");
        }
    }

    /** Measures the stretch of a trace between two times. */
    public static SpikeStatistics of(Trace trace, double onsetMs, double offsetMs) {
        return new SpikeStatistics(SpikeDetector.detect(trace).stream()
                .filter(s -> s.timeMs() >= onsetMs && s.timeMs() < offsetMs).toList(), onsetMs, offsetMs);
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

    /** The statistics as JSON; undefined numbers are null. */
    public ObjectNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("spike_count", count());
        array(json.putArray("spike_times_ms"), timesMs());
        array(json.putArray("peak_mV"), spikes.stream().mapToDouble(Spike::peakMv).toArray());
        array(json.putArray("trough_mV"), spikes.stream().mapToDouble(Spike::troughMv).toArray());
        array(json.putArray("half_width_ms"), spikes.stream().mapToDouble(Spike::halfWidthMs).toArray());
        JsonNumber.put(json, "first_spike_latency_ms", latencyMs());
        JsonNumber.put(json, "mean_rate_hz", meanRateHz());
        JsonNumber.put(json, "steady_rate_hz", steadyRateHz());
        array(json.putArray("isi_ms"), intervalsMs());
        JsonNumber.put(json, "adaptation_index", adaptationIndex());
        return json;
    }

    private static void array(ArrayNode array, double[] values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }
}
