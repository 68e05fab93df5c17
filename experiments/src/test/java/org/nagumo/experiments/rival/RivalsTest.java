package org.nagumo.experiments.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.datagen.unit.Unit;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.RecordedStimulus;
import org.nagumo.experiments.recording.RecordingScore;
import org.nagumo.experiments.recording.RecordedAnswers;
import org.nagumo.experiments.recording.Stretch;
import org.nagumo.experiments.spikes.SpikeCriterion;

/** Fits to data that the models made themselves. */
class RivalsTest {

    private static final double DT_MS = 0.1;
    private static final double[] EDGES = Kernel.edges(4, 1000, 10);
    private static final GifModel GIF = new GifModel(18, -62, 0.006, -55, 4,
            new Kernel(EDGES, new double[] {0.5, 0.3, 0.2, 0.1, 0.06, 0.03, 0.02, 0.01, 0, 0}), -48, 1.5,
            new Kernel(EDGES, new double[] {8, 6, 4, 2, 1, 1, 0.5, 0, 0, 0}), 30);
    private static final AdexModel ADEX = new AdexModel(15, -65, 0.006, 1.5, -50, 0.01, 120, 0.15, -58, 4, 30);

    private static double[] current(long seed, double ms) {
        double[] current = new double[(int) Math.round(ms / DT_MS)];
        new OrnsteinUhlenbeck(180, 220, 3).addTo(current, DT_MS, new SplittableRandom(seed));
        return current;
    }

    private static RecordedStimulus stimulus(double[] current, double[]... answers) {
        return new RecordedStimulus(DT_MS, 0, current, 0, answers,
                List.of(new Stretch(Role.TRAIN, 0, current.length)));
    }

    private static RecordedCell cell(List<RecordedStimulus> stimuli) {
        return new RecordedCell("made", DT_MS, Unit.named("pA").orElseThrow(), stimuli, "0".repeat(64));
    }

    @Test
    void theFitFindsTheGeneralizedNeuronThatMadeTheData() {
        List<RecordedStimulus> stimuli = new ArrayList<>();
        int spikes = 0;
        for (int k = 0; k < 6; k++) {
            double[] current = current(k, 20_000);
            double[] answer = GIF.simulate(current, DT_MS, 0, new SplittableRandom(50 + k));
            stimuli.add(stimulus(current, answer));
            for (double v : answer) {
                spikes += v == 30 ? 1 : 0;
            }
        }
        assertThat(spikes).isBetween(600, 4000);
        GifModel found = GifFit.of(cell(stimuli), Role.TRAIN, SpikeCriterion.MEMBRANE);
        // The potential has no noise: what the regression finds is exact but for its windows of 0.5 ms.
        assertThat(found.tauMs()).isCloseTo(GIF.tauMs(), within(0.2));
        assertThat(found.restMv()).isCloseTo(GIF.restMv(), within(0.2));
        assertThat(found.perCurrent()).isCloseTo(GIF.perCurrent(), within(5e-5));
        assertThat(found.resetMv()).isCloseTo(GIF.resetMv(), within(0.1));
        for (int k = 0; k < EDGES.length - 1; k++) {
            assertThat(found.eta().values()[k]).isCloseTo(GIF.eta().values()[k], within(0.02));
        }
        // The number of spikes limits how well the threshold is known.
        assertThat(found.widthMv()).isCloseTo(GIF.widthMv(), within(0.15));
        assertThat(found.thresholdMv()).isCloseTo(GIF.thresholdMv(), within(0.6));
        for (int k = 2; k < 7; k++) {
            assertThat(found.gamma().values()[k]).isCloseTo(GIF.gamma().values()[k], within(0.8));
        }
    }

    @Test
    void theFitPredictsTheSpikesOfTheAdaptiveExponentialNeuron() {
        double[] current = current(1, 4000);
        RecordedCell made = cell(List.of(stimulus(current, ADEX.simulate(current, DT_MS, 0))));
        GifModel gif = GifFit.of(made, Role.TRAIN, SpikeCriterion.MEMBRANE);
        AdexModel found = AdexFit.of(made, Role.TRAIN, SpikeCriterion.MEMBRANE, gif);
        double[] fresh = current(2, 4000);
        RecordedCell other = cell(List.of(stimulus(fresh, ADEX.simulate(fresh, DT_MS, 0))));
        RecordingScore score = new RecordedAnswers(other, Role.TRAIN, SpikeCriterion.MEMBRANE)
                .score(found::answers);
        assertThat(score.cellSpikes()).isGreaterThan(15);
        assertThat(score.coincidence()[1]).isGreaterThan(0.9);
    }

    @Test
    void tooFewSpikesAreRefused() {
        double[] current = new double[20_000];
        assertThatThrownBy(() -> GifFit.of(cell(List.of(stimulus(current, ADEX.simulate(current, DT_MS, 0)))),
                Role.TRAIN, SpikeCriterion.MEMBRANE)).isInstanceOf(InputException.class)
                .hasMessageContaining("0 spikes");
    }

    @Test
    void aKernelCountsTheSpikesThatEachPartSees() {
        short[][] counts = Kernel.counts(new int[] {2, 5}, 12, new int[] {1, 4, 6});
        assertThat(counts[0]).containsExactly(new short[] {0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0});
        assertThat(counts[1]).containsExactly(new short[] {0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0});
        double[] course = new double[12];
        Kernel kernel = new Kernel(new double[] {0.1, 0.4, 0.6}, new double[] {2, 3});
        kernel.addTo(course, 2, DT_MS);
        kernel.addTo(course, 5, DT_MS);
        for (int i = 0; i < course.length; i++) {
            assertThat(course[i]).isEqualTo(2 * counts[0][i] + 3 * counts[1][i]);
        }
    }
}
