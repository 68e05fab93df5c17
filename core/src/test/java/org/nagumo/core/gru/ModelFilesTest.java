package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Networks that go on from a file, or as a copy, as if nothing had happened. */
class ModelFilesTest {

    private static final INDArray X = normal(DataType.FLOAT, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.FLOAT, 2, 3, 2, 7);

    private static Layer layer(boolean sameDiff) {
        return sameDiff ? options(new SameDiffContinuousTimeGru.Builder().nIn(2).nOut(3)).build()
                : options(new ContinuousTimeGru.Builder().nIn(2).nOut(3).updater("RW", new Adam(0.03))).build();
    }

    private static <B extends GruOptions<B>> B options(B builder) {
        return builder.dt(0.5).tau(1, 2, 3).learnTau(true).substeps(2).integrator(Integrator.HEUN)
                .initialState(InitialState.LEARNED).features(2);
    }

    private static MultiLayerNetwork trained(boolean sameDiff) {
        MultiLayerNetwork net = network(DataType.FLOAT, new Adam(0.01), 3, layer(sameDiff));
        net.fit(X, Y);
        return net;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainingGoesOnFromAFileBitForBit(boolean sameDiff, @TempDir Path folder) throws IOException {
        MultiLayerNetwork net = trained(sameDiff);
        MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
        assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
        assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
        File file = folder.resolve("model.zip").toFile();
        ModelSerializer.writeModel(net, file, true);
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file, true);
        assertThat(read.output(X)).isEqualTo(net.output(X));
        for (int i = 0; i < 3; i++) {
            net.fit(X, Y);
            read.fit(X, Y);
        }
        assertThat(read.params()).isEqualTo(net.params());
    }

    @Test
    void graphsGoOnFromAFileBitForBit(@TempDir Path folder) throws IOException {
        ComputationGraph net = trained(false).toComputationGraph();
        net.fit(new DataSet(X, Y));
        ComputationGraphConfiguration conf = net.getConfiguration();
        assertThat(ComputationGraphConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
        assertThat(ComputationGraphConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
        File file = folder.resolve("graph.zip").toFile();
        ModelSerializer.writeModel(net, file, true);
        ComputationGraph read = ModelSerializer.restoreComputationGraph(file, true);
        for (int i = 0; i < 3; i++) {
            net.fit(new DataSet(X, Y));
            read.fit(new DataSet(X, Y));
        }
        assertThat(read.params()).isEqualTo(net.params());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCopyTrainsAlikeAndApart(boolean sameDiff) {
        MultiLayerNetwork net = trained(sameDiff);
        MultiLayerNetwork copy = net.clone();
        INDArray before = net.params().dup();
        copy.fit(X, Y);
        assertThat(net.params()).isEqualTo(before).isNotEqualTo(copy.params());
        net.fit(X, Y);
        assertThat(net.params()).isEqualTo(copy.params());
        ComputationGraph graph = net.toComputationGraph();
        ComputationGraph twin = graph.clone();
        twin.fit(new DataSet(X, Y));
        graph.fit(new DataSet(X, Y));
        assertThat(twin.params()).isEqualTo(graph.params()).isNotEqualTo(before);
    }
}
