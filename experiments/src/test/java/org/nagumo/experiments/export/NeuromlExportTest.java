package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.simulate.CurrentTrace;

class NeuromlExportTest {

    private static final double DT = 0.1;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hh", "wang-buzsaki", "gru-2"})
    void lemsGivesTheSameVoltageAndSpikesUnderNoise(String model) throws Exception {
        ExportedSystem exported = Models.exported(model);
        Exports.write(exported, "neuroml", folder.resolve("cell.xml"));
        LemsCell cell = new LemsCell(folder.resolve("cell.xml"), "cell");
        CurrentTrace current = Models.noise(DT);
        double[] theirs = new double[current.currentUaPerCm2().length];
        Stepping method = exported.stepping();
        int substeps = method.substeps() * Math.max(1, (int) Math.ceil(DT / method.sample() * (1 - 1e-9)));
        double h = 1e-3 * DT / substeps;
        int spikes = 0;
        for (int k = 0; k < theirs.length; k++) {
            cell.current(0.01 * current.currentUaPerCm2()[k]);
            theirs[k] = 1e3 * cell.value("voltage");
            for (int step = 0; step < substeps; step++) {
                double[] x = cell.state();
                double[] next = x.clone();
                double[] rate = new double[x.length];
                for (int s = 0; s < method.weights().size(); s++) {
                    double[] stage = x.clone();
                    for (int j = 0; j < x.length; j++) {
                        stage[j] += method.inner().get(s) * h * rate[j];
                    }
                    rate = cell.derivative(stage);
                    for (int j = 0; j < x.length; j++) {
                        next[j] += method.weights().get(s) * h * rate[j];
                    }
                }
                cell.set(next);
                spikes += cell.events();
            }
        }
        double[] d = Models.differences(exported, DT, Models.sameMethod(model, current).voltageMv(), theirs);
        System.out.printf("neuroml: %s under noise: %.2g mV, %.0f spikes within %.2g ms%n", model, d[0], d[2], d[1]);
        assertThat(d[0]).isLessThan(0.01);
        assertThat(d[1]).isLessThan(0.02);
        assertThat(d[2]).isGreaterThan(2);
        assertThat(spikes).isEqualTo((int) d[2]);
    }

    /** All functions and operators of LEMS, also at a removable singularity, in names that LEMS has taken. */
    @Test
    void everyOperationMeansTheSame() throws Exception {
        String text = """
                par i=0, t0=2, current=-3
                armed=(v+40)/(1-exp(-(v+40)/10))
                v'=armed+i+t0^current+max(v,current)-min(v,t0)*sign(v)+heav(v)+flr(v/7)+mod(v,3)
                w'=if(v>current&w<2|v==w)then(not(w)+abs(v))else(sqrt(abs(v))^w-log10(3-current))
                y'=sin(v)+cos(v)+tan(v)+sinh(y)+cosh(y)+tanh(y)+ln(t0)-y^3-(-y)^2-(-v)*1e-7+(v<=w)-(v>=w)+(v!=w)
                done
                """;
        ExportedSystem exported = ExportedSystem.of(EquationNeuron.parse("all.ode", text, OdeChoice.NONE));
        assertThat(Exports.write(exported, "neuroml", folder.resolve("all.xml"))).hasSize(2)
                .allMatch(line -> line.endsWith("the name has a meaning of its own in LEMS"));
        LemsCell cell = new LemsCell(folder.resolve("all.xml"), "all");
        cell.current(exported.units().current().equals("1") ? 1.5 : 0.015);
        EquationSystem system = exported.system();
        for (double[] state : new double[][] {{-40, 0.3, 0.2}, {-55.5, 1.5, -0.7}, {12.25, 3, 0.5}}) {
            double[] ours = new double[3];
            system.compile().derivative(0, state, new double[] {1.5}, ours);
            double[] theirs = Arrays.copyOf(cell.derivative(new double[] {state[0], state[1], state[2], 1}), 3);
            assertThat(Arrays.stream(theirs).map(each -> each * 1e-3).toArray()).containsExactly(ours, within(1e-11));
        }
    }

    @Test
    void theHeadSaysWhatItIsAndWhatLemsLacksIsRefused() throws Exception {
        Exports.write(Models.exported("gru-2"), "neuroml", folder.resolve("gru_2.xml"));
        assertThat(Files.readString(folder.resolve("gru_2.xml"))).contains("imitates hh", "./nagumo train gru-2",
                "SHA-256", "Licence: Apache License 2.0", "Run: in jLEMS, which writes gru_2.dat");
        ExportedSystem angle = ExportedSystem.of(EquationNeuron.parse("angle.ode",
                "par i=0\nv'=i-v+atan(v)\ndone\n", OdeChoice.NONE));
        assertThatThrownBy(() -> Exports.write(angle, "neuroml", folder.resolve("angle.xml")))
                .isInstanceOf(InputException.class).hasMessage("the equations use atan; allowed in LEMS: its own"
                        + " functions, of which atan is none");
        assertThat(folder.resolve("angle.xml")).doesNotExist();
    }
}
