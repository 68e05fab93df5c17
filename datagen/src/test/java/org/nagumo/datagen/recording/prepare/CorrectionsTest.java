package org.nagumo.datagen.recording.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The simple steps of the preparation. */
class CorrectionsTest {

    private final Made potential = new Made(0.1, -60, -50, 20);
    private final Made current = new Made(0.1, 0, 100, -200);

    @Test
    void seriesResistanceTimesCurrentIsTakenOff() {
        // 20 MOhm times 0.1 nA = 2 mV.
        assertThat(new SeriesResistance(potential, current, 20).samples()).containsExactly(-60, -52, 24);
    }

    @Test
    void theJunctionPotentialIsTakenOff() {
        assertThat(new JunctionPotential(potential, 14).samples()).containsExactly(-74, -64, 6);
    }

    @Test
    void unitsAreConvertedAndAHoldingCurrentIsAdded() {
        assertThat(new Scaled(current, 1e-3, -0.5).samples()).containsExactly(-0.5, -0.4, -0.7);
    }

    @Test
    void stepsCompose() {
        Cut cut = new Cut(new JunctionPotential(new SeriesResistance(potential, current, 20), 10), 1, 2);
        assertThat(cut.length()).isEqualTo(2);
        assertThat(cut.samples()).containsExactly(-62, 14);
        assertThatThrownBy(() -> new Cut(potential, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new SeriesResistance(potential, new Made(0.2, 0, 0, 0), 1))
                .hasMessageContaining("the current has a step of 0.2 ms; allowed: that of the potential, 0.1 ms");
    }
}
