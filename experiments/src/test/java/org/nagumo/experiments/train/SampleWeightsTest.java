package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleWeightsTest {

    private static final double DT_MS = 0.1;

    /** At 0 until sample 100, then a ramp of 1 per ms. */
    private static double[] ramp() {
        double[] v = new double[200];
        for (int i = 100; i < v.length; i++) {
            v[i] = (i - 100) * DT_MS;
        }
        return v;
    }

    @Test
    void aFlankHasTheWeightOfItsSlopeAndOfWhatIsTolerated() {
        double[] weights = new SampleWeights(0.03, 0.06, 0.3, 0, 0.03, 8).of(ramp(), DT_MS);
        assertThat(weights[50]).isEqualTo(1);
        assertThat(weights[150]).isCloseTo(0.0009 / (0.0009 + 0.0036), within(1e-12));
        // The slope at sample 100 is one half, that at 101 is one; three samples before, the reach ends.
        assertThat(weights[96]).isEqualTo(1);
        assertThat(weights[97]).isCloseTo(0.0009 / (0.0009 + 0.0009), within(1e-12));
        assertThat(weights[98]).isCloseTo(weights[150], within(1e-12));
    }

    @Test
    void aPotentialThatIsStillWithinItsReachCountsMore() {
        double[] weights = new SampleWeights(0.03, 0.06, 0.3, 30, 0.03, 2).of(ramp(), DT_MS);
        assertThat(weights[50]).isEqualTo(31);
        assertThat(weights[79]).isEqualTo(31);
        assertThat(weights[80]).isCloseTo(1 + 30 * 0.0009 / (0.0009 + 0.25), within(1e-12));
        assertThat(weights[150]).isCloseTo(0.2 * (1 + 30 * 0.0009 / 1.0009), within(1e-12));
    }

    @Test
    void noToleratedShiftAndNoStillWeightWeighAllAlike() {
        assertThat(new SampleWeights(0.03, 0, 0.3, 0, 0.03, 8).of(ramp(), DT_MS)).containsOnly(1);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new SampleWeights(0.03, 0.06, 0.3, -1, 0.03, 8))
                .hasMessageContaining("stillWeight is -1;");
        assertThatThrownBy(() -> new SampleWeights(0.03, 0.06, 0.3, 1, 0, 8)).hasMessageContaining("stillSlope is 0;");
    }
}
