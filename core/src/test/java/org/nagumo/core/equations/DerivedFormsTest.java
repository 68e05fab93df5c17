package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** What is derived from random trees, compared with sixty digits. */
class DerivedFormsTest {

    private static SystemField field(Expression tree, Map<String, Double> point) {
        return RandomTrees.system(tree).with(Map.of("a", point.get("a"))).field();
    }

    private static double[] state(Map<String, Double> point) {
        return new double[] {point.get("x"), point.get("y")};
    }

    /** How far rounding may be off: every node's value is below 1000, and slopes may be large. */
    private static double tolerance(double expected) {
        return 1e-9 * (1 + Math.abs(expected));
    }

    @Test
    void valuesAndDerivatives() {
        RandomTrees trees = new RandomTrees(1, true);
        int compared = 0;
        for (int round = 0; round < 150; round++) {
            Map<String, Double> point = trees.point();
            Expression tree = trees.tree(3, point);
            SystemField field = field(tree, point);
            double[] out = new double[2];
            double[][] jacobian = new double[2][2];
            double[] byParameter = new double[2];
            double[] byInput = new double[2];
            field.derivative(state(point), point.get("u"), out);
            field.jacobian(state(point), point.get("u"), jacobian);
            field.derivativeBy("a", state(point), point.get("u"), byParameter);
            field.derivativeBy("u", state(point), point.get("u"), byInput);
            double[] ours = {jacobian[0][0], jacobian[0][1], byParameter[0], byInput[0]};
            double value = Precise.value(tree, point);
            double[] slopes = RandomTrees.NAMES.stream().mapToDouble(n -> Precise.derivative(tree, point, n)).toArray();
            if (!conditioned(tree, point, value, slopes)) {
                continue;
            }
            assertThat(out[0]).as("%s at %s", tree, point).isCloseTo(value, within(tolerance(value)));
            for (int k = 0; k < 4; k++) {
                double expected = slopes[k];
                if (Math.abs(expected) < 1e4) {
                    assertThat(ours[k]).as("d(%s)/d%s at %s", tree, RandomTrees.NAMES.get(k), point)
                            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    /** Whether a relative change of 1e-12 of the point changes little: else a jump, kink or pole is too near. */
    private static boolean conditioned(Expression tree, Map<String, Double> point, double value, double[] slopes) {
        for (double change : new double[] {1 - 1e-12, 1 + 1e-12}) {
            Map<String, Double> near = new HashMap<>(point);
            near.replaceAll((name, x) -> x * change);
            if (!(Math.abs(Precise.value(tree, near) - value) <= 1e-10 * (1 + Math.abs(value)))) {
                return false;
            }
            for (int k = 0; k < 2; k++) {
                double there = Precise.derivative(tree, near, RandomTrees.NAMES.get(k));
                if (!(Math.abs(there - slopes[k]) <= 1e-8 * (1 + Math.abs(slopes[k])))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void compiledCodeHasTheBitsOfInterpretation() {
        RandomTrees trees = new RandomTrees(2, true);
        for (int round = 0; round < 120; round++) {
            Map<String, Double> point = trees.point();
            SystemGraph graph = new SystemGraph(RandomTrees.system(trees.tree(3, point)));
            for (int[] targets : List.of(graph.rates, graph.jacobian())) {
                assertSameBits(new Formula(graph.graph, targets), point);
            }
        }
    }

    private static void assertSameBits(Formula formula, Map<String, Double> point) {
        double[] constants = formula.constants(new double[] {point.get("a")});
        double[] compiled = new double[formula.targets.length];
        double[] interpreted = new double[formula.targets.length];
        double[] inputs = {point.get("u")};
        formula.code().run(0, state(point), inputs, constants, compiled);
        formula.interpret(0, state(point), inputs, constants, interpreted);
        assertThat(compiled).containsExactly(interpreted);
    }

    @Test
    void codeOfSeveralMethodsHasTheBitsOfInterpretation() {
        Map<String, Double> point = Map.of("x", 0.3, "y", 0.7, "a", 1.1, "u", -0.2);
        Expression sum = Infix.parse("a*x");
        for (int i = 1; i < 400; i++) {
            Expression phase = Infix.parse("sin(x*" + i + "+u)*cos(y+a*x/" + i + ")");
            sum = sum.plus(phase.over(Expression.constant(i)));
        }
        SystemGraph graph = new SystemGraph(RandomTrees.system(sum));
        assertSameBits(new Formula(graph.graph, graph.rates), point);
        assertSameBits(new Formula(graph.graph, graph.jacobian()), point);
    }

    @Test
    void enclosuresContainValuesAndDerivatives() {
        RandomTrees trees = new RandomTrees(3, true);
        int bounded = 0;
        for (int round = 0; round < 250; round++) {
            Map<String, Double> point = trees.point();
            Expression tree = trees.tree(3, point);
            SystemField field = field(tree, point);
            double width = Math.pow(10, trees.nextDouble(-8, -0.3));
            Interval[] box = new Interval[2];
            for (int i = 0; i < 2; i++) {
                double x = state(point)[i];
                box[i] = new Interval(x - width * trees.nextDouble(0, 1), x + width * trees.nextDouble(0, 1));
            }
            Jet[] enclosure = new Jet[2];
            field.enclose(Jet.variables(box), point.get("u"), enclosure);
            double[][] jacobian = new double[2][2];
            double[] out = new double[2];
            for (int k = 0; k < 8; k++) {
                double[] inside = {k == 0 ? box[0].low() : trees.nextDouble(box[0].low(), box[0].high()),
                    k == 1 ? box[1].high() : trees.nextDouble(box[1].low(), box[1].high())};
                field.derivative(inside, point.get("u"), out);
                field.jacobian(inside, point.get("u"), jacobian);
                assertContains(enclosure[0].value(), out[0], tree);
                for (int j = 0; j < 2; j++) {
                    assertContains(enclosure[0].derivative(j), jacobian[0][j], tree);
                }
            }
            bounded += Double.isFinite(enclosure[0].value().width()) ? 1 : 0;
        }
        assertThat(bounded).isGreaterThan(170);
    }

    /** The field itself is rounded. */
    private static void assertContains(Interval interval, double value, Expression tree) {
        double slack = 1e-9 * (1 + Math.abs(value));
        assertThat(Double.isNaN(value) || interval.low() <= value + slack && interval.high() >= value - slack)
                .as("%s in %s of %s", value, interval, tree).isTrue();
    }

    @Test
    void overOnePointEnclosuresAreNarrow() {
        RandomTrees trees = new RandomTrees(4, false);
        List<Double> widths = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            Map<String, Double> point = trees.point();
            Expression tree = trees.tree(3, point);
            Jet[] enclosure = new Jet[2];
            field(tree, point).enclose(Jet.variables(new Interval[] {Interval.of(point.get("x")),
                Interval.of(point.get("y"))}), point.get("u"), enclosure);
            widths.add(enclosure[0].value().width() / (1 + enclosure[0].value().magnitude()));
        }
        Collections.sort(widths);
        assertThat(widths.get(50)).isLessThan(1e-13);
        assertThat(widths.get(90)).isLessThan(1e-9);
    }

    @Test
    void jacobiansShareWhatTheyHaveInCommon() {
        SystemGraph graph = new SystemGraph(Infix.system("gate", "in i=0", "a=0.1*(v+40)/(1-exp(-(v+40)/10))",
                "b=4*exp(-(v+65)/18)", "v'=i-m^3*(v-50)", "m'=a*(1-m)-b*m"));
        boolean[] needed = graph.graph.needed(graph.jacobian());
        int operations = 0;
        for (int id = 0; id < needed.length; id++) {
            operations += needed[id] && graph.graph.varies(id) && !(graph.graph.node(id).op() instanceof Node.Leaf)
                    ? 1 : 0;
        }
        // m^2, m^3, v-50, the rates and their slopes, and the four entries.
        assertThat(operations).isLessThan(36);
    }
}
