package org.nagumo.datagen.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;

/** The statements and formulas of {@code .ode} files. */
class OdeReaderTest {

    private static OdeFile parse(String text) {
        return OdeReader.parse("test.ode", text, OdeChoice.NONE);
    }

    /** The derivative of a state at the initial values and the parameters of a file, at a time. */
    private static double rate(OdeFile file, String state, double time) {
        return value(file, file.system().states().stream().filter(each -> each.name().equals(state)).findFirst()
                .orElseThrow().derivative(), time);
    }

    private static double value(OdeFile file, Expression expression, double time) {
        EquationSystem system = file.system();
        Map<String, Double> values = new HashMap<>(Map.of(EquationSystem.TIME, time));
        system.states().forEach(each -> values.put(each.name(), each.initial()));
        system.parameters().forEach(each -> values.put(each.name(), each.value()));
        system.inputs().forEach(each -> values.put(each.name(), each.value()));
        for (Definition each : system.temporaries()) {
            values.put(each.name(), each.expression().value(values));
        }
        return expression.value(values);
    }

    /** Values as XPPAUT computes them. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "5+2>2 ~ 5", // a comparison binds as tightly as a power
        "(5+2)>2 ~ 1",
        "-2^2 ~ -4",
        "2^3^2 ~ 64",
        "2**3 ~ 8",
        "1-2-3 ~ -4",
        "12/3/2 ~ 2",
        "2*-3 ~ -6",
        "2^-1 ~ 0.5",
        "--3 ~ 3",
        "mod(-3,2) ~ 1",
        "heav(0) ~ 1",
        "heav(-1e-9) ~ 0",
        "sign(-2) ~ -1",
        "not(0)+1 ~ 2",
        "not(0|0)&1 ~ 1",
        "1==1 ~ 1",
        "1!=1 ~ 0",
        "2<=2 ~ 1",
        "log(exp(2)) ~ 2",
        "ln(exp(2)) ~ 2",
        "log10(1000) ~ 3",
        "max(1,MIN(5,3)) ~ 3",
        "flr(-1.5) ~ -2",
        "1|0&0 ~ 1",
        "abs(-1.5) ~ 1.5",
        "sqrt(16) ~ 4",
        "tanh(0) ~ 0",
        "cos(pi) ~ -1",
        "if(2>1)then(7)else(8) ~ 7",
        "IF (1>2) THEN (7) ELSE (8) ~ 8",
        "1.5e1+.5+2. ~ 17.5",
        "t ~ 3",
    })
    void formulas(String formula, double value) {
        assertThat(rate(parse("x'=" + formula), "x", 3)).isCloseTo(value, within(1e-12));
    }

    @Test
    void everyStatement() {
        OdeFile file = parse("""
                # a comment with 'quotes', [1..2] and a backslash \\
                % another one
                " {g=1} and one with an action
                P g=2 Vk=-77,c = 1; unused
                number two=2
                param iApp=5
                !rate=g/two
                init V=-65 n=.3
                h(0)=rate/4
                f(x,Y)=x*y+g
                twice(x)=f(x,two)-g
                # continued, and a temporary before its parts
                sum1=a+\\
                    b
                a=V*2
                b=3
                dV/dt=iapp-twice(n)+sum1*(v-vk)
                n' = (1-N)
                h'=-h
                aux ina=g*h
                aux a=2*a
                set one {g=3,n=2}
                @ total=200, dt = 0.05,METH=rk4
                done
                this is not read
                """);
        EquationSystem system = file.system();
        assertThat(system.states()).extracting(State::name).containsExactly("V", "n", "h");
        assertThat(system.states()).extracting(State::initial).containsExactly(-65.0, 0.3, 0.25);
        assertThat(system.parameters()).extracting(Parameter::name).containsExactly("g", "Vk", "c", "unused");
        assertThat(system.parameters()).extracting(Parameter::value).containsExactly(2.0, -77.0, 1.0, 0.0);
        assertThat(system.inputs()).extracting(Input::name).containsExactly("iApp");
        assertThat(system.outputs()).extracting(Definition::name).containsExactly("ina", "a_aux");
        assertThat(rate(file, "V", 0)).isCloseTo(5 - 0.6 + (-130 + 3) * 12, within(1e-9));
        assertThat(value(file, system.outputs().get(1).expression(), 0)).isEqualTo(-260);
        assertThat(file.options()).containsEntry("total", "200").containsEntry("dt", "0.05").containsEntry("meth",
                "rk4");
        assertThat(file.remarks()).hasSize(2).allMatch(each -> each.text().contains("defined behind it"));
        assertThat(file.system().dependsOnTime()).isFalse();
    }

    @Test
    void aFileMayStateItsScaleItsSpikeAndItsPlane() {
        String equations = "\nv'=i-v\nw'=-w\npar i=0";
        OdeTraits stated = parse("# nagumo: unit current -0.5, duration 2\n# nagumo: spike below 0.1, rearm 0.3\n"
                + "# nagumo: plane w/2 - v" + equations).traits();
        assertThat(stated.units()).contains(new StatedUnits(-0.5, 2));
        assertThat(stated.spike()).contains(new StatedSpike(0.1, true, 0.3));
        assertThat(stated.plane().orElseThrow().text()).isEqualTo("w/2 - v");
        assertThat(stated.plane().orElseThrow().formula().value(Map.of("w", 4.0, "v", 1.0))).isEqualTo(1);
        assertThat(parse(equations).traits()).isEqualTo(OdeTraits.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', value = {
        "unit current 1 ~ 'unit' states only 'current'; allowed: unit current NUMBER, duration NUMBER",
        "unit current 0, duration 1 ~ 'unit current' is 0.0; allowed: a number other than 0",
        "unit current 1, duration -1 ~ 'unit duration' is -1.0; allowed: a positive number",
        "unit charge 1 ~ 'charge' is no word of 'unit'; allowed: [current, duration]",
        "unit current x, duration 1 ~ 'unit current' is 'x'; allowed: a finite number",
        "spike above 0 ~ 'spike' states [above 0.0]; allowed: spike above NUMBER, rearm POSITIVE NUMBER",
        "spike above 0, below 0, rearm 1 ~ 'spike' states [above 0.0, below 0.0, rearm 1.0]; allowed",
        "plane i ~ 'plane i' uses 'i', which is no state; allowed: a formula of states, of [v, w]",
        "plane 3 ~ 'plane 3' has no state; allowed"})
    void aFaultOfSuchALineIsToldWithItsPlace(String line, String fault) {
        assertThatThrownBy(() -> parse("# nagumo: " + line + "\nv'=i-v\nw'=-w\npar i=0"))
                .isInstanceOf(OdeException.class).hasMessageStartingWith("test.ode:1:").hasMessageContaining(fault);
    }

    @Test
    void arraysAndBlocks() {
        OdeFile file = parse("""
                x[1..3]'=-x[j]+[j]*k
                x[1..3](0)=[j]
                %[0..1]
                y[j]'=x[j+1]-y[j]
                z[j]'=x[j*2]-y[0]
                %
                x0=7
                par k=10
                """);
        assertThat(file.system().states()).extracting(State::name).containsExactly("x1", "x2", "x3", "y0", "z0", "y1",
                "z1");
        assertThat(rate(file, "x3", 0)).isEqualTo(27);
        assertThat(rate(file, "y1", 0)).isEqualTo(2);
        assertThat(rate(file, "z0", 0)).isEqualTo(7);
    }

    @Test
    void theTimeMakesASystemTimeDependentAlsoThroughATemporary() {
        assertThat(parse("v'=-v+s\ns=heav(T-5)").system().dependsOnTime()).isTrue();
        assertThat(parse("v'=-v\naux s=t").system().dependsOnTime()).isFalse();
    }

    @Test
    void aFunctionsArgumentHidesTheStateOfItsName() {
        OdeFile file = parse("f(v)=v*w\nv'=f(v+1)\nw'=0\ninit v=2 w=5");
        assertThat(rate(file, "v", 0)).isEqualTo(15);
    }

    @Test
    void inputAndPotentialByUsualNames() {
        assertThat(parse("w'=-w\nV'=i0-v\npar i0=3").ports().sentence()).isEqualTo("potential: state V (mV), by its"
                + " usual name (unit assumed); current: parameter i0 (uA/cm2), by its usual name (unit assumed); time:"
                + " ms, assumed");
        OdePorts dimensionless = parse("x'=istim-x\npar istim=3").ports();
        assertThat(dimensionless.output()).isEqualTo(new OdePort("x", "1"));
        assertThat(dimensionless.input()).contains(new OdePort("istim", "1"));
        // A current that is not read is none; without any there is no input.
        assertThat(parse("v'=istim-v\npar i=1, istim=3").ports().input()).contains(new OdePort("istim", "uA/cm2"));
        assertThat(parse("v'=-v\npar i=1").ports().input()).isEmpty();
    }

    @Test
    void theFileChoosesAndTheUserOverrules() {
        String text = """
                # nagumo: name my-cell
                # nagumo: input stim nA, output volt mV, time s
                # nagumo: about g mS/cm2 as gLeak: leak conductance: its largest
                # nagumo: about k 1
                # nagumo: scale volt 150, k 1
                # nagumo: require g>0
                par g=2, stim=0, other=1
                k'=-k*other
                volt'=stim-g*volt
                """;
        OdeFile file = parse(text);
        assertThat(file.name()).isEqualTo("my-cell");
        assertThat(file.ports().input()).contains(new OdePort("stim", "nA"));
        assertThat(file.ports().output()).isEqualTo(new OdePort("volt", "mV"));
        assertThat(file.ports().timeUnit()).isEqualTo("s");
        assertThat(file.ports().sentence()).isEqualTo("potential: state volt (mV), as the file says; current: parameter"
                + " stim (nA), as the file says; time: s, as the file says");
        assertThat(file.system().states()).extracting(State::name).containsExactly("k", "volt");
        assertThat(file.system().parameters().get(0)).isEqualTo(new Parameter("g", 2, "mS/cm2",
                "leak conductance: its largest"));
        assertThat(file.spelling("g")).isEqualTo("gLeak");
        assertThat(file.scales()).isEqualTo(Map.of("volt", 150.0, "k", 1.0));
        assertThat(file.requirements()).extracting(OdeRequirement::text).containsExactly("g>0");
        OdeFile overruled = OdeReader.parse("test.ode", text, new OdeChoice("other 1", "k"));
        assertThat(overruled.ports().input()).contains(new OdePort("other", "1"));
        assertThat(overruled.ports().output()).isEqualTo(new OdePort("k", "1"));
    }

    @Test
    void carriageReturnsTabsAndLatinLettersInComments() {
        OdeFile file = parse("# \u00e4\r\npar\ta=1\tb=2\rx'=a+b\r\n");
        assertThat(rate(file, "x", 0)).isEqualTo(3);
    }

    @Test
    void aComparisonBesideArithmeticIsRemarkedOn() {
        assertThat(parse("x'=x+1>2").remarks()).extracting(OdeFault::toString).containsExactly("test.ode:1:7: '>' is"
                + " computed before '+', as XPPAUT does it; write parentheses to say which comes first");
        assertThat(parse("x'=(x+1)>2").remarks()).isEmpty();
        assertThat(parse("x'=x>2&x<3").remarks()).isEmpty();
        assertThat(parse("x'=1+(x>2)").remarks()).isEqualTo(List.of());
    }
}
