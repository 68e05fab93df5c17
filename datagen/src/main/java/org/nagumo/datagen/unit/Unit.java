package org.nagumo.datagen.unit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A unit of measurement.
 *
 * @param symbol   the usual ASCII symbol, such as {@code pA} or {@code uA/cm2}
 * @param quantity what the unit measures
 * @param factor   size of this unit in the unit in which its quantity is counted: ms, mV, pA or uA/cm2
 */
public record Unit(String symbol, Quantity quantity, double factor) {

    /** Milliseconds. */
    public static final Unit MS = new Unit("ms", Quantity.TIME, 1);

    /** Millivolts. */
    public static final Unit MV = new Unit("mV", Quantity.POTENTIAL, 1);

    /** Microamperes per square centimetre. */
    public static final Unit UA_PER_CM2 = new Unit("uA/cm2", Quantity.CURRENT_DENSITY, 1);

    private static final List<Unit> ALL = List.of(
            new Unit("s", Quantity.TIME, 1e3), MS, new Unit("us", Quantity.TIME, 1e-3),
            new Unit("V", Quantity.POTENTIAL, 1e3), MV, new Unit("uV", Quantity.POTENTIAL, 1e-3),
            new Unit("A", Quantity.CURRENT, 1e12), new Unit("mA", Quantity.CURRENT, 1e9),
            new Unit("uA", Quantity.CURRENT, 1e6), new Unit("nA", Quantity.CURRENT, 1e3),
            new Unit("pA", Quantity.CURRENT, 1), new Unit("fA", Quantity.CURRENT, 1e-3),
            UA_PER_CM2, new Unit("nA/cm2", Quantity.CURRENT_DENSITY, 1e-3),
            new Unit("mA/cm2", Quantity.CURRENT_DENSITY, 1e3), new Unit("A/m2", Quantity.CURRENT_DENSITY, 100),
            new Unit("pA/um2", Quantity.CURRENT_DENSITY, 100));

    /** Full names, which differ from the symbols in more than their case. */
    private static final List<List<String>> NAMES = List.of(
            List.of("s", "sec", "secs", "second", "seconds"),
            List.of("ms", "msec", "msecs", "millisecond", "milliseconds"),
            List.of("us", "usec", "microsecond", "microseconds"),
            List.of("V", "volt", "volts"), List.of("mV", "millivolt", "millivolts"),
            List.of("uV", "microvolt", "microvolts"),
            List.of("A", "amp", "amps", "ampere", "amperes"),
            List.of("mA", "milliamp", "milliamps", "milliampere", "milliamperes"),
            List.of("uA", "microamp", "microamps", "microampere", "microamperes"),
            List.of("nA", "nanoamp", "nanoamps", "nanoampere", "nanoamperes"),
            List.of("pA", "picoamp", "picoamps", "picoampere", "picoamperes"));

    public Unit {
        if (symbol.isEmpty() || !(factor > 0)) {
            throw new IllegalArgumentException("unit '" + symbol + "' has factor " + factor
                    + "; allowed: a symbol and a positive factor");
        }
    }

    /**
     * The unit that a text names: a symbol ({@code pA}, {@code uA/cm2}), the same with a Greek mu or a raised two, as
     * part of a column name ({@code uA_per_cm2}), or an English name ({@code amperes}). Symbols are compared with
     * their case, since m and M are different prefixes; blanks around the text are ignored.
     *
     * @param text text of the unit
     * @return the unit, or nothing when the text names none
     */
    public static Optional<Unit> named(String text) {
        String plain = text.strip().replace('\u00b5', 'u').replace('\u03bc', 'u').replace("\u00b2", "2")
                .replace("^2", "2").replace("_per_", "/").replace(" ", "");
        Optional<Unit> bySymbol = with(unit -> unit.symbol.equals(plain));
        if (bySymbol.isPresent()) {
            return bySymbol;
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        return NAMES.stream().filter(names -> names.subList(1, names.size()).contains(lower)).findFirst()
                .flatMap(names -> with(unit -> unit.symbol.equals(names.get(0))));
    }

    private static Optional<Unit> with(Predicate<Unit> condition) {
        return ALL.stream().filter(condition).findFirst();
    }

    /**
     * Symbols of all units of a quantity.
     *
     * @param quantity the quantity
     * @return the symbols, the largest unit first
     */
    public static List<String> symbols(Quantity quantity) {
        return ALL.stream().filter(unit -> unit.quantity == quantity).map(Unit::symbol).toList();
    }

    /**
     * The symbol as part of a column name: {@code uA_per_cm2} for uA/cm2.
     *
     * @return a text of letters, digits and underscores
     */
    public String inName() {
        return symbol.replace("/", "_per_");
    }

    /**
     * The factor that converts values in this unit to another unit of the same quantity.
     *
     * @param other the unit to convert to
     * @return size of this unit in the other
     * @throws IllegalArgumentException when the units measure different quantities
     */
    public double in(Unit other) {
        if (quantity != other.quantity) {
            throw new IllegalArgumentException(symbol + " measures " + quantity.label() + "; allowed: units of "
                    + other.quantity.label() + ", " + symbols(other.quantity));
        }
        return factor / other.factor;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
