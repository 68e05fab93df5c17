package org.nagumo.datagen.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units are found by the texts that files hold, and convert exactly. */
class UnitTest {

    @ParameterizedTest
    @CsvSource({"mV, mV, POTENTIAL", "volts, V, POTENTIAL", "Volt, V, POTENTIAL", "\u00b5V, uV, POTENTIAL",
        "pA, pA, CURRENT", "amperes, A, CURRENT", "\u03bcA, uA, CURRENT", " nA , nA, CURRENT",
        "uA/cm2, uA/cm2, CURRENT_DENSITY", "uA_per_cm2, uA/cm2, CURRENT_DENSITY",
        "\u00b5A/cm\u00b2, uA/cm2, CURRENT_DENSITY", "A/m^2, A/m2, CURRENT_DENSITY", "s, s, TIME", "msec, ms, TIME"})
    void textsNameUnits(String text, String symbol, Quantity quantity) {
        assertThat(Unit.named(text)).hasValueSatisfying(unit -> {
            assertThat(unit.symbol()).isEqualTo(symbol);
            assertThat(unit.quantity()).isEqualTo(quantity);
            assertThat(Unit.named(unit.inName())).hasValue(unit);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MV", "pa", "PA", "furlong", "m", "mA/cm", "1"})
    void otherTextsDoNot(String text) {
        assertThat(Unit.named(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A, pA, 1e12", "nA, pA, 1000", "pA, nA, 0.001", "V, mV, 1000", "A/m2, uA/cm2, 100",
        "pA/um2, uA/cm2, 100", "mA/cm2, uA/cm2, 1000", "s, ms, 1000"})
    void conversionIsExact(String from, String to, double factor) {
        assertThat(Unit.named(from).orElseThrow().in(Unit.named(to).orElseThrow())).isEqualTo(factor);
    }

    @Test
    void aCurrentIsNoDensity() {
        assertThatThrownBy(() -> Unit.named("pA").orElseThrow().in(Unit.UA_PER_CM2))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("pA measures a current; allowed:"
                        + " units of a current density, [uA/cm2,");
    }
}
