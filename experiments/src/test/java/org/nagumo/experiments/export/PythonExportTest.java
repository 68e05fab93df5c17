package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.simulate.CurrentTrace;

class PythonExportTest {

    private static final double DT = 0.1;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hh", "wang-buzsaki", "gru-2", "gru-2-plain", "gru-8"})
    void pythonGivesTheSameVoltageUnderNoise(String model) throws Exception {
        String python = Programs.python(folder, "numpy", "python3-numpy");
        ExportedSystem exported = Models.exported(model);
        assertThat(Exports.write(exported, "python", folder.resolve("model.py"))).isEmpty();
        CurrentTrace current = Models.noise(DT);
        Programs.write(folder.resolve("current.txt"), current.currentUaPerCm2());
        Programs.run(folder, python, "-c", """
                import numpy as np
                from model import simulate
                voltage, states = simulate(np.loadtxt("current.txt"), %s)
                np.savetxt("voltage.txt", voltage, fmt="%%.17g")
                """.formatted(DT));
        double[] theirs = Arrays.stream(Programs.table(folder.resolve("voltage.txt"))).mapToDouble(row -> row[0])
                .toArray();
        double[] d = Models.differences(exported, DT, Models.sameMethod(model, current).voltageMv(), theirs);
        System.out.printf("python: %s under noise: %.2g mV, %.0f spikes within %.2g ms%n", model, d[0], d[2], d[1]);
        assertThat(d[0]).isLessThan(0.01);
        assertThat(d[1]).isLessThan(0.02);
        assertThat(d[2]).isGreaterThan(2);
    }

    /** All functions and operators, also at a removable singularity, in names that Python has taken. */
    @Test
    void everyOperationMeansTheSame() throws Exception {
        String python = Programs.python(folder, "numpy", "python3-numpy");
        String text = """
                par i=0, lambda=2, is=-3
                in=(v+40)/(1-exp(-(v+40)/10))
                v'=in+i+lambda^is+max(v,is)-min(v,lambda)*sign(v)+heav(v)+flr(v/7)+mod(v,3)
                w'=if(v>is&w<2|v==w)then(not(w)+abs(v))else(sqrt(abs(v))^w-log10(3-is))
                y'=sin(v)+cos(v)+tan(v)+asin(y)+acos(y)+atan(v)+atan2(v,w)+sinh(y)+cosh(y)+tanh(y)+ln(lambda)-y^3-(-y)^2
                done
                """;
        ExportedSystem exported = ExportedSystem.of(EquationNeuron.parse("all.ode", text, OdeChoice.NONE));
        assertThat(Exports.write(exported, "python", folder.resolve("model.py"))).hasSize(3)
                .allMatch(line -> line.endsWith("the name has a meaning of its own in Python"));
        double[][] states = {{-40, 0.3, 0.2}, {-55.5, 1.5, -0.7}, {12.25, 3, 0.5}};
        Programs.run(folder, python, "-c", """
                import numpy as np
                from model import derivative
                states = [%s]
                np.savetxt("rates.txt", [derivative(state, 1.5) for state in states], fmt="%%.17g")
                """.formatted(String.join(", ", Arrays.stream(states).map(Arrays::toString).toList())));
        double[][] theirs = Programs.table(folder.resolve("rates.txt"));
        EquationSystem system = exported.system();
        for (int k = 0; k < states.length; k++) {
            double[] ours = new double[3];
            system.compile().derivative(0, states[k], new double[] {1.5}, ours);
            assertThat(theirs[k]).containsExactly(ours, within(1e-12));
        }
    }

    @Test
    void theDocumentationSaysWhatItIsAndHasTheEquations() throws Exception {
        Exports.write(Models.exported("gru-2"), "python", folder.resolve("gru_2.py"));
        assertThat(Files.readString(folder.resolve("gru_2.py"))).contains("imitates hh",
                "./nagumo train gru-2 --seed 1", "SHA-256", "Licence: Apache License 2.0",
                "from gru_2 import simulate", "dh1/dt = ", "x = i/40");
        assertThatThrownBy(() -> Exports.write(Models.exported("fhn"), "python", folder.resolve("my-file.py")))
                .isInstanceOf(InputException.class).hasMessageContaining("my-file.py").hasMessageContaining("allowed");
    }

    @Test
    void badCurrentsAreRefusedInPython() throws Exception {
        String python = Programs.python(folder, "numpy", "python3-numpy");
        Exports.write(Models.exported("fhn"), "python", folder.resolve("fhn.py"));
        Map<String, String> faults = Map.of("[np.nan]", "current: allowed", "[]", "current: allowed", "[1.0], dt=-1",
                "dt is -1", "np.full(9, 1e9), dt=5, sample=5", "not finite");
        for (Map.Entry<String, String> fault : faults.entrySet()) {
            String call = fault.getKey().contains("dt") ? fault.getKey() : fault.getKey() + ", 0.1";
            assertThat(Programs.run(folder, python, "-c", """
                    import numpy as np
                    from fhn import simulate
                    try:
                        simulate(%s)
                    except (ValueError, FloatingPointError) as e:
                        print(e)
                    """.formatted(call))).contains(fault.getValue());
        }
    }
}
