package org.nagumo.datagen.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step of times that were printed with few digits. */
class UniformTimesTest {

    private static UniformTimes times(double unitMs, int count, IntFunction<String> text) {
        UniformTimes times = new UniformTimes(unitMs);
        for (int k = 0; k < count; k++) {
            if (!add(times, text.apply(k))) {
                return null;
            }
        }
        return times;
    }

    private static boolean add(UniformTimes times, String text) {
        BigDecimal value = new BigDecimal(text);
        return times.add(value.doubleValue(), value.scale(), value.signum() == 0 ? 0 : value.precision());
    }

    @ParameterizedTest
    @CsvSource({"30000, 3, 1", "30000, 4, 1", "30000, 10, 1", "30000, 2, 1", "30000, 6, 1000", "30000, 13, 1000",
        "44100, 3, 1", "50000, 2, 1", "20000, 5, 1000", "16384, 5, 1", "1e4, 1, 1", "3000, 3, 1"})
    void decimalsAtAnyRateGiveTheStepItself(double rate, int decimals, double unitMs) {
        for (int count : new int[] {200, 50000}) {
            UniformTimes times = times(unitMs, count,
                    k -> String.format(Locale.ROOT, "%." + decimals + "f", k / rate * 1000 / unitMs));
            assertThat(times).as("%d times", count).isNotNull();
            double known = 1000 / rate;
            assertThat(times.stepMs()).isCloseTo(known, within(count > 1000 ? 1e-12 : known * 1e-3));
        }
    }

    @Test
    void secondsAndMillisecondsGiveTheSameStep() {
        UniformTimes seconds = times(1000, 3000, k -> String.format(Locale.ROOT, "%.6f", k / 30000.0));
        UniformTimes milliseconds = times(1, 3000, k -> String.format(Locale.ROOT, "%.10f", k / 30.0));
        assertThat(seconds.stepMs()).isEqualTo(milliseconds.stepMs()).isEqualTo(1 / 30.0);
    }

    @Test
    void significantDigitsAndStrippedZerosAndLateStartsPass() {
        UniformTimes significant = times(1, 60000, k -> new BigDecimal(k / 30.0).round(new MathContext(7))
                .stripTrailingZeros().toPlainString());
        assertThat(significant.stepMs()).isEqualTo(1 / 30.0);
        UniformTimes late = times(1, 5000, k -> BigDecimal.valueOf(10000 + k, 1).stripTrailingZeros().toPlainString());
        assertThat(late.stepMs()).isEqualTo(0.1);
        assertThat(late.startMs()).isEqualTo(1000);
        double[] sum = {-0.1};
        UniformTimes accumulated = times(1, 100_000, k -> Double.toString(sum[0] += 0.1));
        assertThat(accumulated.stepMs()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void aMissingSampleAJumpAndTimesThatStandStillAreFound() {
        assertThat(times(1, 1000, k -> Integer.toString(k < 500 ? k : k + 1))).isNull();
        assertThat(times(1, 1000, k -> String.format(Locale.ROOT, "%.3f", (k < 500 ? k : k + 1) / 30.0))).isNull();
        assertThat(times(1, 1000, k -> String.format(Locale.ROOT, "%.3f", k == 700 ? 0.004 + k * 0.1 : k * 0.1)))
                .isNull();
        assertThat(times(1, 10, k -> "3")).isNull();
        assertThat(times(1, 10, k -> Integer.toString(-k))).isNull();
        assertThat(times(1, 100, k -> Double.toString(k * k * 1e-3))).isNull();
    }
}
