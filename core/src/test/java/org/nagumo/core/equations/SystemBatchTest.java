package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nagumo.core.equations.ExponentialFamilies.Exponent;

/** Many states at once have the numbers of each alone. */
class SystemBatchTest {

    private static EquationSystem axon() {
        return Infix.system("axon", "par gNa=120", "in I=0", "am=0.1*(V+40)/(1-exp(-(V+40)/10))",
                "bm=4*exp(-(V+65)/18)", "ah=0.07*exp(-(V+65)/20)", "bh=1/(1+exp(-(V+35)/10))",
                "an=0.01*(V+55)/(1-exp(-(V+55)/10))", "bn=0.125*exp(-(V+65)/80)",
                "V'=I-gNa*m^3*h*(V-50)-36*n^4*(V+77)-0.3*(V+54.387)", "m'=am*(1-m)-bm*m", "h'=ah*(1-h)-bh*h",
                "n'=an*(1-n)-bn*n");
    }

    private static double[][] states(EquationSystem system, int lanes, double from, double to) {
        SplittableRandom random = new SplittableRandom(11);
        double[][] states = new double[system.states().size()][lanes];
        for (int k = 0; k < states.length; k++) {
            for (int i = 0; i < lanes; i++) {
                states[k][i] = k == 0 ? from + (to - from) * i / (lanes - 1) : random.nextDouble();
            }
        }
        return states;
    }

    private static void assertLikeOneByOne(EquationSystem system, double from, double to, double tolerance) {
        int lanes = 301;
        double[][] states = states(system, lanes, from, to);
        double[][] inputs = new double[system.inputs().size()][lanes];
        for (double[] input : inputs) {
            for (int i = 0; i < lanes; i++) {
                input[i] = i % 7;
            }
        }
        int n = states.length;
        double[][] rates = new double[n][lanes];
        double[][] relaxation = new double[n][lanes];
        CompiledSystem compiled = system.compile();
        SystemBatch batch = compiled.batch(lanes);
        batch.derivatives(lanes, null, states, inputs, rates);
        batch.relaxationRates(lanes, null, states, inputs, relaxation);
        double[] out = new double[n];
        for (int i = 0; i < lanes; i++) {
            double[] state = new double[n];
            for (int k = 0; k < n; k++) {
                state[k] = states[k][i];
            }
            double[] input = {i % 7, i % 7};
            compiled.derivative(0, state, input, out);
            for (int k = 0; k < n; k++) {
                assertThat(rates[k][i]).as("%s of %s at %s", system.states().get(k).name(), system.name(), state[0])
                        .isCloseTo(out[k], within(tolerance * (1 + Math.abs(out[k]))));
            }
            compiled.relaxationRates(0, state, input, out);
            for (int k = 0; k < n; k++) {
                assertThat(relaxation[k][i]).isCloseTo(out[k], within(tolerance * (1 + Math.abs(out[k]))));
            }
        }
    }

    @Test
    void ratesAreThoseOfEachStateAlone() {
        assertLikeOneByOne(axon(), -120, 60, 1e-11);
        assertLikeOneByOne(Infix.system("morris-lecar", "in I=0", "minf=0.5*(1+tanh((v+1.2)/18))",
                "winf=0.5*(1+tanh((v-12)/17.4))", "v'=(I-4*minf*(v-120)-8*w*(v+84)-2*(v+60))/20",
                "w'=(winf-w)*0.066*cosh((v-12)/34.8)"), -80, 80, 1e-11);
        assertLikeOneByOne(Infix.system("all kinds", "par a=1.5", "in I=0",
                "x'=if(x>0.2)then(sqrt(x))else(-x)+min(x,y)-max(y,a)+abs(x-1)^1.7+mod(x,0.3)+heav(x-I)",
                "y'=sin(x)*ln(2+y)+atan2(y,x+3)+sinh(y)-y^-2+flr(3*x)"), -2, 2, 1e-12);
    }

    @Test
    void extremePotentialsGiveTheLimits() {
        assertLikeOneByOne(axon(), -9000, 9000, 1e-9);
        double[][] states = {{-1e6, 1e6, -1e300, 1e300}, {0.5, 0.5, 0.5, 0.5}, {0.5, 0.5, 0.5, 0.5},
            {0.5, 0.5, 0.5, 0.5}};
        double[][] rates = new double[4][4];
        axon().compile().batch(4).derivatives(4, null, states, new double[1][4], rates);
        assertThat(Arrays.stream(rates[0])).noneMatch(r -> Double.isNaN(r));
        assertThat(rates[1][1]).isCloseTo(0.1 * (1e6 + 40) * 0.5, within(1e-3));
        assertThat(rates[2][1]).isEqualTo(-0.5);
    }

