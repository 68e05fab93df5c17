package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;

/** Removable singularities are found in every form, and are exact at and around them. */
class SingularitiesTest {

    private static final double[] DISTANCES = {0, 1e-300, 1e-200, 1e-100, 1e-30, 1e-20, 1e-16, 1e-14, 1e-12, 1e-10,
        1e-8, 1e-6, 1e-4, 1e-3, 1e-2, 0.1, 0.4, 0.6, 1, 3, 10, 50, 300, 2000};

    private static double linoid(double z) {
        return Math.abs(z) < 1e-30 ? 1 + z / 2 : z < -600 ? 0
                : Precise.value(Infix.parse("linoid(z)"), Map.of("z", z));
    }

    private static double slope(double z) {
        return Math.abs(z) < 1e-20 ? 0.5 + z / 6 : z < -600 ? 0
                : Precise.value(Infix.parse("linoid1(z)"), Map.of("z", z));
    }

    /** {@code quotient = factor L(scale (v - zero))}. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "v/(1-exp(-v)); 1; 1; 0", "v/(exp(v)-1); 1; -1; 0", "-v/(1-exp(v)); 1; -1; 0", "v/(1-exp(-v/10)); 10; 0.1; 0",
        "0.1*v/(1-exp(-0.1*v)); 1; 0.1; 0", "v/(1-1/exp(v)); 1; 1; 0", "v/(2-2*exp(-v)); 0.5; 1; 0",
        "(1/(1-exp(-v)))*v; 1; 1; 0", "v/((exp(v)-1)/4); 4; -1; 0",
        "0.1*(v+40)/(1-exp(-(v+40)/10)); 1; 0.1; -40", "(4+v/10)/(1-exp(-4-0.1*v)); 1; 0.1; -40",
        "-0.1*(40+v)/(exp(-(v+40)/10)-1); 1; 0.1; -40", "0.1*(-40-v)/(exp((-40-v)/10)-1); 1; 0.1; -40",
        "0.32*(13-(v+54))/(exp((13-(v+54))/4)-1); 1.28; 0.25; -41", "(v-vh)/(1-exp((vh-v)/k)); 4; 0.25; -41",
        "(vh-v)/(k*exp((vh-v)/k)-k); 1; 0.25; -41", "g*(v/k-vh/k)/(1-exp(-v/k+vh/k)); 3; 0.25; -41",
        "0.01*(v+55)/(1-exp(-0.1*(v+55))); 0.1; 0.1; -55", "0.055*(-27-v)/(exp((-27-v)/3.8)-1);"
            + " 0.209; 0.26315789473684212; -27"})
    void formsOfTheSingularity(String quotient, double factor, double scale, double zero) {
        EquationSystem system = Infix.system("s", "par vh=-41", "par k=4", "par g=3", "v'=" + quotient);
        SystemGraph graph = new SystemGraph(system);
        assertThat(hasQuotient(graph)).as("a quotient with a pole is left").isFalse();
        SystemField field = system.field();
        double[] out = new double[1];
        double[][] jacobian = new double[1][1];
        Jet[] enclosure = new Jet[1];
        for (double distance : DISTANCES) {
            for (double v : new double[] {zero + distance, zero - distance}) {
                double z = scale * (v - zero);
                // v itself is rounded to 1e-16 of 55.
                double rounding = 1e-14 * (1 + Math.abs(zero) / (1e-3 + Math.abs(z) * 10));
                field.derivative(new double[] {v}, 0, out);
                field.jacobian(new double[] {v}, 0, jacobian);
                field.enclose(Jet.variables(new Interval[] {Interval.of(v)}), 0, enclosure);
                double value = factor * linoid(z);
                double derivative = factor * scale * slope(z);
                assertThat(out[0]).as("at %s", v).isCloseTo(value, within(
                        (1e-14 + 1e-15 * Math.abs(z) + 1e-16 * Math.abs(zero * scale)) * Math.abs(value) + 1e-250));
                assertThat(jacobian[0][0]).as("slope at %s", v).isCloseTo(derivative, within(
                        (3e-14 + 1e-15 * Math.abs(z)) * Math.abs(derivative) + rounding * 1e-16 + 1e-250));
                assertThat(enclosure[0].value().low()).isLessThanOrEqualTo(out[0] * (1 + 1e-13) + 1e-250);
                assertThat(enclosure[0].value().high()).isGreaterThanOrEqualTo(out[0] * (1 - 1e-13) - 1e-250);
                assertThat(enclosure[0].value().width()).isLessThan(1e-12 * (1 + Math.abs(value)));
                assertThat(enclosure[0].derivative(0).width()).isLessThan(1e-11);
                assertThat(enclosure[0].derivative(0).low()).isLessThanOrEqualTo(derivative + 1e-12);
                assertThat(enclosure[0].derivative(0).high()).isGreaterThanOrEqualTo(derivative - 1e-12);
            }
        }
    }

    private static boolean hasQuotient(SystemGraph graph) {
        boolean[] needed = graph.graph.needed(graph.rates);
        for (int id = 0; id < needed.length; id++) {
            Node node = graph.graph.node(id);
            if (needed[id] && node.op() == Operator.DIVIDE && graph.graph.varies(node.b())) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"(1-exp(-v))/v, 1", "(exp(v)-1)/v, 1", "(exp(2*v)-1)/(3*v), 0.66666666666666663",
        "sin(v)/(1-exp(-sin(v))), 1", "(v*v+v)/(exp(v+v*v)-1), 1"})
    void theInverseAndArgumentsThatAreNotAffine(String quotient, double atZero) {
        double[] out = new double[1];
        SystemField field = Infix.system("s", "v'=" + quotient).field();
        for (double v : new double[] {0, 1e-300, -1e-20, 1e-9, -1e-9}) {
            field.derivative(new double[] {v}, 0, out);
            assertThat(out[0]).isCloseTo(atZero, within(3e-9));
        }
        field.derivative(new double[] {0.75}, 0, out);
        assertThat(out[0]).isCloseTo(Infix.parse(quotient).value(Map.of("v", 0.75)), within(1e-15 * 8));
    }

    @Test
    void whatHasAPoleKeepsIt() {
        for (String quotient : new String[] {"(v+40)/(1-exp(-(v+41)/10))", "1/(1-exp(-(v+41)))",
            "(v+41)/(1.5-exp(-(v+41)/10))", "(v+41)^2/(1-exp(-(v+41)/10)*w)"}) {
            SystemField field = Infix.system("s", "v'=" + quotient, "w'=v").field();
            double[] out = new double[2];
            for (double v : new double[] {-41, -39.5, 3}) {
                field.derivative(new double[] {v, 1}, 0, out);
                double plain = Infix.parse(quotient).value(Map.of("v", v, "w", 1.0));
                if (Double.isFinite(plain)) {
                    assertThat(out[0]).isCloseTo(plain, within(1e-13 * Math.abs(plain)));
                } else {
                    assertThat(Math.abs(out[0])).matches(x -> !Double.isFinite(x));
                }
            }
        }
    }

    @Test
    void theCoefficientIsFoundForAllParameterValues() {
        // With vh = vg the singularity is removable, but only then: the equations must not be rewritten.
        EquationSystem system = Infix.system("s", "par vh=-40", "par vg=-40", "v'=(v-vg)/(1-exp(-(v-vh)/10))");
        double[] out = new double[1];
        system.with(Map.of("vh", -41.0)).field().derivative(new double[] {-40}, 0, out);
        assertThat(out[0]).isZero();
        system.with(Map.of("vh", -41.0)).field().derivative(new double[] {-38}, 0, out);
        assertThat(out[0]).isCloseTo(2 / (1 - Math.exp(-0.3)), within(1e-14));
    }

    @Test
    void secondDerivatives() {
        for (double x : new double[] {0, 1e-300, 1e-9, -1e-3, 0.3, -0.9, 0.999, 1, -1.5, 4, 30, -200, 700}) {
            double expected = Math.abs(x) < 1e-8 ? 1.0 / 6
                    : Precise.value(Infix.parse("linoid2(x)"), Map.of("x", x));
            assertThat(RealMath.linoidCurvature(x)).as("at %s", x)
                    .isCloseTo(expected, within(1e-13 * expected + 1e-300));
        }
    }
}
