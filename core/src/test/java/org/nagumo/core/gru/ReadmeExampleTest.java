package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The example of the README, which has to stand there as it stands here. */
class ReadmeExampleTest {

    @Test
    void theLinesOfTheReadmeTrainANetwork() {
        INDArray input = Nd4j.rand(4, 1, 50);
        INDArray target = input.mul(0.5);
        // README begins
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().updater(new Adam(1e-2)).list()
                .layer(new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.1).tau(0.5, 2).learnTau(true).build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE).nIn(2).nOut(1)
                        .activation(Activation.IDENTITY).dataFormat(RNNFormat.NCW).build())
                .build());
        net.init();
        net.fit(input, target);
        // README ends
        double before = net.score();
        for (int i = 0; i < 100; i++) {
            net.fit(input, target);
        }
        assertThat(net.score()).isLessThan(0.5 * before);
    }

    @Test
    void theReadmeHoldsTheseLines() throws IOException {
        String test = Files.readString(Path.of("src/test/java/org/nagumo/core/gru/ReadmeExampleTest.java"));
        String example = test.substring(test.indexOf("// README begins\n") + 17, test.indexOf("        // README ends\n"))
                .replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + example + "```");
    }
}
