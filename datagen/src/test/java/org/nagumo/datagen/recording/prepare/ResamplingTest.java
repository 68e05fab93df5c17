package org.nagumo.datagen.recording.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.recording.Signal;

/** Resampling is held to the functions that were sampled. */
class ResamplingTest {

    private static Signal sine(double hz, double stepMs, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, k -> Math.sin(2 * Math.PI * hz / 1000 * k * stepMs + 0.3));
        return new Made(stepMs, values);
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.1", "0.02, 0.05", "0.05, 0.07", "0.0226757369614512, 0.1", "0.033333333333333333, 0.1",
        "0.1, 0.02", "0.1, 0.0314159", "0.02, 0.0999999"})
    void whatBothStepsCarryRemainsWithoutDelay(double from, double to) {
        double nyquist = 500 / Math.max(from, to);
        for (double part : new double[] {0.01, 0.2, 0.55}) {
            double hz = part * nyquist;
            Signal resampled = ResampledPotential.of(sine(hz, from, 5000), to);
            double[] values = resampled.samples();
            int edge = 20 + (int) (10 * Math.max(1, from / to));
            for (int k = edge; k < values.length - edge; k++) {
                assertThat(values[k]).isCloseTo(Math.sin(2 * Math.PI * hz / 1000 * k * to + 0.3), within(2e-3));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.1", "0.0226757369614512, 0.1", "0.05, 0.07"})
    void whatTheNewStepCannotCarryIsTakenOut(double from, double to) {
        for (double part : new double[] {1.0, 1.2, 1.39}) {
            double hz = part * 500 / to;
            if (hz < 500 / from) {
                double[] values = ResampledPotential.of(sine(hz, from, 5000), to).samples();
                for (int k = 20; k < values.length - 20; k++) {
                    assertThat(values[k]).as("%f Hz", hz).isCloseTo(0, within(1.2e-3));
                }
            }
        }
    }

    @Test
    void aConstantAndASlopeRemainToTheirEnds() {
        double[] constant = new double[777];
        double[] slope = new double[777];
        Arrays.fill(constant, -65.25);
        Arrays.setAll(slope, k -> 0.5 * k - 3);
        for (double to : new double[] {0.1, 0.03, 0.0271828, 0.005}) {
            for (double v : ResampledPotential.of(new Made(0.02, constant), to).samples()) {
                assertThat(v).isCloseTo(-65.25, within(1e-12));
            }
            double[] line = ResampledPotential.of(new Made(0.02, slope), to).samples();
            for (int k = 0; k < line.length; k++) {
                assertThat(line[k]).isCloseTo(0.5 * k * to / 0.02 - 3, within(1e-3 + to));
            }
        }
    }

    @Test
    void aShorterStepGoesThroughTheSamples() {
        double[] random = new SplittableRandom(2).doubles(500).toArray();
        double[] fine = ResampledPotential.of(new Made(0.1, random), 0.025).samples();
        for (int k = 0; k < 499; k++) {
            assertThat(fine[4 * k]).isCloseTo(random[k], within(1e-14));
        }
    }

    @Test
    void theSameStepChangesNothing() {
        Signal input = sine(10, 0.1, 50);
        assertThat(ResampledPotential.of(input, 0.1)).isSameAs(input);
        assertThat(AveragedCurrent.of(input, 0.1 * (1 + 1e-12))).isSameAs(input);
    }

    @Test
    void partsAreEqualToTheWhole() {
        Signal potential = ResampledPotential.of(sine(700, 0.0226757369614512, 9000), 0.1);
        Signal current = AveragedCurrent.of(sine(700, 0.0226757369614512, 9000), 0.1);
        for (Signal signal : new Signal[] {potential, current}) {
            double[] whole = signal.samples();
            double[] parts = new double[whole.length];
            for (int from = 0; from < parts.length; from += 131) {
                signal.read(from, Math.min(131, parts.length - from), parts, from);
            }
            assertThat(parts).containsExactly(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.1", "0.05, 0.07", "0.1, 0.03", "0.0226757369614512, 0.1", "0.1, 0.25"})
    void theChargeOfTheHeldCurrentIsKept(double from, double to) {
        double[] values = new SplittableRandom(3).doubles(2000, -100, 100).toArray();
        double[] integral = new double[values.length + 1];
        for (int k = 0; k < values.length; k++) {
            integral[k + 1] = integral[k] + values[k];
        }
        double[] averaged = AveragedCurrent.of(new Made(from, values), to).samples();
        assertThat(averaged.length).isEqualTo((int) Math.min(Math.floor(2000 * from / to + 1e-9),
                Math.floor(1999 * from / to + 1e-9) + 1));
        double sum = 0;
        for (int k = 0; k < averaged.length; k++) {
            sum += averaged[k] * to;
            double end = (k + 1) * to / from;
            int whole = Math.min(1999, (int) Math.floor(end));
            assertThat(sum).isCloseTo((integral[whole] + (end - whole) * values[whole]) * from, within(1e-6));
        }
    }
}
