package org.nagumo.experiments.rival;

import java.util.Arrays;

/**
 * A function of the time after a spike that is constant between edges and 0 outside.
 *
 * @param edgesMs edges in ms, ascending; one more than values
 * @param values  value between two edges
 */
public record Kernel(double[] edgesMs, double[] values) {

    public Kernel {
        edgesMs = edgesMs.clone();
        values = values.clone();
        if (edgesMs.length != values.length + 1) {
            throw new IllegalArgumentException("edgesMs has " + edgesMs.length + " edges; allowed: one more than the "
                    + values.length + " values");
        }
        for (int k = 0; k < values.length; k++) {
            if (!(edgesMs[k] < edgesMs[k + 1])) {
                throw new IllegalArgumentException("edgesMs is " + Arrays.toString(edgesMs)
                        + "; allowed: ascending numbers");
            }
        }
    }

    /**
     * Edges in geometric progression.
     *
     * @param fromMs first edge, positive
     * @param toMs   last edge
     * @param parts  number of parts
     * @return the edges
     */
    static double[] edges(double fromMs, double toMs, int parts) {
        double[] edges = new double[parts + 1];
        for (int k = 0; k <= parts; k++) {
            edges[k] = fromMs * Math.pow(toMs / fromMs, (double) k / parts);
        }
        return edges;
    }

    /** Samples of the edges after a spike. */
    static int[] samples(double[] edgesMs, double dtMs) {
        return Arrays.stream(edgesMs).mapToInt(edge -> (int) Math.round(edge / dtMs)).toArray();
    }

    /**
     * How many spikes each part of a kernel sees at each sample.
     *
     * @param spikes  samples of spikes, ascending
     * @param length  number of samples
     * @param edges   edges in samples
     * @return {@code [part][sample]}
     */
    static short[][] counts(int[] spikes, int length, int[] edges) {
        short[][] counts = new short[edges.length - 1][length];
        for (int k = 0; k < counts.length; k++) {
            short[] count = counts[k];
            int on = 0;
            int off = 0;
            int now = 0;
            for (int i = 0; i < length; i++) {
                while (on < spikes.length && spikes[on] + edges[k] <= i) {
                    now++;
                    on++;
                }
                while (off < spikes.length && spikes[off] + edges[k + 1] <= i) {
                    now--;
                    off++;
                }
                count[i] = (short) now;
            }
        }
        return counts;
    }

    /** Adds the kernel after a spike to the samples of a time course. */
    void addTo(double[] course, int spike, double dtMs) {
        int[] at = samples(edgesMs, dtMs);
        for (int k = 0; k < values.length; k++) {
            int to = Math.min(course.length, spike + at[k + 1]);
            for (int i = Math.min(course.length, spike + at[k]); i < to; i++) {
                course[i] += values[k];
            }
        }
    }
}
