package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Updaters and learning rates of the layer, of its biases and of single parameters, against the rule of descent. */
class UpdatersTest {

    private static final INDArray X = normal(DataType.DOUBLE, 1, 3, 2, 7);
    private static final INDArray Y = normal(DataType.DOUBLE, 2, 3, 2, 7);

    private static ContinuousTimeGru.Builder layer() {
        return new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true)
                .initialState(InitialState.LEARNED).features(2);
    }

    private static MultiLayerNetwork net(ContinuousTimeGru.Builder layer) {
        return network(DataType.DOUBLE, new Sgd(1), 3, layer.build());
    }

    /** What one update takes away from each parameter. */
    private static Map<String, INDArray> step(MultiLayerNetwork net) {
        Map<String, INDArray> step = new TreeMap<>();
        net.paramTable().forEach((key, p) -> step.put(key, p.dup()));
        net.fit(X, Y);
        step.replaceAll((key, before) -> before.sub(net.getParam(key)));
        return step;
    }

    private static void assertRates(MultiLayerNetwork net, Map<String, Double> rates, double otherwise) {
        MultiLayerNetwork plain = net(layer());
        plain.setParams(net.params());
        Map<String, INDArray> gradient = step(plain);
        Map<String, INDArray> taken = step(net);
        assertThat(gradient.keySet()).contains("0_W", "0_RW", "0_b", "0_FW", "0_Fb", "0_V",
                "0_logTau", "0_h0");
        gradient.forEach((key, g) -> assertThat(largestDifference(taken.get(key),
                g.mul(rates.getOrDefault(key, otherwise)))).as(key).isLessThan(1e-12));
    }

    @Test
    void biasesMayHaveAnUpdaterOfTheirOwn() {
        assertRates(net(layer().updater(new Sgd(0.5)).biasUpdater(new Sgd(0.25))),
                Map.of("0_W", 0.5, "0_RW", 0.5, "0_b", 0.25, "0_FW", 0.5, "0_Fb", 0.25, "0_V", 0.5, "0_logTau", 0.5,
                        "0_h0", 0.5), 1);
    }

    @Test
    void everyParameterMayHaveAnUpdaterOfItsOwn() {
        ContinuousTimeGru.Builder layer = layer();
        Map<String, Double> rates = Map.of("W", 0.1, "RW", 0.2, "b", 0.3, "FW", 0.6, "Fb", 0.7, "V", 0.8, "logTau", 0.4,
                "h0", 0.0);
        rates.forEach((key, rate) -> layer.updater(key, new Sgd(rate)));
        MultiLayerNetwork net = net(layer);
        Map<String, Double> ofNetwork = new TreeMap<>();
        rates.forEach((key, rate) -> ofNetwork.put("0_" + key, rate));
        assertRates(net, ofNetwork, 1);
        MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
        assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
        assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
    }

    @Test
    void updatersWithAMemoryGoOnFromItForTheirParameterAlone() {
        MultiLayerNetwork net = net(layer().updater(new Sgd(0.1)).updater("RW", new Adam(0.01)));
        MultiLayerNetwork adam = net(layer().updater(new Adam(0.01)));
        MultiLayerNetwork sgd = net(layer().updater(new Sgd(0.1)));
        for (int i = 0; i < 5; i++) {
            adam.setParams(net.params());
            sgd.setParams(net.params());
            Map<String, INDArray> taken = step(net);
            assertThat(taken.get("0_RW")).isEqualTo(step(adam).get("0_RW"));
            assertThat(taken.get("0_W")).isEqualTo(step(sgd).get("0_W"));
        }
    }

    @Test
    void learningRatesFollowTheirSchedule() {
        IUpdater scheduled = new Sgd(new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.5).add(2, 0.125).build());
        MultiLayerNetwork net = net(layer().updater(scheduled).updater("logTau", new Sgd(0)));
        for (double rate : new double[] {0.5, 0.5, 0.125, 0.125}) {
            assertRates(net, Map.of("0_W", rate, "0_RW", rate, "0_b", rate, "0_FW", rate, "0_Fb", rate, "0_V", rate, "0_h0",
                    rate, "0_logTau", 0.0), 1);
        }
    }

    @Test
    void learningRatesCanBeSetInTheCourseOfTraining() {
        MultiLayerNetwork net = net(layer());
        net.setLearningRate(0, 0.25);
        assertRates(net, Map.of("1_W", 1.0, "1_b", 1.0), 0.25);
        assertThat(net.getLearningRate(0)).isEqualTo(0.25);
    }

    @Test
    void anUpdaterForAParameterThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> net(layer().learnTau(false).name("slow").updater("logTau", new Sgd(0.1))))
                .hasMessage("layer 'slow': an updater is set for parameter 'logTau'; allowed: [W, RW, b, FW, Fb, V, h0]");
    }
}
