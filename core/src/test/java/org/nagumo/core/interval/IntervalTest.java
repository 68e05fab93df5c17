package org.nagumo.core.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;
import org.junit.jupiter.api.Test;

/** Every operation contains the exact results of all numbers in its operands, and not much more. */
class IntervalTest {

    private static final DfpField FIFTY_DIGITS = new DfpField(50);

    private final SplittableRandom random = new SplittableRandom(1);

    private Interval interval(double scale) {
        double a = random.nextDouble(-scale, scale);
        double b = random.nextInt(3) == 0 ? a : random.nextDouble(-scale, scale);
        return new Interval(Math.min(a, b), Math.max(a, b));
    }

    private double in(Interval x) {
        return switch (random.nextInt(4)) {
            case 0 -> x.low();
            case 1 -> x.high();
            default -> x.width() == 0 ? x.low() : random.nextDouble(x.low(), x.high());
        };
    }

    private void binary(BinaryOperator<Interval> ours, BinaryOperator<BigDecimal> exact, boolean division) {
        for (int round = 0; round < 20_000; round++) {
            Interval a = interval(10);
            Interval b = interval(10);
            if (division && b.contains(0)) {
                continue;
            }
            Interval result = ours.apply(a, b);
            BigDecimal value = exact.apply(new BigDecimal(in(a)), new BigDecimal(in(b)));
            assertThat(new BigDecimal(result.low())).isLessThanOrEqualTo(value);
            assertThat(new BigDecimal(result.high())).isGreaterThanOrEqualTo(value);
            if (a.width() == 0 && b.width() == 0) {
                assertThat(result.width()).isLessThan(1e-15 * (1 + result.magnitude()));
            }
        }
    }

    @Test
    void arithmeticAgainstExactNumbers() {
        binary(Interval::plus, BigDecimal::add, false);
        binary(Interval::minus, BigDecimal::subtract, false);
        binary(Interval::times, BigDecimal::multiply, false);
        binary(Interval::over, (a, b) -> a.divide(b, new MathContext(60)), true);
        binary((a, b) -> a.square(), (a, b) -> a.multiply(a), false);
    }

    private void unary(UnaryOperator<Interval> ours, UnaryOperator<Dfp> exact, double scale, double tight) {
        for (int round = 0; round < 4000; round++) {
            Interval a = interval(round % 2 == 0 ? scale : 0.2);
            Interval result = ours.apply(a);
            Dfp value = exact.apply(FIFTY_DIGITS.newDfp(in(a)));
            assertThat(FIFTY_DIGITS.newDfp(result.low()).greaterThan(value)).as("%s of %s", value, a).isFalse();
            assertThat(FIFTY_DIGITS.newDfp(result.high()).lessThan(value)).as("%s of %s", value, a).isFalse();
            if (a.width() == 0) {
                assertThat(result.width()).isLessThan(tight * (1 + result.magnitude()));
            }
        }
    }

    private static Dfp sigmoid(Dfp x) {
        return DfpMath.exp(x.negate()).add(1).reciprocal();
    }

    private static Dfp linoid(Dfp x) {
        return x.isZero() ? x.getOne() : x.divide(x.getOne().subtract(DfpMath.exp(x.negate())));
    }

    /** By the quotient rule, in fifty digits, which bear the cancellation near zero. */
    private static Dfp linoidSlope(Dfp x) {
        if (x.isZero()) {
            return x.getOne().divide(2);
        }
        Dfp e = DfpMath.exp(x.negate());
        Dfp q = x.getOne().subtract(e);
        return q.subtract(x.multiply(e)).divide(q.multiply(q));
    }

    @Test
    void functionsAgainstFiftyDigits() {
        unary(Interval::exp, DfpMath::exp, 30, 1e-14);
        unary(Interval::tanh, x -> sigmoid(x.multiply(2)).multiply(2).subtract(1), 8, 1e-14);
        unary(Interval::sigmoid, IntervalTest::sigmoid, 30, 1e-14);
        unary(Interval::linoid, IntervalTest::linoid, 30, 1e-14);
        unary(Interval::linoidSlope, IntervalTest::linoidSlope, 30, 1e-12);
    }

