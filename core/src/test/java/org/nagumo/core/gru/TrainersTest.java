package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** Deeplearning4j's trainers with the layer, against plain loops over {@code fit}. */
class TrainersTest {

    private static MultiLayerNetwork net() {
        return network(DataType.DOUBLE, new Sgd(0.1), 3,
                new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true).build());
    }

    /** Minibatches of sequences of different lengths. */
    private static List<DataSet> data(int minibatches) {
        List<DataSet> data = new ArrayList<>();
        for (int i = 0; i < minibatches; i++) {
            INDArray mask = raggedMask(DataType.DOUBLE, 4, 9);
            data.add(new DataSet(normal(DataType.DOUBLE, 2 * i, 4, 2, 9), normal(DataType.DOUBLE, 2 * i + 1, 4, 2, 9),
                    mask, mask));
        }
        return data;
    }

    private static DataSetIterator iterator(List<DataSet> data) {
        return new ListDataSetIterator<>(data, 1);
    }

    @Test
    void earlyStoppingKeepsTheBestEpochOfTheLoop() {
        List<DataSet> training = data(3);
        int epochs = 8;
        int teacher = 4;
        MultiLayerNetwork plain = net();
        List<INDArray> parameters = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            training.forEach(plain::fit);
            parameters.add(plain.params().dup());
        }
        // The network of one epoch sets the test, so that this epoch must win.
        plain.setParams(parameters.get(teacher));
        INDArray x = normal(DataType.DOUBLE, 91, 4, 2, 9);
        List<DataSet> test = List.of(new DataSet(x, plain.output(x)));
        EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(
                new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                        .epochTerminationConditions(new MaxEpochsTerminationCondition(epochs))
                        .scoreCalculator(new DataSetLossCalculator(iterator(test), true))
                        .modelSaver(new InMemoryModelSaver<>()).evaluateEveryNEpochs(1).build(),
                net(), iterator(training)).fit();
        assertThat(result.getTerminationReason())
                .isEqualTo(EarlyStoppingResult.TerminationReason.EpochTerminationCondition);
        assertThat(result.getBestModelEpoch()).isEqualTo(teacher);
        assertThat(result.getBestModel().params()).isEqualTo(parameters.get(teacher));
    }

    @Test
    void workersThatAverageAfterEveryMinibatchGiveTheSerialStep() throws Exception {
        int workers = 2;
        List<DataSet> data = data(6);
        MultiLayerNetwork serial = net();
        for (int i = 0; i < data.size(); i += workers) {
            // The mean of the workers' networks is a step along the mean of their gradients.
            INDArray start = serial.params().dup();
            INDArray sum = start.mul(0);
            for (DataSet each : data.subList(i, i + workers)) {
                serial.setParams(start);
                serial.fit(each);
                sum.addi(serial.params());
            }
            serial.setParams(sum.div(workers));
        }
        MultiLayerNetwork parallel = net();
        // A worker copies the network at its first minibatch, when another may have changed it already: let the first
        // ones teach nothing.
        INDArray x = normal(DataType.DOUBLE, 91, 4, 2, 9);
        data.addAll(0, Collections.nCopies(workers, new DataSet(x, parallel.output(x))));
        try (ParallelWrapper wrapper = new ParallelWrapper.Builder<>(parallel).workers(workers).averagingFrequency(1)
                .prefetchBuffer(0).trainingMode(ParallelWrapper.TrainingMode.AVERAGING).build()) {
            wrapper.fit(iterator(data));
        }
        assertThat(largestDifference(parallel.params(), serial.params())).isLessThan(1e-12);
    }
}
