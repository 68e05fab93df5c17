package org.nagumo.datagen.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.ode.OdeFile;
import org.nagumo.datagen.ode.OdeReader;

/** Files of equations in time, against solutions in closed form. */
class FileSimulatorTest {

    private static OdeFile parse(String text) {
        return OdeReader.parse("test.ode", text, OdeChoice.NONE);
    }

    @Test
    void equationsThatDependOnTheTime() {
        FileSimulator simulator = new FileSimulator(parse("w'=-w*heav(t-2)\nv'=cos(t)\ninit w=3 v=-1"));
        Trace trace = simulator.ownResponse(0.1, 101);
        assertThat(trace.stateNames()).containsExactly("w");
        for (int i = 0; i < trace.length(); i++) {
            double t = 0.1 * i;
            assertThat(trace.voltageMv()[i]).isCloseTo(Math.sin(t) - 1, within(1e-8));
            assertThat(trace.states()[0][i]).isCloseTo(3 * Math.exp(-Math.max(0, t - 2)), within(1e-6));
        }
    }

    @Test
    void aCurrentTakesThePlaceOfTheFilesOwn() {
        FileSimulator simulator = new FileSimulator(parse("v'=i-v\npar i=2"));
        assertThat(simulator.ownResponse(1, 6).voltageMv()[5]).isCloseTo(2 * (1 - Math.exp(-5)), within(1e-9));
        Trace step = simulator.respond(List.of(new CurrentTrace(1, new double[] {0, 0, 1, 1}))).get(0);
        assertThat(step.voltageMv()).containsExactly(new double[] {0, 0, 0, 1 - Math.exp(-1)}, within(1e-9));
    }

    @Test
    void noCurrentAndNoEndAreSaidInOneLine() {
        FileSimulator still = new FileSimulator(parse("v'=-v"));
        assertThatThrownBy(() -> still.respond(List.of(new CurrentTrace(1, new double[] {1}))))
                .hasMessage("test.ode: has no injected current; allowed: a current of 0, or a file with a current");
        FileSimulator exploding = new FileSimulator(parse("v'=v^2\ninit v=1"));
        assertThatThrownBy(() -> exploding.ownResponse(0.5, 10)).isInstanceOf(DivergenceException.class)
                .hasMessageStartingWith("test diverged between 0.0 and 5.0 ms");
    }
}
