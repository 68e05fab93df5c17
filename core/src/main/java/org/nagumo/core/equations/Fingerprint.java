package org.nagumo.core.equations;

import java.math.BigDecimal;

/**
 * Arithmetic modulo the prime 2^61 - 1, by which rational expressions are compared: two of them that agree at random
 * values of their variables are the same but for a probability of about 1e-15 (Schwartz 1980, J. ACM 27:701-717).
 * Constants enter with the decimal number that is written, so that 0.1 * 40 equals 4. A function of a subexpression is
 * a random number that its name and the residue of its argument determine.
 */
final class Fingerprint {

    static final long PRIME = (1L << 61) - 1;

    private static final int LARGEST_POWER = 64;

    private Fingerprint() {
    }

    static long add(long a, long b) {
        long sum = a + b;
        return sum >= PRIME ? sum - PRIME : sum;
    }

    static long negate(long a) {
        return a == 0 ? 0 : PRIME - a;
    }

    static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return add(low & PRIME, (low >>> 61 | high << 3) % PRIME);
    }

    /** 0 for 0. */
    static long inverse(long a) {
        return a == 0 ? 0 : power(a, PRIME - 2);
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    static long constant(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value);
        long digits = Math.floorMod(decimal.unscaledValue().longValueExact(), PRIME);
        long ten = power(10, Math.abs(decimal.scale()));
        return multiply(digits, decimal.scale() > 0 ? inverse(ten) : ten);
    }

    /** A random residue for a key, by the finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    static long random(long... key) {
        long h = 0x9e3779b97f4a7c15L;
        for (long k : key) {
            h += k + 0x9e3779b97f4a7c15L;
            h = (h ^ h >>> 30) * 0xbf58476d1ce4e5b9L;
            h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
            h ^= h >>> 31;
        }
        return (h >>> 3) % PRIME;
    }

    /**
     * The residue of a node.
     *
     * @param assignment number of the assignment of values to states, inputs and time; parameters have one value in all
     * @param x          residue of the first operand
     * @param y          residue of the second operand
     * @param z          residue of the third operand
     * @param exponent   the second operand's number if it is a constant, else NaN
     */
    static long of(Node node, int assignment, long x, long y, long z, double exponent) {
        if (node.op() instanceof Node.Leaf leaf) {
            return switch (leaf) {
                case CONSTANT -> constant(node.value());
                case PARAMETER -> random(leaf.ordinal(), node.index());
                default -> random(leaf.ordinal(), node.index(), assignment);
            };
        }
        if (node.op() == Node.Inner.NEGATE) {
            return negate(x);
        }
        if (node.op() instanceof Operator operator) {
            switch (operator) {
                case ADD:
                    return add(x, y);
                case SUBTRACT:
                    return add(x, negate(y));
                case MULTIPLY:
                    return multiply(x, y);
                case DIVIDE:
                    if (y != 0) {
                        return multiply(x, inverse(y));
                    }
                    break;
                case POWER:
                    if (exponent == Math.rint(exponent) && Math.abs(exponent) <= LARGEST_POWER && x != 0) {
                        long power = power(x, (long) Math.abs(exponent));
                        return exponent < 0 ? inverse(power) : power;
                    }
                    break;
                default:
                    break;
            }
        }
        return random(node.op().getDeclaringClass().getSimpleName().hashCode(), node.op().ordinal(), x, y, z);
    }
}
