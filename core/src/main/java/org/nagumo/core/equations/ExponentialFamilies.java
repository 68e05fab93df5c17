package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups exponentials whose arguments have rational ratios: e^(a_i x + b_i) with a_i = n_i g for integers n_i becomes
 * c_i q^n_i with one exponential q = e^(g x + b) and few multiplications. The six rates of Hodgkin and Huxley need one
 * exponential: 1/10, 1/18, 1/20 and 1/80 are 72, 40, 36 and 9 times 1/720.
 *
 * <p>The relative error of q^n is about n times that of q, 2e-16, which is why n is at most {@link #MOST_MULTIPLE}.
 */
final class ExponentialFamilies {

    /** The largest multiple of the common unit. */
    static final int MOST_MULTIPLE = 96;

    /** Offsets from the common exponential that would leave its range are not grouped. */
    private static final double MOST_OFFSET = 50;

    private static final int MOST_DENOMINATOR = 48;
    private static final double SAME_RATIO = 1e-12;

    /**
     * An exponent scale * x + offset.
     *
     * @param base   the node x
     * @param scale  not 0
     * @param offset the constant part
     */
    record Exponent(int base, double scale, double offset) { }

    /**
     * How an exponential follows from that of its family.
     *
     * @param family   the exponent of the common exponential q
     * @param multiple n, which may be negative
     * @param offset   the logarithm of the factor c
     */
    record Member(Exponent family, int multiple, double offset) { }

    private final Map<Exponent, Member> members = new HashMap<>();

    ExponentialFamilies(List<Exponent> exponents) {
        List<Exponent> waiting = new ArrayList<>(exponents.stream().distinct()
                .sorted(Comparator.comparingInt(Exponent::base).thenComparingDouble(e -> -Math.abs(e.scale()))
                        .thenComparingDouble(Exponent::offset)).toList());
        while (!waiting.isEmpty()) {
            Exponent first = waiting.get(0);
            List<Exponent> family = new ArrayList<>();
            int denominator = 1;
            for (Exponent e : waiting) {
                int[] ratio = e.base() == first.base() ? ratio(e.scale() / first.scale()) : null;
                if (ratio != null && leastCommonMultiple(denominator, ratio[1]) <= MOST_MULTIPLE && Math.abs(
                        e.offset() - first.offset() * (e.scale() / first.scale())) < MOST_OFFSET) {
                    denominator = leastCommonMultiple(denominator, ratio[1]);
                    family.add(e);
                }
            }
            Exponent common = new Exponent(first.base(), first.scale() / denominator, first.offset() / denominator);
            for (Exponent e : family) {
                int multiple = (int) Math.rint(e.scale() / common.scale());
                members.put(e, new Member(common, multiple, e.offset() - multiple * common.offset()));
            }
            waiting.removeAll(family);
        }
    }

    Member member(Exponent exponent) {
        return members.get(exponent);
    }

    /** All multiples of a family, ascending by absolute value. */
    List<Integer> multiples(Exponent family) {
        return members.values().stream().filter(m -> m.family().equals(family)).map(m -> Math.abs(m.multiple()))
                .distinct().sorted().toList();
    }

    /** A ratio of at most 1 in absolute value as numerator and denominator; null if it is none of small integers. */
    private static int[] ratio(double ratio) {
        for (int q = 1; q <= MOST_DENOMINATOR; q++) {
            double p = Math.rint(ratio * q);
            if (p != 0 && Math.abs(ratio * q - p) < SAME_RATIO * q) {
                return new int[] {(int) p, q};
            }
        }
        return null;
    }

    private static int leastCommonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int r = x % y;
            x = y;
            y = r;
        }
        return a / x * b;
    }
}
