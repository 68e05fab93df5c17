package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The updater that works in place, beside the stock one, bit for bit. */
class InPlaceUpdaterTest {

    private static final INDArray X = normal(DataType.FLOAT, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.FLOAT, 2, 3, 2, 7);

    private static ContinuousTimeGru.Builder layer() {
        return new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(1, 2, 3).learnTau(true);
    }

    private static ContinuousTimeGru.Builder regularised() {
        ContinuousTimeGru.Builder layer = layer();
        layer.l2(0.1);
        return layer;
    }

    private static MultiLayerNetwork net(ContinuousTimeGru.Builder layer) {
        return network(DataType.FLOAT, new Adam(0.01), 3, layer.build());
    }

    static Stream<Consumer<ContinuousTimeGru.Builder>> options() {
        return Stream.of(b -> { }, b -> b.l1(0.1).l2(0.2).weightDecay(0.3).l2Bias(0.1),
                b -> b.updater("RW", new Nesterovs(0.03)).updater("logTau", new Sgd(0.1)),
                b -> b.biasUpdater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9))),
                b -> b.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(0.01));
    }

    @ParameterizedTest
    @MethodSource("options")
    void networksAndGraphsLearnTheSameFromAnyPointOn(Consumer<ContinuousTimeGru.Builder> options) {
        ContinuousTimeGru.Builder layer = layer();
        options.accept(layer);
        MultiLayerNetwork stock = net(layer);
        MultiLayerNetwork net = stock.clone();
        ComputationGraph graph = stock.toComputationGraph();
        for (int i = 0; i < 6; i++) {
            if (i == 2) {
                net.setUpdater(new InPlaceUpdater(net));
                graph.setUpdater(new InPlaceGraphUpdater(graph));
            }
            INDArray before = stock.params().dup();
            stock.fit(X, Y);
            net.fit(X, Y);
            graph.fit(new DataSet(X, Y));
            assertThat(net.params()).isEqualTo(stock.params()).isNotEqualTo(before);
            assertThat(graph.params()).isEqualTo(stock.params());
        }
        assertThat(net.getUpdater().getStateViewArray()).isEqualTo(stock.getUpdater().getStateViewArray());
        assertThat(net.getUpdater()).isInstanceOf(InPlaceUpdater.class);
    }

    @Test
    void itMayBeTheFirstUpdaterOfANetwork() {
        MultiLayerNetwork stock = net(layer());
        MultiLayerNetwork net = net(layer());
        net.setUpdater(new InPlaceUpdater(net));
        stock.fit(X, Y);
        net.fit(X, Y);
        assertThat(net.params()).isEqualTo(stock.params());
    }

    @Test
    void aNetworkMayReplaceItsArrays() {
        MultiLayerNetwork stock = net(regularised());
        MultiLayerNetwork net = stock.clone();
        net.setUpdater(new InPlaceUpdater(net));
        for (int i = 0; i < 3; i++) {
            stock.fit(X, Y);
            net.fit(X, Y);
            net.initGradientsView();
            assertThat(net.params()).isEqualTo(stock.params());
        }
        net.setParams(net.params().mul(2));
        stock.setParams(stock.params().mul(2));
        stock.fit(X, Y);
        net.fit(X, Y);
        assertThat(net.params()).isEqualTo(stock.params());
    }

    @Test
    void gradientsOfOthersAreUpdatedWhereTheyAre() {
        MultiLayerNetwork net = net(regularised());
        MultiLayerNetwork other = net.clone();
        other.fit(X, Y);
        INDArray values = other.gradient().gradient().dup();
        INDArray[] updated = new INDArray[2];
        for (int i = 0; i < 2; i++) {
            INDArray array = values.dup();
            DefaultGradient gradient = new DefaultGradient(array);
            gradient.setGradientFor("0_W", array);
            (i == 0 ? new InPlaceUpdater(net) : new MultiLayerUpdater(net)).update(gradient, 0, 0, 3,
                    LayerWorkspaceMgr.noWorkspaces());
            updated[i] = array;
        }
        assertThat(updated[0]).isEqualTo(updated[1]).isNotEqualTo(values);
    }

    @Test
    void trainingGoesOnFromAFile(@TempDir Path folder) throws IOException {
        MultiLayerNetwork net = net(layer());
        net.setUpdater(new InPlaceUpdater(net));
        net.fit(X, Y);
        File file = folder.resolve("model.zip").toFile();
        ModelSerializer.writeModel(net, file, true);
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file, true);
        read.setUpdater(new InPlaceUpdater(read));
        net.fit(X, Y);
        read.fit(X, Y);
        assertThat(read.params()).isEqualTo(net.params());
    }
}
