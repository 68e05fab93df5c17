package org.nagumo.datagen.ode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.nagumo.core.equations.CompiledSystem;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.State;

/** Runs XPPAUT and this program's own integration of the same file. */
public final class Xppaut {

    private static final double TOLERANCE = 1e-10;

    private Xppaut() {
    }

    /** Skips a test where XPPAUT is not installed, and says so. */
    public static void assumeInstalled() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "xppaut")));
        assumeTrue(installed, "not installed: xppaut (Debian package xppaut); the comparison with XPPAUT is skipped");
    }

    /** The statements of a text without those that steer XPPAUT, with our own duration and method. */
    private static String steered(String text, double duration, double step) {
        List<String> lines = new ArrayList<>();
        boolean continued = false;
        for (String line : text.split("\r?\n")) {
            boolean skipped = continued || line.strip().matches("(@|set ).*");
            continued = skipped && line.strip().endsWith("\\");
            if (line.strip().matches("(?i)(d|done)(\\s.*)?")) {
                break;
            }
            if (!skipped) {
                lines.add(line);
            }
        }
        lines.add("@ total=" + duration + ",dt=" + step + ",t0=0,trans=0,nout=1,meth=83dp,toler=1e-10,atoler=1e-10,"
                + "maxstor=1000000,bounds=1e12");
        lines.add("done\n");
        return String.join("\n", lines);
    }

    /**
     * Times and states as XPPAUT computes them.
     *
     * @return {@code [row][t, states in the order of the file, outputs]}
     */
    public static double[][] run(Path folder, String text, double duration, double step)
            throws IOException, InterruptedException {
        Path file = folder.resolve("steered.ode");
        Files.writeString(file, steered(text, duration, step), StandardCharsets.ISO_8859_1);
        Path out = folder.resolve("out.dat");
        Files.deleteIfExists(out);
        Process process = new ProcessBuilder("xppaut", file.toString(), "-silent", "-outfile", out.toString(), "-quiet",
                "1").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        process.waitFor();
        if (!Files.exists(out)) {
            throw new AssertionError("XPPAUT refuses: " + Files.readString(folder.resolve("log"),
                    StandardCharsets.ISO_8859_1));
        }
        return Files.readAllLines(out).stream().map(line -> Arrays.stream(line.trim().split("\\s+"))
                .mapToDouble(Double::parseDouble).toArray()).toArray(double[][]::new);
    }

    /** States at the times of the rows, by the method of Dormand and Prince of order 8(5,3). */
    private static double[][] ours(OdeFile file, double[][] rows) {
        CompiledSystem system = file.system().compile();
        double[] inputs = file.system().inputs().stream().mapToDouble(Input::value).toArray();
        double[] initial = file.system().states().stream().mapToDouble(State::initial).toArray();
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return initial.length;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] derivative = new double[y.length];
                system.derivative(t, y, inputs, derivative);
                return derivative;
            }
        };
        double[][] ours = new double[rows.length][];
        ours[0] = initial;
        int[] next = {1};
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(1e-12, 1, TOLERANCE, TOLERANCE);
        integrator.addStepHandler(step -> {
            while (next[0] < rows.length && rows[next[0]][0] <= step.getCurrentState().getTime() + 1e-9) {
                ours[next[0]] = step.getInterpolatedState(rows[next[0]][0]).getPrimaryState();
                next[0]++;
            }
        });
        integrator.integrate(equation, new ODEState(0, initial), rows[rows.length - 1][0]);
        return ours;
    }

    /** The largest difference of a state from XPPAUT's, as a share of its range there. */
    public static double deviation(OdeFile file, double[][] rows) {
        double[][] ours = ours(file, rows);
        double worst = 0;
        for (int k = 0; k < ours[0].length; k++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double difference = 0;
            for (int r = 0; r < rows.length; r++) {
                low = Math.min(low, rows[r][k + 1]);
                high = Math.max(high, rows[r][k + 1]);
                difference = Math.max(difference, Math.abs(rows[r][k + 1] - ours[r][k]));
            }
            // XPPAUT keeps seven digits of each number.
            double range = Math.max(high - low, 1e-3 * Math.max(Math.abs(low), Math.abs(high)));
            worst = Math.max(worst, difference == 0 ? 0 : difference / range);
        }
        return worst;
    }
}
