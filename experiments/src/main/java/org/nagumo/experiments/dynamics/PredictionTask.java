package org.nagumo.experiments.dynamics;

import java.util.Locale;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nagumo.core.dynamics.Orbit;
import org.nagumo.core.dynamics.VectorField;
import org.nagumo.core.gru.ContinuousTimeGru;
import org.nagumo.core.gru.InitialState;
import org.nagumo.datagen.neuron.Neurons;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Predicting an orbit from where it begins: the network is given the first state of FitzHugh and Nagumo's neuron, and
 * runs {@value #STEPS} steps by itself. The task is that of Jordan, Sokol and Park (2021), Front. Comput. Neurosci.
 * 15:678158, section 4, for several widths of the network; a linear layer makes its first state, and a linear readout
 * its predictions.
 */
public final class PredictionTask {

    static final int STEPS = 29;

    private static final double STEP_MS = 1;
    private static final double CURRENT = 0.5;
    private static final int TRAINING_ORBITS = 1000;
    private static final int TEST_ORBITS = 500;
    private static final int MINIBATCH = 100;

    private PredictionTask() {
    }

    /**
     * How well the orbits of the test are predicted.
     *
     * @param units      width of the network
     * @param parameters number of its parameters
     * @param rmse       root of the mean squared error over orbits, steps and both state variables
     * @param spread     the same for the mean of all orbits as the prediction
     */
    public record Result(int units, long parameters, double rmse, double spread) {
    }

    /** Prints the results for the widths 2, 4, 8 and 16. */
    public static void main(String[] args) {
        System.out.println("| units | parameters | RMS error | of the orbits' spread |");
        System.out.println("|---|---|---|---|");
        for (int units : new int[] {2, 4, 8, 16}) {
            Result r = run(units, 6000, 1);
            System.out.printf(Locale.ROOT, "| %d | %d | %.4f | %.1f %% |%n", r.units(), r.parameters(), r.rmse(),
                    100 * r.rmse() / r.spread());
        }
    }

    /**
     * Trains a network and tests it.
     *
     * @param units      width
     * @param iterations minibatches
     * @param seed       the same seed gives the same result
     */
    public static Result run(int units, int iterations, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray training = orbits(Neurons.named("fhn"), TRAINING_ORBITS, random);
        INDArray test = orbits(Neurons.named("fhn"), TEST_ORBITS, random);
        ComputationGraph net = network(units, iterations, seed);
        for (int i = 0; i < iterations; i++) {
            int from = i * MINIBATCH % TRAINING_ORBITS;
            INDArray some = training.get(NDArrayIndex.interval(from, from + MINIBATCH), NDArrayIndex.all(),
                    NDArrayIndex.all());
            net.fit(new MultiDataSet(inputs(some), new INDArray[] {later(some)}));
        }
        INDArray wanted = later(test);
        return new Result(units, net.numParams(), rms(net.outputSingle(inputs(test)).sub(wanted)),
                rms(wanted.sub(wanted.mean(0, 2).reshape(1, 2, 1))));
    }

    private static ComputationGraph network(int units, int iterations, long seed) {
        ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(seed)
                .updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.02, Math.pow(0.01, 1.0 / iterations))))
                .graphBuilder().addInputs("nothing", "first")
                .addLayer("start", new DenseLayer.Builder().nIn(2).nOut(units).activation(Activation.TANH).build(),
                        "first")
                .addVertex("starts", new DuplicateToTimeSeriesVertex("nothing"), "start")
                .addLayer("gru", new ContinuousTimeGru.Builder().nIn(1 + units).nOut(units).dt(STEP_MS).tau(2)
                        .learnTau(true).initialState(InitialState.GIVEN).build(), "nothing", "starts")
                .addLayer("readout", new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(units).nOut(2)
                        .activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build(), "gru")
                .setOutputs("readout").build());
        net.init();
        return net;
    }

    /** Orbits from random states, {@code [orbit, (v, w), step]}, the first state included. */
    private static INDArray orbits(VectorField neuron, int count, SplittableRandom random) {
        INDArray orbits = Nd4j.create(DataType.FLOAT, count, 2, STEPS + 1);
        for (int k = 0; k < count; k++) {
            double[] start = {random.nextDouble(-2.2, 2.2), random.nextDouble(-0.8, 1.8)};
            Orbit orbit = Orbit.sampled(neuron, CURRENT, start, STEP_MS, STEPS);
            for (int t = 0; t <= STEPS; t++) {
                orbits.putScalar(k, 0, t, orbit.points()[t][0]);
                orbits.putScalar(k, 1, t, orbit.points()[t][1]);
            }
        }
        return orbits;
    }

    private static INDArray[] inputs(INDArray orbits) {
        return new INDArray[] {Nd4j.zeros(DataType.FLOAT, orbits.size(0), 1, STEPS),
            orbits.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0)).dup()};
    }

    private static INDArray later(INDArray orbits) {
        return orbits.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, STEPS + 1)).dup();
    }

    private static double rms(INDArray error) {
        return error.norm2Number().doubleValue() / Math.sqrt(error.length());
    }
}
