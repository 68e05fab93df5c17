package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.CycleBranch;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.CertifiedEquilibria;

/**
 * The Hodgkin-Huxley diagram against XPPAUT's integrator, with the equations written down once more in its language:
 * where orbits settle and how fast they grow.
 */
class XppautTest {

    /** With the current i. */
    static final String EQUATIONS = """
            am(v)=.1*(v+40)/(1-exp(-(v+40)/10))
            bm(v)=4*exp(-(v+65)/18)
            ah(v)=.07*exp(-(v+65)/20)
            bh(v)=1/(1+exp(-(v+35)/10))
            an(v)=.01*(v+55)/(1-exp(-(v+55)/10))
            bn(v)=.125*exp(-(v+65)/80)
            v'=i-120*m^3*h*(v-50)-36*n^4*(v+77)-.3*(v+54.387)
            m'=am(v)*(1-m)-bm(v)*m
            h'=ah(v)*(1-h)-bh(v)*h
            n'=an(v)*(1-n)-bn(v)*n
            """;
    static final EquationNeuron NEURON = ShippedNeurons.named("hh");

    /** Computed when it is first asked for. */
    static final class Ours {
        static final BifurcationDiagram DIAGRAM = NeuronBifurcationTest.diagram(NEURON, 0, 170);
    }

    @TempDir
    private Path folder;

    /** Skips a test where a program is missing. */
    static void assumeInstalled(String... programs) {
        List<String> missing = Arrays.stream(programs).filter(program -> Arrays.stream(System.getenv("PATH").split(":"))
                .noneMatch(path -> Files.isExecutable(Path.of(path, program)))).toList();
        assumeTrue(missing.isEmpty(), "not installed: " + String.join(", ", missing)
                + " (Debian packages xppaut, xvfb and xdotool); the comparison with XPPAUT is skipped");
    }

    @BeforeEach
    void skippedWithAMessageWhereItIsNotInstalled() {
        assumeInstalled("xppaut");
    }

    /** Times and states, {@code [row][t, V, m, h, n]}. */
    private double[][] integrate(double current, double[] start, double totalMs, double stepMs)
            throws IOException, InterruptedException {
        Path ode = folder.resolve("hh.ode");
        Files.writeString(ode, EQUATIONS + String.format(Locale.ROOT, """
                par i=%.17g
                init v=%.17g,m=%.17g,h=%.17g,n=%.17g
                @ total=%s,dt=%s,meth=rungekutta,maxstor=2000000,bounds=1000
                done
                """, current, start[0], start[1], start[2], start[3], totalMs, stepMs));
        Path data = folder.resolve("out.dat");
        Process process = new ProcessBuilder("xppaut", "-silent", ode.toString(), "-outfile", data.toString(), "-quiet",
                "1").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(data).stream().map(line -> Arrays.stream(line.trim().split("\\s+"))
                .mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
    }

    /** Times at which V passes a level upwards, between rows by straight lines. */
    private static List<Double> passages(double[][] rows, double levelMv, double stepMs) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i + 1 < rows.length; i++) {
            if (rows[i][1] < levelMv && rows[i + 1][1] >= levelMv) {
                times.add((i + (levelMv - rows[i][1]) / (rows[i + 1][1] - rows[i][1])) * stepMs);
            }
        }
        return times;
    }

    private static PeriodicOrbit stableOrbit(double current) {
        for (CycleBranch branch : Ours.DIAGRAM.cycleBranches()) {
            for (PeriodicOrbit orbit : branch.at(NEURON, NEURON.units(), current)) {
                if (orbit.stable()) {
                    return orbit;
                }
            }
        }
        throw new AssertionError("no stable orbit at " + current);
    }

    @Test
    void periodsOfTheStableOrbits() throws Exception {
        for (double current : new double[] {6.5, 8, 10, 19}) {
            PeriodicOrbit orbit = stableOrbit(current);
            List<Double> times = passages(integrate(current, orbit.points()[0], 40 * orbit.periodMs(), 0.01), -20,
                    0.01);
            double period = (times.get(times.size() - 1) - times.get(9)) / (times.size() - 10);
            assertThat(orbit.periodMs()).isCloseTo(period, within(1e-4));
        }
    }

    @Test
    void theFoldOfCyclesIsWhereRepetitiveFiringEnds() throws Exception {
        double fold = Ours.DIAGRAM.points(BifurcationPoint.Kind.FOLD_OF_CYCLES).get(0).input();
        double[] firing = stableOrbit(6.3).points()[0];
        for (double away : new double[] {-1e-3, 1e-3}) {
            List<Double> times = passages(integrate(fold + away, firing, 4000, 0.02), -20, 0.02);
            assertThat(times.get(times.size() - 1) > 3900).as("firing at %s", fold + away).isEqualTo(away > 0);
        }
    }

    /** The rate at which small oscillations grow passes zero at the Hopf point. */
    @Test
    void theHopfPointIsWhereSmallOscillationsNeitherGrowNorDie() throws Exception {
        BifurcationPoint hopf = Ours.DIAGRAM.points(BifurcationPoint.Kind.HOPF).get(0);
        double below = growth(hopf.input() - 0.05);
        double above = growth(hopf.input() + 0.05);
        assertThat(below).isNegative();
        assertThat(above).isPositive();
        double zero = hopf.input() - 0.05 + 0.1 * below / (below - above);
        assertThat(hopf.input()).isCloseTo(zero, within(1e-3));
    }

    /** Growth per ms of an oscillation of a tenth of a millivolt. */
    private double growth(double current) throws Exception {
        double[] rest = CertifiedEquilibria.in(NEURON, current, NEURON.equilibriumRegion(current, current)).equilibria()
                .get(0).state();
        double[] beside = rest.clone();
        beside[0] += 0.1;
        double[][] rows = integrate(current, beside, 400, 0.01);
        List<double[]> peaks = new ArrayList<>();
        for (int i = 1; i + 1 < rows.length; i++) {
            double before = rows[i - 1][1];
            double here = rows[i][1];
            double after = rows[i + 1][1];
            if (here > before && here >= after && i > 5000) {
                // The top of the parabola through three rows.
                double shift = (before - after) / (2 * (before - 2 * here + after));
                peaks.add(new double[] {(i + shift) * 0.01, here - (before - after) * shift / 4 - rest[0]});
            }
        }
        double[] first = peaks.get(0);
        double[] last = peaks.get(peaks.size() - 1);
        return Math.log(last[1] / first[1]) / (last[0] - first[0]);
    }
}
