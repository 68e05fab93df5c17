package org.nagumo.experiments.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short training on the prediction of orbits. */
class PredictionTaskTest {

    @Test
    void twoUnitsLearnToPredictOrbitsAndASeedDecidesAll() {
        PredictionTask.Result result = PredictionTask.run(2, 1500, 1);
        // 2 x 2 + 2 into the first state, 1 x 6 + 2 x 6 + 6 + 2 in the layer, 2 x 2 + 2 out of it.
        assertThat(result.parameters()).isEqualTo(38);
        assertThat(result.spread()).isBetween(0.8, 1.5);
        assertThat(result.rmse()).isLessThan(0.4 * result.spread());
        assertThat(PredictionTask.run(2, 40, 1)).isEqualTo(PredictionTask.run(2, 40, 1))
                .isNotEqualTo(PredictionTask.run(2, 40, 2));
    }
}
