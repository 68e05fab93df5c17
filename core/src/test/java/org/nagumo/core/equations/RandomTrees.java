package org.nagumo.core.equations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random expressions in x, y, a and u, at places where their values are of moderate size. */
final class RandomTrees {

    static final List<String> NAMES = List.of("x", "y", "a", "u");

    private static final Function[] SMOOTH = {Function.EXP, Function.LN, Function.LOG10, Function.SQRT, Function.SIN,
        Function.COS, Function.TAN, Function.ASIN, Function.ACOS, Function.ATAN, Function.ATAN2, Function.SINH,
        Function.COSH, Function.TANH, Function.LINOID, Function.LINOID_SLOPE};
    private static final Function[] PIECEWISE = {Function.ABS, Function.SIGN, Function.HEAV, Function.FLOOR,
        Function.MIN, Function.MAX, Function.MOD, Function.NOT};
    private static final Operator[] ARITHMETIC = {Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY,
        Operator.DIVIDE, Operator.ADD, Operator.MULTIPLY};

    private final SplittableRandom random;
    private final boolean piecewise;

    RandomTrees(long seed, boolean piecewise) {
        random = new SplittableRandom(seed);
        this.piecewise = piecewise;
    }

    Map<String, Double> point() {
        Map<String, Double> point = new HashMap<>();
        NAMES.forEach(name -> point.put(name, random.nextDouble(-2, 2)));
        return point;
    }

    double nextDouble(double from, double to) {
        return random.nextDouble(from, to);
    }

    /** A tree in which each node's value at the point is a number below 1000 in absolute value. */
    Expression tree(int depth, Map<String, Double> point) {
        while (true) {
            Expression tree = draw(depth, point);
            double value = tree.value(point);
            if (Math.abs(value) < 1000) {
                return tree;
            }
        }
    }

    private Expression draw(int depth, Map<String, Double> point) {
        if (depth == 0) {
            return random.nextInt(4) == 0 ? Expression.constant(random.nextInt(2) == 0 ? random.nextInt(-3, 4)
                    : random.nextDouble(-3, 3)) : Expression.variable(NAMES.get(random.nextInt(NAMES.size())));
        }
        Expression a = tree(depth - 1, point);
        Expression b = tree(random.nextInt(depth), point);
        switch (random.nextInt(piecewise ? 7 : 5)) {
            case 0, 1:
                return Expression.binary(ARITHMETIC[random.nextInt(ARITHMETIC.length)], a, b);
            case 2:
                return call(SMOOTH[random.nextInt(SMOOTH.length)], a, b);
            case 3:
                return a.value(point) < 0.1 || random.nextInt(2) == 0
                        ? a.power(Expression.constant(random.nextInt(-2, 6)))
                        : a.power(b).plus(b).power(Expression.constant(0.5));
            case 4:
                return random.nextInt(2) == 0 ? a.negate()
                        : a.over(Expression.constant(1).minus(Expression.call(Function.EXP, a.negate())));
            case 5:
                return call(PIECEWISE[random.nextInt(PIECEWISE.length)], a, b);
            default:
                Operator[] all = Operator.values();
                int first = Operator.LESS.ordinal();
                return Expression.conditional(Expression.binary(all[first + random.nextInt(all.length - first)], a, b),
                        tree(depth - 1, point), b);
        }
    }

    private static Expression call(Function function, Expression a, Expression b) {
        return function.arity() == 1 ? Expression.call(function, a) : Expression.call(function, a, b);
    }

    /** The tree as the equation of x in a system with states x and y, parameter a and input u. */
    static EquationSystem system(Expression tree) {
        Expression all = NAMES.stream().map(Expression::variable).reduce(Expression::plus).orElseThrow();
        return EquationSystem.builder("random").state(new State("x", tree, 0, "", ""))
                .state(new State("y", all, 0, "", "")).parameter(new Parameter("a", 0, "", ""))
                .input(new Input("u", 0, "", "")).build();
    }
}
