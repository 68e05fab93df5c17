package org.nagumo.core.interval;

import java.util.Arrays;

/**
 * The values that an expression takes over a box, and those of its derivatives: automatic differentiation in the
 * forward direction, over intervals.
 */
public final class Jet {

    private final Interval value;
    private final Interval[] gradient;

    private Jet(Interval value, Interval[] gradient) {
        this.value = value;
        this.gradient = gradient;
    }

    /** The variables of a box, each with derivative 1 by itself. */
    public static Jet[] variables(Interval[] box) {
        Jet[] variables = new Jet[box.length];
        for (int i = 0; i < box.length; i++) {
            Interval[] gradient = zeros(box.length);
            gradient[i] = Interval.ONE;
            variables[i] = new Jet(box[i], gradient);
        }
        return variables;
    }

    private static Interval[] zeros(int count) {
        Interval[] zeros = new Interval[count];
        Arrays.fill(zeros, Interval.ZERO);
        return zeros;
    }

    /** The values over the box. */
    public Interval value() {
        return value;
    }

    /** The values of the derivative by a variable. */
    public Interval derivative(int variable) {
        return gradient[variable];
    }

    /** A number in an expression with this one. */
    public Jet constant(double number) {
        return new Jet(Interval.of(number), zeros(gradient.length));
    }

    /**
     * A quantity that does not depend on the variables, in an expression with this one.
     *
     * @param values its values
     * @return the quantity, with derivative 0
     */
    public Jet constant(Interval values) {
        return new Jet(values, zeros(gradient.length));
    }

    /**
     * The same derivatives with values that are known better.
     *
     * @param values an enclosure of the values; it must meet the one here
     * @return this with the intersection of both enclosures
     */
    public Jet within(Interval values) {
        return new Jet(value.intersect(values), gradient);
    }

    /**
     * A function of this quantity.
     *
     * @param values the function's values over the values of this quantity
     * @param slope  the values of its derivative there
     * @return the function with its derivatives by the chain rule
     */
    public Jet map(Interval values, Interval slope) {
        return chain(values, slope);
    }

    /** The quotient; everything if the divisor contains 0. */
    public Jet over(Jet o) {
        Interval quotient = value.over(o.value);
        Interval[] result = new Interval[gradient.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = gradient[i].minus(o.gradient[i].times(quotient)).over(o.value);
        }
        return new Jet(quotient, result);
    }

    /**
     * One of two quantities where it is not known which: the values and derivatives of both.
     *
     * @param o     the other quantity
     * @param jumps whether the values may jump from one to the other; the derivatives are unbounded then
     * @return the enclosure of both
     */
    public Jet hull(Jet o, boolean jumps) {
        Interval[] result = new Interval[gradient.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = jumps ? Interval.ALL : gradient[i].hull(o.gradient[i]);
        }
        return new Jet(value.hull(o.value), result);
    }

    private Jet chain(Interval newValue, Interval slope) {
        Interval[] result = new Interval[gradient.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = gradient[i].times(slope);
        }
        return new Jet(newValue, result);
    }

    public Jet plus(Jet o) {
        Interval[] result = new Interval[gradient.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = gradient[i].plus(o.gradient[i]);
        }
        return new Jet(value.plus(o.value), result);
    }

    public Jet plus(double number) {
        return new Jet(value.plus(Interval.of(number)), gradient);
    }

    public Jet minus(Jet o) {
        return plus(o.times(-1));
    }

    public Jet times(Jet o) {
        Interval[] result = new Interval[gradient.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = gradient[i].times(o.value).plus(o.gradient[i].times(value));
        }
        return new Jet(value.times(o.value), result);
    }

    public Jet times(double factor) {
        return chain(value.times(factor), Interval.of(factor));
    }

    public Jet over(double divisor) {
        Interval inverse = Interval.ONE.over(Interval.of(divisor));
        return chain(value.times(inverse), inverse);
    }

    public Jet square() {
        return chain(value.square(), value.times(2));
    }

    public Jet reciprocal() {
        Interval inverse = Interval.ONE.over(value);
        return chain(inverse, inverse.square().negate());
    }

    public Jet exp() {
        Interval e = value.exp();
        return chain(e, e);
    }

    public Jet tanh() {
        Interval t = value.tanh();
        return chain(t, unitPart(Interval.ONE.minus(t.square())));
    }

    /** 1 / (1 + e^-x). */
    public Jet sigmoid() {
        Interval s = value.sigmoid();
        // s (1 - s) = 1/4 - (s - 1/2)^2, where s occurs once; in saturation, where that drowns in rounding,
        // sigma(x) sigma(-x).
        Interval slope = Interval.of(0.25).minus(s.minus(Interval.of(0.5)).square());
        return chain(s, unitPart(slope.intersect(s.times(value.negate().sigmoid()))));
    }

    private static Interval unitPart(Interval slope) {
        return slope.intersect(new Interval(0, 1));
    }

    /** x / (1 - e^-x), see {@link Interval#linoid()}. */
    public Jet linoid() {
        return chain(value.linoid(), value.linoidSlope());
    }
}