    /** A function on a part of the line, compared at numbers of the interval. */
    private void partial(UnaryOperator<Interval> ours, UnaryOperator<Dfp> exact, double from, double to) {
        for (int round = 0; round < 400; round++) {
            double a = random.nextDouble(from, to);
            double b = round % 3 == 0 ? a : random.nextDouble(from, to);
            Interval x = new Interval(Math.min(a, b), Math.max(a, b));
            Interval result = ours.apply(x);
            Dfp value = exact.apply(FIFTY_DIGITS.newDfp(in(x)));
            assertThat(FIFTY_DIGITS.newDfp(result.low()).greaterThan(value)).as("%s of %s", value, x).isFalse();
            assertThat(FIFTY_DIGITS.newDfp(result.high()).lessThan(value)).as("%s of %s", value, x).isFalse();
            if (x.width() == 0) {
                assertThat(result.width()).as("%s of %s", value, x).isLessThan(1e-10 * (1 + result.magnitude()));
            }
        }
    }

    @Test
    void furtherFunctionsAgainstFiftyDigits() {
        partial(Interval::log, DfpMath::log, 1e-9, 50);
        partial(Interval::log10, x -> DfpMath.log(x).divide(DfpMath.log(x.newInstance(10))), 1e-9, 50);
        partial(Interval::sqrt, Dfp::sqrt, 0, 50);
        partial(Interval::abs, Dfp::abs, -3, 3);
        partial(Interval::sin, DfpMath::sin, -9, 9);
        partial(Interval::cos, DfpMath::cos, -9, 9);
        partial(Interval::tan, DfpMath::tan, -1.57, 1.57);
        partial(Interval::asin, DfpMath::asin, -0.999, 0.999);
        partial(Interval::acos, DfpMath::acos, -0.999, 0.999);
        partial(Interval::atan, DfpMath::atan, -50, 50);
        partial(Interval::sinh, x -> DfpMath.exp(x).subtract(DfpMath.exp(x.negate())).divide(2), -9, 9);
        partial(Interval::cosh, x -> DfpMath.exp(x).add(DfpMath.exp(x.negate())).divide(2), -9, 9);
        partial(Interval::sigmoidSlope, x -> sigmoid(x).multiply(sigmoid(x.negate())), -30, 30);
        partial(Interval::linoidCurvature, IntervalTest::linoidCurvature, -20, 20);
        partial(Interval::linoidCurvature, IntervalTest::linoidCurvature, -0.4, 0.4);
        partial(x -> x.power(3), x -> x.multiply(x).multiply(x), -5, 5);
        partial(x -> x.power(4), x -> DfpMath.pow(x, 4), -5, 5);
        partial(x -> x.power(-3), x -> DfpMath.pow(x, 3).reciprocal(), 0.01, 5);
        partial(x -> x.power(Interval.of(1.5)), x ->
                DfpMath.exp(DfpMath.log(x).multiply(x.newInstance(1.5))), 1e-6, 9);
        partial(x -> x.power(Interval.of(-0.25)), x -> DfpMath.exp(DfpMath.log(x).multiply(x.newInstance(-0.25))),
                1e-6, 9);
        partial(x -> Interval.of(2.5).power(x), x -> DfpMath.exp(DfpMath.log(x.newInstance(2.5)).multiply(x)), -5, 5);
    }

    private static Dfp linoidCurvature(Dfp x) {
        Dfp q = DfpMath.exp(x.negate());
        Dfp d = x.getOne().subtract(q);
        return x.isZero() ? x.getOne().divide(6)
                : q.multiply(x.multiply(q.add(1)).subtract(d.multiply(2))).divide(d.multiply(d).multiply(d));
    }

