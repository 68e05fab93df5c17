package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.simulate.CurrentTrace;

class NeuronExportTest {

    private static final double DT = 0.1;

    @TempDir
    private Path folder;

    /** Compiles all mechanisms in the folder. Debian's nrnivmodl looks for its makefile where it is not. */
    private void compile() throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Path elsewhere = Path.of("/usr/lib/nrn");
        String set = "";
        if (Files.exists(elsewhere.resolve("nrnmech_makefile"))) {
            for (String tool : List.of("nocmodl", "modlunit")) {
                Files.createSymbolicLink(home.resolve("bin").resolve(tool), Path.of("/usr/bin", tool));
            }
            Files.createSymbolicLink(home.resolve("bin/nrnmech_makefile"), elsewhere.resolve("nrnmech_makefile"));
            Files.createSymbolicLink(home.resolve("lib/libnrniv.so"), elsewhere.resolve("libnrniv.so"));
            Files.createSymbolicLink(home.resolve("include"), Path.of("/usr/include"));
            Files.createSymbolicLink(home.resolve("share"), Path.of("/usr/share"));
            set = "NRNHOME=" + home + " ARCH= ";
        }
        // The library is enough for Python; the program 'special' needs packages that the test does not.
        String log = Programs.run(folder, "bash", "-c", set + "nrnivmodl || true");
        assertThat(Files.exists(folder.resolve("x86_64/libnrnmech.so"))
                || Files.exists(folder.resolve("aarch64/libnrnmech.so"))).as(log).isTrue();
    }

    private String python() throws IOException, InterruptedException {
        Programs.assumeInstalled("nrnivmodl", "neuron-dev");
        Programs.assumeInstalled("c++", "g++");
        return Programs.python(folder, "neuron", "python3-neuron");
    }

    /** By NEURON's own method with variable steps. */
    @Test
    void neuronGivesTheSameVoltageAndSpikesUnderNoise() throws Exception {
        String python = python();
        CurrentTrace current = Models.noise(DT);
        Programs.write(folder.resolve("current.txt"), current.currentUaPerCm2());
        List<String> models = List.of("hh", "gru-2");
        for (String model : models) {
            Exports.write(Models.exported(model), "neuron", folder.resolve(model.replace("-", "_") + ".mod"));
        }
        Exports.write(Models.exported("fhn"), "neuron", folder.resolve("fhn.mod"));
        compile();
        assertThat(Programs.run(folder, python, "fhn_example.py")).containsPattern("[1-9][0-9]* spikes, from -\\d");
        for (String model : models) {
            Programs.run(folder, python, "-c", """
                    import numpy as np
                    from neuron import h
                    h.load_file("stdrun.hoc")
                    section = h.Section(name="holder")
                    cell = h.%s_cell(section(0.5))
                    current = h.Vector(np.loadtxt("current.txt"))
                    current.play(cell._ref_i, %2$s)
                    h.CVode().active(True)
                    h.CVode().atol(1e-8)
                    trace = h.Vector().record(cell._ref_V, %2$s)
                    spikes = h.Vector()
                    net = h.NetCon(cell, None)
                    net.record(spikes)
                    h.finitialize()
                    h.continuerun(200.05)
                    np.savetxt("voltage.txt", np.array(trace), fmt="%%.17g")
                    np.savetxt("spikes.txt", np.array(spikes), fmt="%%.17g")
                    """.formatted(model.replace("-", "_"), DT));
            double[] theirs = column("voltage.txt");
            double[] ours = Models.response(model, current).voltageMv();
            ExportedSystem exported = Models.exported(model);
            double[] d = Models.differences(exported, DT, ours, theirs);
            double[] sent = column("spikes.txt");
            double[] crossed = Models.crossings(ours, DT, exported.spike().threshold()).stream()
                    .mapToDouble(each -> each).toArray();
            System.out.printf("neuron: %s under noise: %.2g mV, %.0f spikes within %.2g ms%n", model, d[0], d[2], d[1]);
            assertThat(d[0]).isLessThan(0.1);
            assertThat(d[1]).isLessThan(0.02);
            assertThat(d[2]).isGreaterThan(2);
            // The program finds the end of the step in which the potential passes the threshold.
            assertThat(sent).containsExactly(crossed, within(0.05));
        }
    }

    private double[] column(String file) throws IOException {
        return Arrays.stream(Programs.table(folder.resolve(file))).mapToDouble(row -> row[0]).toArray();
    }

    /** All functions and operators, also at a removable singularity, in constant rates: the slopes of states. */
    @Test
    void everyOperationMeansTheSame() throws Exception {
        String python = python();
        List<String> formulas = List.of("i^(-3)+max(a,i)-min(a,i)*sign(a)+heav(a)+flr(a/7)+mod(a,3)",
                "if(a>i&i<2|a==i)then(1)else(not(a)+abs(a)+sqrt(abs(a))+log10(i+3))",
                "sin(a)+cos(a)+tan(a)+asin(i/9)+acos(i/9)+atan(a)+atan2(a,i)+sinh(i)+cosh(i)+tanh(i)+ln(i)-a^2-(-a)^2",
                "(v+40)/(1-exp(-(v+40)/10))");
        StringBuilder text = new StringBuilder("par i=1.5\npar a=-40\ninit v=-40\nv'=0*i\n");
        for (int k = 0; k < formulas.size(); k++) {
            text.append("y").append(k).append("'=").append(formulas.get(k)).append('\n');
        }
        EquationNeuron neuron = EquationNeuron.parse("all.ode", text + "done\n", OdeChoice.NONE);
        ExportedSystem exported = ExportedSystem.of(neuron);
        Exports.write(exported, "neuron", folder.resolve("every.mod"));
        compile();
        Programs.run(folder, python, "-c", """
                from neuron import h
                section = h.Section(name="holder")
                cell = h.every_cell(section(0.5))
                solver = h.CVode()
                solver.active(True)
                with open("rates.txt", "w") as out:
                    for a in [-40, -55.5, 1.5]:
                        cell.a = a
                        cell.i = 1.5
                        h.finitialize()
                        solver.solve(0.25)
                        print(*[getattr(cell, f"y{k}")/h.t for k in range(4)], file=out)
                """);
        double[][] theirs = Programs.table(folder.resolve("rates.txt"));
        double[] a = {-40, -55.5, 1.5};
        for (int k = 0; k < a.length; k++) {
            double[] ours = new double[5];
            neuron.with(Map.of("a", a[k])).derivative(new double[] {-40, 0, 0, 0, 0}, 1.5, ours);
            assertThat(theirs[k]).containsExactly(Arrays.copyOfRange(ours, 1, 5), within(1e-8));
        }
    }
}
