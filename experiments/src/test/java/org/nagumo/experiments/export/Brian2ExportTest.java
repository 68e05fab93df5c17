package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.simulate.CurrentTrace;

class Brian2ExportTest {

    private static final double DT = 0.1;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hh", "gru-2"})
    void brianGivesTheSameVoltageAndSpikesUnderNoise(String model) throws Exception {
        String python = Programs.python(folder, "brian2", "python3-brian");
        ExportedSystem exported = Models.exported(model);
        Exports.write(exported, "brian2", folder.resolve("model.py"));
        CurrentTrace current = Models.noise(DT);
        Programs.write(folder.resolve("current.txt"), current.currentUaPerCm2());
        Programs.run(folder, python, "-c", """
                from brian2 import *
                prefs.codegen.target = "numpy"
                from model import neurons
                stimulus = TimedArray(loadtxt("current.txt")*uA/cm**2, dt=%1$s*ms)
                group = neurons(stimulus=stimulus)
                trace = StateMonitor(group, "voltage", record=True, dt=%1$s*ms)
                spikes = SpikeMonitor(group)
                run(200.05*ms)
                savetxt("voltage.txt", trace.voltage[0]/mV, fmt="%%.17g")
                savetxt("spikes.txt", [spikes.num_spikes])
                """.formatted(DT));
        double[] theirs = Arrays.stream(Programs.table(folder.resolve("voltage.txt"))).mapToDouble(row -> row[0])
                .toArray();
        double[] d = Models.differences(exported, DT, Models.sameMethod(model, current).voltageMv(), theirs);
        System.out.printf("brian2: %s under noise: %.2g mV, %.0f spikes within %.2g ms%n", model, d[0], d[2], d[1]);
        assertThat(d[0]).isLessThan(0.01);
        assertThat(d[1]).isLessThan(0.02);
        assertThat(d[2]).isGreaterThan(2);
        assertThat(Programs.table(folder.resolve("spikes.txt"))[0][0]).isEqualTo(d[2]);
    }

    /** The example below __main__ of a neuron without units. */
    @Test
    void theExampleRuns() throws Exception {
        String python = Programs.python(folder, "brian2", "python3-brian");
        Exports.write(Models.exported("fhn"), "brian2", folder.resolve("fhn.py"));
        Files.writeString(folder.resolve("run.py"), """
                import runpy
                import brian2
                brian2.prefs.codegen.target = "numpy"
                runpy.run_path("fhn.py", run_name="__main__")
                """);
        assertThat(Programs.run(folder, python, "run.py"))
                .containsPattern("[1-9][0-9]* spikes, from -\\d\\.\\d+ to \\d");
    }

    @Test
    void whatBrianDoesNotHaveIsRefusedInOneLine() {
        ExportedSystem angle = ExportedSystem.of(EquationNeuron.parse("angle.ode",
                "par i=0\nv'=i-v+atan2(v,2)\ndone\n", OdeChoice.NONE));
        assertThatThrownBy(() -> Exports.write(angle, "brian2", folder.resolve("angle.py")))
                .isInstanceOf(InputException.class).hasMessage("the equations use atan2; allowed in Brian 2: its own"
                        + " functions, of which atan2 is none");
        assertThat(folder.resolve("angle.py")).doesNotExist();
    }
}