    @Test
    void theSingularityIsSmoothInLoops() {
        EquationSystem system = Infix.system("linoid", "v'=v/(1-exp(-v))");
        double[] distances = new double[60];
        for (int i = 0; i < 60; i++) {
            distances[i] = (i % 2 == 0 ? 1 : -1) * Math.pow(10, -i / 2.0);
        }
        distances[59] = 0;
        double[][] rates = new double[1][60];
        system.compile().batch(60).derivatives(60, null, new double[][] {distances}, new double[0][], rates);
        for (int i = 0; i < 60; i++) {
            double expected = RealMath.linoid(distances[i]);
            double allowed = Math.abs(distances[i]) > 0.1 ? 1e-13 : 1e-7;
            assertThat(rates[0][i]).as("at %s", distances[i]).isCloseTo(expected, within(allowed * expected));
        }
        assertThat(rates[0][59]).isEqualTo(1);
    }

    @Test
    void aLaneDependsOnNoOther() {
        EquationSystem system = axon();
        double[][] states = states(system, 67, -100, 50);
        double[][] together = new double[4][67];
        SystemBatch batch = system.compile().batch(67);
        batch.derivatives(67, null, states, new double[1][67], together);
        for (int i = 0; i < 67; i++) {
            double[][] alone = new double[4][1];
            double[][] one = new double[4][1];
            for (int k = 0; k < 4; k++) {
                one[k][0] = states[k][i];
            }
            batch.derivatives(1, null, one, new double[1][1], alone);
            for (int k = 0; k < 4; k++) {
                assertThat(alone[k][0]).isEqualTo(together[k][i]);
            }
        }
        assertThatThrownBy(() -> batch.derivatives(68, null, states, new double[1][67], together))
                .hasMessage("lanes is 68; allowed: at most 67");
    }

    @Test
    void hodgkinAndHuxleyNeedOneExponential() {
        SystemGraph graph = new SystemGraph(axon());
        LaneLowering lowering = new LaneLowering(graph.graph, graph.rates, new double[] {120});
        int exponentials = 0;
        for (int id = 0; id < lowering.lanes().size(); id++) {
            exponentials += lowering.lanes().node(id).op() == LaneGraph.Lane.SCALED ? 1 : 0;
        }
        assertThat(exponentials).isEqualTo(1);
    }

    @Test
    void familiesOfExponentials() {
        List<Exponent> exponents = List.of(new Exponent(0, -0.1, -4), new Exponent(0, -1.0 / 18, -65.0 / 18),
                new Exponent(0, 1.0 / 80, 0.8), new Exponent(0, 0.1 * Math.sqrt(2), 0), new Exponent(1, 0.05, 0));
        ExponentialFamilies families = new ExponentialFamilies(exponents);
        assertThat(exponents).extracting(e -> families.member(e).multiple()).containsExactly(72, 40, -9, 1, 1);
        for (Exponent e : exponents) {
            ExponentialFamilies.Member member = families.member(e);
            double x = 1.7;
            double common = member.family().scale() * x + member.family().offset();
            assertThat(member.multiple() * common + member.offset())
                    .isCloseTo(e.scale() * x + e.offset(), within(1e-14));
        }
    }

    @Test
    void targetsThatAreLeavesConstantsOrEqual() {
        EquationSystem system = Infix.system("plain", "in u=0", "x'=y", "y'=2", "z'=u*x", "w'=u*x");
        double[][] rates = new double[4][3];
        system.compile().batch(3).derivatives(3, null, new double[][] {{1, 2, 3}, {4, 5, 6}, {0, 0, 0}, {0, 0, 0}},
                new double[][] {{7, 8, 9}}, rates);
        assertThat(rates).isDeepEqualTo(new double[][] {{4, 5, 6}, {2, 2, 2}, {7, 16, 27}, {7, 16, 27}});
    }

    @Test
    void theLoopsOfEqualValuesAreCompiledOnceWhileTheyAreInUse() {
        SystemFormulas formulas = new SystemFormulas(axon());
        SystemFormulas.Loops first = formulas.loops(new double[] {120});
        SystemFormulas.Loops other = formulas.loops(new double[] {100});
        assertThat(other).isNotEqualTo(first);
        assertThat(formulas.loops(new double[] {120})).isSameAs(first);
        for (int k = 0; k < 15; k++) {
            formulas.loops(new double[] {k});
        }
        assertThat(formulas.loops(new double[] {120})).isSameAs(first);
        assertThat(formulas.loops(new double[] {100})).isNotSameAs(other);
    }
}
