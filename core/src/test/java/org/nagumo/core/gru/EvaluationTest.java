package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;

import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** What a network with the layer says of itself and of its answers. */
class EvaluationTest {

    private static ContinuousTimeGru.Builder layer() {
        return new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true);
    }

    @Test
    void regressionCountsTheStepsThatAreNotMasked() {
        MultiLayerNetwork net = network(DataType.DOUBLE, new Sgd(0.1), 3, layer().build());
        INDArray x = normal(DataType.DOUBLE, 1, 4, 2, 9);
        INDArray y = normal(DataType.DOUBLE, 2, 4, 2, 9);
        INDArray mask = raggedMask(DataType.DOUBLE, 4, 9);
        RegressionEvaluation evaluation = net.doEvaluation(
                new ListDataSetIterator<>(List.of(new DataSet(x, y, mask, mask)), 1), new RegressionEvaluation(2))[0];
        INDArray output = net.output(x, false, mask, mask);
        for (int column = 0; column < 2; column++) {
            double sum = 0;
            for (int b = 0; b < 4; b++) {
                for (int t = 0; t < 9; t++) {
                    sum += mask.getDouble(b, t) * Math.pow(output.getDouble(b, column, t)
                            - y.getDouble(b, column, t), 2);
                }
            }
            assertThat(evaluation.meanSquaredError(column))
                    .isCloseTo(sum / mask.sumNumber().doubleValue(), within(1e-12));
        }
    }

    /** Which of two inputs was the larger one, summed since the beginning: a task that needs a memory. */
    @Test
    void aClassifierLearnsAndIsEvaluated() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1)
                .updater(new Adam(0.03)).list().layer(layer().build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT).nIn(3).nOut(2)
                        .activation(Activation.SOFTMAX).dataFormat(RNNFormat.NCW).build()).build());
        net.init();
        INDArray x = normal(DataType.FLOAT, 1, 32, 2, 12);
        INDArray y = x.mul(0);
        for (int b = 0; b < 32; b++) {
            double sum = 0;
            for (int t = 0; t < 12; t++) {
                sum += x.getDouble(b, 0, t) - x.getDouble(b, 1, t);
                y.putScalar(new int[] {b, sum > 0 ? 0 : 1, t}, 1);
            }
        }
        for (int i = 0; i < 150; i++) {
            net.fit(x, y);
        }
        Evaluation evaluation = net.evaluate(new ListDataSetIterator<>(List.of(new DataSet(x, y)), 1));
        INDArray output = net.output(x);
        int right = 0;
        for (int b = 0; b < 32; b++) {
            for (int t = 0; t < 12; t++) {
                right += output.getDouble(b, 0, t) > output.getDouble(b, 1, t) == y.getDouble(b, 0, t) > 0 ? 1 : 0;
            }
        }
        assertThat(evaluation.accuracy()).isEqualTo(right / (32.0 * 12)).isGreaterThan(0.9);
    }

    @Test
    void theSummaryCountsTheParameters() {
        // W 2 x 9, RW 3 x 9, b 9, logTau 3.
        assertThat(network(DataType.FLOAT, new Sgd(0.1), 3, layer().name("membrane").build()).summary())
                .containsPattern("membrane \\(ContinuousTimeGruLayer\\)\\s+2,3\\s+57\\s+W:\\{2,9\\}, RW:\\{3,9\\}, b:\\{9\\}, "
                        + "logTau:\\{3\\}");
    }

    private static long bytes(ContinuousTimeGru.Builder layer, int minibatch) {
        MemoryReport report = layer.build().getMemoryReport(InputType.recurrent(2, 100));
        return report.getTotalMemoryBytes(minibatch, MemoryUseMode.TRAINING, CacheMode.NONE, DataType.FLOAT);
    }

    @Test
    void theMemoryReportCountsParametersUpdatersAndWhatIsKeptOfEveryStep() {
        long fixed = bytes(layer(), 0);
        long perExample = bytes(layer(), 1) - fixed;
        assertThat(fixed).isGreaterThanOrEqualTo(57 * 4);
        assertThat(bytes(layer(), 9)).isEqualTo(fixed + 9 * perExample);
        // Gates, reset states and states of three units at the least, in every step.
        assertThat(perExample).isGreaterThan(100 * 15 * 4);
        assertThat(bytes(layer().updater(new Adam(0.1)), 0)).isEqualTo(fixed + 2 * 57 * 4);
        assertThat(bytes(layer().updater("RW", new Adam(0.1)), 0)).isEqualTo(fixed + 2 * 27 * 4);
        // FW 5 x 4, Fb 4, V 4 x 9 with their gradients, and four features in every step.
        assertThat(bytes(layer().features(4), 0)).isEqualTo(fixed + 2 * 60 * 4);
        assertThat(bytes(layer().features(4), 1) - bytes(layer().features(4), 0)).isEqualTo(perExample + 100 * 4 * 4);
    }
}
