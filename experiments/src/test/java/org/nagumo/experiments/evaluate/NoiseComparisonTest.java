package org.nagumo.experiments.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;

/** Means and standard errors over trials whose factors are known: 1 for a spike that is hit, about 0 for one missed. */
class NoiseComparisonTest {

    /** One spike of one sample in 1000 ms. */
    private static Trace spike(int at) {
        double[] v = new double[1000];
        Arrays.fill(v, -65);
        v[at] = 30;
        return new Trace(new CurrentTrace(1, new double[v.length]), v, List.of(), new double[0][]);
    }

    private static Response response(Map<String, List<Trace>> noise) {
        return new Response("s", NeuronScale.MEMBRANE, -65, List.of(), Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, List.of(), 0, SpikeShape.mean(List.of()), new Traces(null, null, noise));
    }

    private static NoiseComparison compare(int[]... hits) {
        Map<String, List<Trace>> data = new LinkedHashMap<>();
        Map<String, List<Trace>> model = new LinkedHashMap<>();
        for (int kind = 0; kind < hits.length; kind++) {
            data.put("kind" + kind, Arrays.stream(hits[kind]).mapToObj(hit -> spike(500)).toList());
            model.put("kind" + kind, Arrays.stream(hits[kind]).mapToObj(hit -> spike(hit == 1 ? 500 : 100)).toList());
        }
        return NoiseComparison.of(response(data), response(model));
    }

    @Test
    void theStandardErrorIsThatOfAStratifiedMean() {
        // A missed spike has -2 delta r / (1 - 2 delta r), r = 1 / 1000 per ms.
        double miss = -0.004 / (1 - 0.004);
        NoiseComparison c = compare(new int[] {1, 1, 0, 0}, new int[] {1, 1, 1, 1});
        assertThat(c.coincidenceByKind().get("kind0")).isCloseTo((1 + miss) / 2, within(1e-12));
        assertThat(c.coincidenceByKind().get("kind1")).isCloseTo(1, within(1e-12));
        assertThat(c.coincidence()).isCloseTo((3 + miss) / 4, within(1e-12));
        double variance = (1 - miss) * (1 - miss) / 4 * 4 / 3;
        assertThat(c.coincidenceStandardError()).isCloseTo(Math.sqrt(variance / 4) / 2, within(1e-12));
        assertThat(compare(new int[] {1}).coincidenceStandardError()).isNaN();
    }

    @Test
    void distancesAreMeansOverSpikesAndTrials() {
        NoiseComparison c = compare(new int[] {1, 0}, new int[] {0, 1});
        // Two of four trials cost a deletion and an insertion.
        assertThat(c.victorPurpura()).isCloseTo(4.0 / 8, within(1e-12));
        assertThat(c.vanRossum()).isCloseTo(0.5, within(1e-12));
        assertThat(c.isiDistanceMs()).as("no intervals in either").isZero();
        assertThat(c.voltage().rmseMv()).isZero();
    }
}
