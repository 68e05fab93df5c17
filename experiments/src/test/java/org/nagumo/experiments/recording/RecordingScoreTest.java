package org.nagumo.experiments.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.unit.Unit;
import org.nagumo.experiments.spikes.Coincidence;
import org.nagumo.experiments.spikes.SpikeCriterion;

class RecordingScoreTest {

    private static final double DT_MS = 0.5;
    private static final int LENGTH = 2000;

    /** A potential with spikes of a height at these samples. */
    private static double[] potential(double level, double peak, int... spikes) {
        double[] v = new double[LENGTH];
        Arrays.fill(v, level);
        for (int spike : spikes) {
            v[spike] = peak;
        }
        return v;
    }

    private static RecordedCell cell(double[]... repetitions) {
        return new RecordedCell("made", DT_MS, Unit.UA_PER_CM2, List.of(new RecordedStimulus(DT_MS, 0,
                new double[LENGTH], 0, repetitions, List.of(new Stretch(Role.TRAIN, 0, LENGTH)))), "0".repeat(64));
    }

    private static RecordingScore score(RecordedCell cell, double[] model) {
        return new RecordedAnswers(cell, Role.TRAIN, SpikeCriterion.MEMBRANE).score(stimulus -> List.of(model));
    }

    @Test
    void reliabilityIsTheMeanOverAllPairs() {
        RecordingScore score = score(cell(potential(-60, 30, 200, 600, 1000), potential(-60, 30, 206, 600, 1400)),
                potential(-60, 30, 200, 600, 1000));
        double[] first = {100, 300, 500};
        double[] second = {103, 300, 700};
        assertThat(score.reliability()[0]).isCloseTo(Coincidence.factor(first, second, 1000, 2), within(1e-12));
        assertThat(score.reliability()[1]).isCloseTo(Coincidence.factor(first, second, 1000, 4), within(1e-12))
                .isGreaterThan(score.reliability()[0]);
        assertThat(score.coincidence()[0]).isCloseTo((1 + Coincidence.factor(second, first, 1000, 2)) / 2,
                within(1e-12));
        assertThat(score.overReliability()[0])
                .isCloseTo(score.coincidence()[0] / score.reliability()[0], within(1e-12));
    }

    @Test
    void potentialsAreComparedBetweenSpikesAndPeaksByTheirMean() {
        double[] wave = potential(0, 0);
        for (int i = 0; i < LENGTH; i++) {
            wave[i] = -60 + 2 * Math.sin(2 * Math.PI * i / 100);
        }
        double[] cell = wave.clone();
        cell[700] = 30;
        double[] model = wave.clone();
        for (int i = 0; i < LENGTH; i++) {
            model[i] += 1;
        }
        model[700] = 22;
        RecordingScore score = score(cell(cell), model);
        assertThat(score.rmseMv()).isCloseTo(1, within(1e-9));
        // The variance of a sine of amplitude 2 is 2.
        assertThat(score.explained()).isCloseTo(0.5, within(0.01));
        assertThat(score.peakErrorMv()).isCloseTo(-8, within(1e-9));
        assertThat(score.reliability()[0]).isNaN();
        assertThat(score.cellRmseMv()).isNaN();
        assertThat(score.coincidence()[0]).isEqualTo(1);
    }

    @Test
    void theCellsOwnErrorIsThatOfEachRepetitionFromTheMeanOfTheOthers() {
        RecordingScore score = score(cell(potential(-60, 0), potential(-61, 0), potential(-62, 0)), potential(-61, 0));
        assertThat(score.cellRmseMv()).isCloseTo(Math.sqrt(2 * 1.5 * 1.5 / 3), within(1e-9));
        assertThat(score.coincidence()[0]).as("without spikes of the cell").isNaN();
    }

    @Test
    void aRandomModelIsScoredByTheMeanOfItsAnswers() {
        RecordedCell cell = cell(potential(-60, 30, 200, 600));
        RecordingScore both = new RecordedAnswers(cell, Role.TRAIN, SpikeCriterion.MEMBRANE)
                .score(stimulus -> List.of(potential(-60, 30, 200, 600), potential(-60, 30, 200)));
        assertThat(both.coincidence()[0]).isCloseTo((1 + score(cell, potential(-60, 30, 200)).coincidence()[0]) / 2,
                within(1e-12));
        assertThat(both.spikes()).isEqualTo(1.5);
    }
}
