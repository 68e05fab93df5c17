package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorRowMathTest {

    private static GruEquations equations(Integrator integrator, int substeps, boolean inGates, boolean irregular,
            int features) {
        GruEquations.Draft draft = new GruEquations.Draft();
        draft.dtMs = 0.1;
        draft.tauMs = new double[] {0.1};
        draft.integrator = integrator;
        draft.substeps = substeps;
        draft.inputInGates = inGates;
        draft.irregularTime = irregular;
        draft.features = features;
        return draft.build();
    }

    /** All numbers that a pass there and back gives, of a kernel and a readout. */
    private static float[][] run(RowMath<float[]> math, GruEquations equations, int inputs, int units, int lanes,
            boolean masked, double scale) {
        int steps = 37;
        SplittableRandom random = new SplittableRandom(7);
        FusedGru<float[]> kernel = FusedGru.ofFloats((l, work) -> math, equations, inputs, units);
        FusedReadout<float[]> readout = new FusedReadout<>(kernel, units + 1);
        double[] p = random.doubles(kernel.parameterCount(), -scale, scale).toArray();
        for (int j = 0; j < units; j++) {
            p[p.length - 1 - j] = Math.log(random.nextDouble(0.1, 1));
        }
        double[] q = random.doubles(readout.parameterCount(), -scale, scale).toArray();
        kernel.resize(lanes, steps);
        float[][] masks = masked ? new float[steps][lanes] : null;
        for (int j = 0; j < units; j++) {
            fill(kernel.initialState(j), random, -1, 1);
        }
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < inputs; i++) {
                fill(kernel.input(t, i), random, -2, 2);
            }
            if (equations.irregularTime()) {
                fill(kernel.interval(t), random, 0, 0.1);
            }
            for (int b = 0; masked && b < lanes; b++) {
                masks[t][b] = random.nextInt(4) == 0 ? 0 : 1;
            }
        }
        kernel.forward(p, masks);
        readout.forward(q, 0);
        List<float[]> all = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            for (int j = 0; j < units; j++) {
                all.add(kernel.state(t + 1, j).clone());
            }
            all.add(readout.output(t).clone());
            fill(readout.output(t), random, -1, 1);
        }
        readout.backward();
        kernel.backward(true);
        all.addAll(Arrays.asList(kernel.laneGradients()));
        all.addAll(Arrays.asList(readout.laneGradients()));
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < inputs; i++) {
                all.add(kernel.inputGradient(t, i));
            }
            if (equations.irregularTime()) {
                all.add(kernel.intervalGradient(t));
            }
        }
        for (int j = 0; j < units; j++) {
            all.add(kernel.initialStateGradient(j));
        }
        return all.toArray(float[][]::new);
    }

    private static void fill(float[] row, SplittableRandom random, double from, double to) {
        for (int b = 0; b < row.length; b++) {
            row[b] = (float) random.nextDouble(from, to);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,32,0", "1,2,64,0", "1,2,96,0", "2,2,32,0", "1,3,64,0", "3,4,128,0", "2,5,32,0", "1,8,64,0", "2,13,96,0",
        "1,1,32,1", "1,2,64,8", "1,2,96,16", "1,3,64,7", "2,3,32,5", "3,16,32,9"})
    void vectorInstructionsGiveTheNumbersOfThePlainLoopsToTheLastBit(int inputs, int units, int lanes, int features) {
        RowMath<float[]> vector = new VectorRowMath();
        RowMath<float[]> plain = new FloatRowMath();
        assertThat(lanes % vector.laneMultiple()).isZero();
        for (Integrator integrator : Integrator.values()) {
            for (int option = 0; option < 8; option++) {
                GruEquations equations = equations(integrator, option < 4 ? 1 : 2, option % 2 == 0, option / 2 % 2 == 1,
                        features);
                double scale = option == 5 ? 300 : 1; // beyond the polynomial's range
                boolean masked = option > 2;
                float[][] expected = run(plain, equations, inputs, units, lanes, masked, scale);
                float[][] actual = run(vector, equations, inputs, units, lanes, masked, scale);
                assertThat(actual).as("%s, option %d", equations, option).isDeepEqualTo(expected);
            }
        }
    }

    /** Weight gradients of a sequence in two segments, the last one first, looked at between the two. */
    private static double[] twoSegments(RowMathChoice<float[]> choice) {
        FusedGru<float[]> kernel = FusedGru.ofFloats(choice, GruEquations.euler(1, 5), 1, 3);
        FusedReadout<float[]> readout = new FusedReadout<>(kernel, 4);
        SplittableRandom random = new SplittableRandom(9);
        double[] p = random.doubles(kernel.parameterCount(), 0, 1).toArray();
        double[] q = random.doubles(readout.parameterCount(), -1, 1).toArray();
        double[] all = new double[2 * (p.length + q.length)];
        for (int pass = 0; pass < 2; pass++) {
            kernel.resize(64, 21);
            for (int t = 0; t < 21; t++) {
                fill(kernel.input(t, 0), random, -1, 1);
            }
            kernel.forward(p, null);
            readout.forward(q, 0);
            for (int t = 0; t < 21; t++) {
                fill(readout.output(t), random, -1, 1);
            }
            if (pass == 0) {
                readout.backward();
                kernel.backward(false);
            } else {
                readout.continueBackward();
                kernel.continueBackward(false, 0);
            }
            int at = pass * (p.length + q.length);
            for (float[] row : kernel.laneGradients()) {
                all[at++] = Arrays.hashCode(row);
            }
            for (float[] row : readout.laneGradients()) {
                all[at++] = Arrays.hashCode(row);
            }
        }
        return all;
    }

    @Test
    void theSumsGoOnWhereTheArithmeticChangesBetweenSegments() {
        RowMath<float[]> vector = new VectorRowMath();
        RowMath<float[]> plain = new FloatRowMath();
        double[] expected = twoSegments((lanes, work) -> plain);
        for (List<RowMath<float[]>> order : List.of(List.of(plain, vector), List.of(vector, plain), List.of(vector, vector))) {
            // The kernel also asks when it is made.
            int[] asked = {0};
            assertThat(twoSegments((lanes, work) -> order.get(asked[0]++ < 2 ? 0 : 1))).isEqualTo(expected);
        }
    }

    @Test
    void theGradientIsTheSumOverLanesInTheirOrder() {
        FusedGru<float[]> kernel = FusedGru.ofFloats(GruEquations.euler(1), 1, 2);
        kernel.resize(64, 3);
        SplittableRandom random = new SplittableRandom(5);
        for (int t = 0; t < 3; t++) {
            fill(kernel.input(t, 0), random, -1, 1);
            fill(kernel.outputGradient(t, 1), random, -1, 1);
        }
        kernel.forward(random.doubles(kernel.parameterCount(), 0, 1).toArray(), null);
        kernel.backward(false);
        double[] gradient = new double[kernel.parameterCount()];
        kernel.gradient(gradient);
        for (int p = 0; p < gradient.length; p++) {
            double sum = 0;
            for (float g : kernel.laneGradients()[p]) {
                sum += g;
            }
            assertThat(gradient[p]).isEqualTo(sum);
        }
        assertThat(gradient).doesNotContain(0);
    }

    /** Runs in a process of its own; prints the gradient's digest. */
    public static final class Child {

        private Child() {
        }

        public static void main(String[] args) {
            SplittableRandom random = new SplittableRandom(3);
            FusedGru<float[]> kernel = FusedGru.ofFloats(GruEquations.euler(1), 1, 2);
            kernel.resize(64, 50);
            for (int t = 0; t < 50; t++) {
                fill(kernel.input(t, 0), random, -1, 1);
                fill(kernel.outputGradient(t, 0), random, -1, 1);
            }
            double[] parameters = new SplittableRandom(4).doubles(kernel.parameterCount(), 0, 1).toArray();
            int digest = digest(kernel, parameters);
            boolean untilVector = args[0].equals("until-vector");
            int rounds = untilVector ? 10_000_000 : Integer.parseInt(args[0]);
            boolean vector = false;
            for (int round = 1; round < rounds && !(untilVector && vector); round++) {
                vector = VectorSupport.laneMultiple() > 1;
                if (digest(kernel, parameters) != digest) {
                    throw new AssertionError("other numbers in round " + round);
                }
            }
            System.out.println(digest + (VectorSupport.laneMultiple() > 1 ? " vector" : " plain"));
        }
    }

    private static int digest(FusedGru<float[]> kernel, double[] parameters) {
        double[] gradient = new double[kernel.parameterCount()];
        kernel.forward(parameters, null);
        kernel.backward(false);
        kernel.gradient(gradient);
        return Arrays.hashCode(gradient);
    }

    private static String child(String rounds, String... jvmArguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp",
                System.getProperty("java.class.path")));
        command.addAll(Arrays.asList(jvmArguments));
        command.addAll(List.of(Child.class.getName(), rounds));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    @Test
    void theProcessDecidesAndTheNumbersStayTheSame() throws Exception {
        String module = "--add-modules=jdk.incubator.vector";
        String plain = child("20").strip();
        assertThat(plain).endsWith(" plain");
        assertThat(child("20", module)).contains(plain);
        assertThat(child("20", module, "-Dnagumo.vector=on")).contains(plain.replace(" plain", " vector"));
        assertThat(child("1", "-Dnagumo.vector=on")).contains("there are no vector instructions to use; allowed: with java "
                + "--add-modules jdk.incubator.vector");
        assertThat(child("1", "-Dnagumo.vector=fast")).contains("system property nagumo.vector is 'fast'; allowed: auto, on "
                + "and off");
    }

    @Test
    void aLongRunChangesOverToVectorInstructionsWithoutChangingTheNumbers() throws Exception {
        String plain = child("3").strip();
        String both = child("until-vector", "--add-modules=jdk.incubator.vector").strip();
        assertThat(plain).endsWith(" plain");
        assertThat(both).endsWith(plain.replace(" plain", " vector"));
    }
}
