package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PeakHeightsTest {

    private static final int STEPS = 60;
    private static final int REACH = 10;

    /** Straight flanks of 15 steps to a height of .5 above 0, the rest. */
    private static double[] spike(int... peaks) {
        double[] v = new double[STEPS];
        for (int peak : peaks) {
            for (int t = 0; t < STEPS; t++) {
                v[t] = Math.max(v[t], 0.5 * (1 - Math.abs(t - peak) / 15.0));
            }
        }
        return v;
    }

    private static int answering(double[] target, double[] output, int t) {
        return PeakHeights.answering(s -> target[s], s -> output[s], t, REACH, STEPS, 0.1);
    }

    private static int[] all(double[] target, double[] output) {
        int[] found = new int[STEPS];
        for (int t = 0; t < STEPS; t++) {
            found[t] = answering(target, output, t);
        }
        return found;
    }

    @Test
    void aPeakIsAnsweredByTheNearestOfTheNetwork() {
        int[] expected = new int[STEPS];
        Arrays.fill(expected, -1);
        expected[30] = 33;
        assertThat(all(spike(30), spike(33))).containsExactly(expected);
    }

    @Test
    void noneAnswersWhereTheNetworkIsSilentOrLate() {
        assertThat(all(spike(30), new double[STEPS])).containsOnly(-1);
        assertThat(all(spike(30), spike(40))).containsOnly(-1);
        assertThat(all(spike(30), spike(45))).containsOnly(-1);
    }

    @Test
    void peaksNextToTheEndsOfAWindowAreNotCompared() {
        assertThat(all(spike(9), spike(9))).containsOnly(-1);
        assertThat(all(spike(STEPS - REACH), spike(STEPS - REACH))).containsOnly(-1);
        assertThat(answering(spike(10), spike(10), 10)).isEqualTo(10);
    }

    /** A plateau counts once, a smaller peak beside a larger not at all, nor one below the threshold. */
    @Test
    void onlyTheHighestOfItsReachIsAPeak() {
        double[] plateau = spike(30);
        plateau[31] = plateau[30];
        assertThat(Arrays.stream(all(plateau, spike(30))).filter(t -> t >= 0).count()).isEqualTo(1);
        double[] noisy = spike(30);
        noisy[36] = noisy[35] + 0.01;
        assertThat(answering(noisy, spike(30), 36)).isEqualTo(-1);
        double[] small = Arrays.stream(spike(30)).map(v -> 0.19 * v).toArray();
        assertThat(answering(small, spike(30), 30)).isEqualTo(-1);
    }
}
