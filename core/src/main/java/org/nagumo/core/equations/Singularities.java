package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes the removable singularities of quotients with an exponential, and gives sigmoids a node of their own.
 *
 * <p>A product or quotient is written as numerator factors over denominator factors. Suppose that a denominator is
 * D = k (1 - e^E), and a numerator is N = r E, where r and k depend on parameters alone. Then
 * <pre>
 *   N / D = -(r / k) L(-E),   L(z) = z / (1 - e^-z),
 * </pre>
 * and likewise D / N = -(k / r) / L(-E). L is a function of its own ({@link Function#LINOID}), which is computed from
 * its series near 0 and is nowhere singular. N must be a sum of multiples of a variable or of another expression: then
 * r is the quotient of its factors in N and E. Whether N / E and D / (1 - e^E) depend on parameters alone is decided by
 * residues, see {@link Fingerprint}; so the form in which an author writes them does not matter: {@code
 * 0.1*(v+40)/(1-exp(-(v+40)/10))}, {@code (4+v/10)/(1-exp(-4-0.1*v))} and {@code (vh-v)/(k*exp((vh-v)/k)-k)} are all
 * found. An exponential in a denominator, D = k (1 - 1 / e^E), is found as well.
 *
 * <p>1 / (1 + e^-z) becomes a node because its range and that of its derivative over an interval are then exact.
 */
final class Singularities {

    /** Products and sums with more nodes are left as they are. */
    private static final int MOST_VISITS = 200;

    private final Graph graph;
    private final List<Integer> numerators = new ArrayList<>();
    private final List<Integer> denominators = new ArrayList<>();
    private boolean negative;
    private int visits;

    private Singularities(Graph graph) {
        this.graph = graph;
    }

    /** The product without singularity; -1 if there is none in it. */
    static int product(Graph graph, int a, int b) {
        if (!graph.hasExponentials() || !graph.varies(a) || !graph.varies(b)) {
            return -1;
        }
        Singularities s = new Singularities(graph);
        s.flatten(a, true);
        s.flatten(b, true);
        return s.resolve();
    }

    /** The quotient without singularity; -1 if there is none in it. */
    static int quotient(Graph graph, int a, int b) {
        if (!graph.hasExponentials() || !graph.varies(b)) {
            return -1;
        }
        Node divisor = graph.node(b);
        if (divisor.op() == Operator.ADD && divisor.a() == graph.one
                && graph.node(divisor.b()).op() == Function.EXP) {
            int argument = graph.node(divisor.b()).a();
            return graph.times(a, graph.inner(Node.Inner.SIGMOID, graph.negate(argument)));
        }
        if (!graph.varies(a)) {
            return -1;
        }
        Singularities s = new Singularities(graph);
        s.flatten(a, true);
        s.flatten(b, false);
        return s.resolve();
    }

    private void flatten(int id, boolean above) {
        Node node = graph.node(id);
        if (visits++ > MOST_VISITS) {
            return;
        }
        if (node.op() == Operator.MULTIPLY) {
            flatten(node.a(), above);
            flatten(node.b(), above);
        } else if (node.op() == Operator.DIVIDE) {
            flatten(node.a(), above);
            flatten(node.b(), !above);
        } else if (node.op() == Node.Inner.NEGATE) {
            negative = !negative;
            flatten(node.a(), above);
        } else {
            (above ? numerators : denominators).add(id);
        }
    }

    private int resolve() {
        if (visits > MOST_VISITS) {
            return -1;
        }
        int found = resolve(denominators, numerators, false);
        return found >= 0 ? found : resolve(numerators, denominators, true);
    }

    /**
     * @param differences where to look for k (1 - e^E)
     * @param others      where to look for r E
     * @param inverse     whether the differences are numerators
     */
    private int resolve(List<Integer> differences, List<Integer> others, boolean inverse) {
        for (int d : differences) {
            if (!isSum(d)) {
                continue;
            }
            visits = 0;
            List<Integer> exponentials = new ArrayList<>();
            collectExponentials(d, exponentials);
            for (int e : exponentials) {
                for (boolean flipped : new boolean[] {false, true}) {
                    if (visits > MOST_VISITS || !isDifference(d, e, flipped)) {
                        continue;
                    }
                    int argument = graph.node(e).a();
                    for (int n : others) {
                        int slopes = graph.varies(n) ? ratio(n, argument) : -1;
                        int k = slopes < 0 ? -1 : withoutExponential(d, e);
                        if (k >= 0 && k != graph.zero && !graph.varies(k)) {
                            differences.remove((Integer) d);
                            others.remove((Integer) n);
                            return rebuild(argument, flipped, slopes, k, inverse);
                        }
                    }
                }
            }
        }
        return -1;
    }

    private boolean isSum(int id) {
        Enum<?> op = graph.node(id).op();
        return op == Operator.ADD || op == Operator.SUBTRACT;
    }

    /** The exponentials on which a sum depends through sums, products and quotients. */
    private void collectExponentials(int id, List<Integer> found) {
        Node node = graph.node(id);
        if (visits++ > MOST_VISITS) {
            return;
        }
        if (node.op() == Function.EXP) {
            if (!found.contains(id) && graph.varies(id)) {
                found.add(id);
            }
        } else if (isArithmetic(node) && found.size() < 4) {
            collectExponentials(node.a(), found);
            if (node.b() >= 0) {
                collectExponentials(node.b(), found);
            }
        }
    }

    private static boolean isArithmetic(Node node) {
        return node.op() == Operator.ADD || node.op() == Operator.SUBTRACT || node.op() == Operator.MULTIPLY
                || node.op() == Operator.DIVIDE || node.op() == Node.Inner.NEGATE;
    }

    /** Whether d = k (1 - e), or with {@code flipped} k (1 - 1 / e), where k depends on parameters alone. */
    private boolean isDifference(int d, int e, boolean flipped) {
        long[] k = new long[2];
        for (int i = 0; i < 2; i++) {
            long x = graph.residue(e, i);
            long difference = Fingerprint.add(1, Fingerprint.negate(flipped ? Fingerprint.inverse(x) : x));
            k[i] = Fingerprint.multiply(graph.residue(d, i), Fingerprint.inverse(difference));
        }
        return k[0] == k[1] && k[0] != 0;
    }

    /** The quotient n / e if it depends on parameters alone and both are affine, else -1. */
    private int ratio(int n, int e) {
        long[] quotient = new long[2];
        for (int i = 0; i < 2; i++) {
            quotient[i] = Fingerprint.multiply(graph.residue(n, i), Fingerprint.inverse(graph.residue(e, i)));
        }
        if (quotient[0] != quotient[1] || quotient[0] == 0) {
            return -1;
        }
        int atom = atom(e);
        int above = slope(n, atom);
        int below = slope(e, atom);
        return above < 0 || below < 0 || below == graph.zero ? -1 : parameterRatio(above, below);
    }

    /** What an affine expression consists of: the first node on the way down that is no sum or multiple. */
    private int atom(int id) {
        int at = id;
        while (isArithmetic(graph.node(at))) {
            Node node = graph.node(at);
            if (graph.varies(node.a())) {
                at = node.a();
            } else {
                at = node.b();
            }
        }
        return at;
    }

    /** The factor of an atom in an affine expression; -1 if the expression is not affine. */
    private int slope(int id, int atom) {
        if (id == atom) {
            return graph.one;
        }
        Node node = graph.node(id);
        if (!graph.varies(id) || !isArithmetic(node)) {
            return graph.zero;
        }
        int a = visits++ > MOST_VISITS ? -1 : slope(node.a(), atom);
        if (a < 0 || node.op() == Node.Inner.NEGATE) {
            return a < 0 ? -1 : graph.negate(a);
        }
        if (node.op() == Operator.DIVIDE) {
            return graph.varies(node.b()) ? -1 : a == graph.zero ? a : graph.over(a, node.b());
        }
        int b = slope(node.b(), atom);
        if (b < 0) {
            return -1;
        }
        if (node.op() == Operator.MULTIPLY) {
            return graph.varies(node.a()) && graph.varies(node.b()) ? -1
                    : a == graph.zero && b == graph.zero ? graph.zero
                    : graph.varies(node.a()) ? graph.times(a, node.b()) : graph.times(node.a(), b);
        }
        return node.op() == Operator.ADD ? graph.plus(a, b) : graph.minus(a, b);
    }

    /** A quotient with 1 / (1 / c) written as c, which saves two roundings. */
    private int parameterRatio(int a, int b) {
        Node divisor = graph.node(b);
        if (divisor.op() == Node.Inner.NEGATE) {
            return graph.negate(parameterRatio(a, divisor.a()));
        }
        if (a == b) {
            return graph.one;
        }
        return divisor.op() == Operator.DIVIDE && divisor.a() == graph.one ? graph.times(a, divisor.b())
                : graph.over(a, b);
    }

    /** A sum with 0 for an exponential, or for its inverse where it divides; zero if nothing is left. */
    private int withoutExponential(int id, int e) {
        if (id == e) {
            return graph.zero;
        }
        Node node = graph.node(id);
        if (!isArithmetic(node)) {
            return id;
        }
        int a = withoutExponential(node.a(), e);
        if (node.op() == Node.Inner.NEGATE) {
            return graph.negate(a);
        }
        if (node.op() == Operator.DIVIDE && node.b() == e || node.op() != Operator.ADD
                && node.op() != Operator.SUBTRACT && a == graph.zero) {
            return graph.zero;
        }
        int b = withoutExponential(node.b(), e);
        if (node.op() == Operator.MULTIPLY && b == graph.zero) {
            return graph.zero;
        }
        return graph.binary((Operator) node.op(), a, b);
    }

    private int rebuild(int argument, boolean flipped, int slopes, int k, boolean inverse) {
        int z = flipped ? argument : graph.negate(argument);
        int factor = graph.over(slopes, k);
        if (!flipped) {
            factor = graph.negate(factor);
        }
        int linoid = graph.call(Function.LINOID, z);
        (inverse ? denominators : numerators).add(linoid);
        (inverse ? denominators : numerators).add(factor);
        int constant = graph.over(product(numerators, false), product(denominators, false));
        int variable = graph.over(product(numerators, true), product(denominators, true));
        int result = graph.times(constant, variable);
        return negative ? graph.negate(result) : result;
    }

    private int product(List<Integer> factors, boolean varying) {
        int product = graph.one;
        for (int factor : factors) {
            if (graph.varies(factor) == varying) {
                product = graph.times(product, factor);
            }
        }
        return product;
    }
}