    @Test
    void extremaAndPolesWithinAnInterval() {
        assertThat(new Interval(1, 2).sin().high()).isEqualTo(1);
        assertThat(new Interval(3, 6.5).cos().contains(new Interval(-1, 0.99))).isTrue();
        assertThat(new Interval(3, 6.5).cos()).isEqualTo(new Interval(-1, 1));
        assertThat(new Interval(-100, 100).sin()).isEqualTo(new Interval(-1, 1));
        assertThat(new Interval(1.5, 1.6).tan()).isEqualTo(Interval.ALL);
        assertThat(new Interval(-2, -1).log()).isEqualTo(Interval.ALL);
        assertThat(new Interval(-1, 1).log().low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(new Interval(-1, 4).sqrt().contains(new Interval(0, 2))).isTrue();
        assertThat(new Interval(-1, 2).power(-2)).isEqualTo(Interval.ALL);
        assertThat(new Interval(-1, 2).power(Interval.of(-0.5))).isEqualTo(Interval.ALL);
        assertThat(new Interval(-3, 2).power(2).contains(new Interval(0, 9))).isTrue();
        assertThat(new Interval(-1, 1).atan2(new Interval(-2, -1)).contains(new Interval(-Math.PI, Math.PI))).isTrue();
        assertThat(new Interval(1, 2).atan2(new Interval(-1, 1)).contains(Math.PI / 2)).isTrue();
        assertThat(new Interval(-2.5, 1.5).floor()).isEqualTo(new Interval(-3, 1));
        assertThat(Interval.ALL.linoidCurvature().contains(new Interval(0, 1.0 / 6))).isTrue();
    }

    @Test
    void zeroAddsAndMultipliesExactly() {
        Interval x = new Interval(0.1, 0.3);
        assertThat(x.plus(Interval.ZERO)).isEqualTo(x);
        assertThat(Interval.ALL.times(Interval.ZERO)).isEqualTo(Interval.ZERO);
    }

    private static Interval sigmoidSlope(Interval x) {
        return Jet.variables(new Interval[] {x})[0].sigmoid().derivative(0);
    }

    @Test
    void theSlopeOfASigmoidAgainstFiftyDigitsAndNarrowInSaturation() {
        unary(IntervalTest::sigmoidSlope, x -> sigmoid(x).multiply(sigmoid(x.negate())), 30, 1e-14);
        for (double x : new double[] {-300, -60, 60, 300}) {
            Interval slope = sigmoidSlope(Interval.of(x));
            assertThat(slope.low()).isPositive();
            assertThat(slope.width()).isLessThan(1e-13 * slope.low());
        }
    }

    @Test
    void whatIsNotKnownIsEverything() {
        assertThat(Interval.ONE.over(new Interval(-1, 1))).isEqualTo(Interval.ALL);
        assertThat(Interval.ALL.minus(Interval.ALL)).isEqualTo(Interval.ALL);
        assertThat(Interval.ALL.times(Interval.ZERO).magnitude()).isLessThan(1e-300);
        assertThat(Interval.ALL.sigmoid()).isEqualTo(new Interval(0, 1));
        assertThat(Interval.ALL.tanh()).isEqualTo(new Interval(-1, 1));
        assertThat(Interval.ALL.linoid().contains(new Interval(0, 1e300))).isTrue();
        assertThat(Interval.ALL.linoidSlope().contains(new Interval(0, 1))).isTrue();
        assertThat(Interval.of(-2000).exp().low()).isZero();
        assertThat(Interval.of(2000).exp().high()).isInfinite();
    }

    @Test
    void endsThatDoNotMakeAnIntervalAreRefused() {
        assertThatThrownBy(() -> new Interval(1, 0)).hasMessage("interval is [1.0, 0.0]; allowed: low <= high");
        assertThatThrownBy(() -> Interval.of(Double.NaN)).hasMessageContaining("NaN");
    }
}
