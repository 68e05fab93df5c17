package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.Sgd;

class GruEquationsTest {

    /** Everything other than by default. */
    private static <B extends GruOptions<?>> B unusual(B builder) {
        builder.dt(0.3);
        builder.substeps(3);
        builder.integrator(Integrator.HEUN);
        builder.tau(0.1, 2);
        builder.learnTau(true);
        builder.minTau(0.1);
        builder.inputInGates(false);
        builder.irregularTime(true);
        builder.initialState(InitialState.LEARNED, 0.1, -0.25);
        builder.features(3);
        return builder;
    }

    private static MultiLayerConfiguration configuration(Layer layer) {
        return new NeuralNetConfiguration.Builder().list().layer(layer).build();
    }

    private static Layer[] bothLayers() {
        return new Layer[] {
            unusual(new ContinuousTimeGru.Builder()).nIn(2).nOut(2).updater("logTau", new Sgd(0.25)).build(),
            unusual(new SameDiffContinuousTimeGru.Builder()).nIn(2).nOut(2).build()};
    }

    @Test
    void jsonAndYamlHoldEveryOption() {
        for (Layer layer : bothLayers()) {
            MultiLayerConfiguration conf = configuration(layer);
            assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
            assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
            assertThat(conf.clone()).isEqualTo(conf);
            Layer read = MultiLayerConfiguration.fromJson(conf.toJson()).getConf(0).getLayer();
            assertThat(read).hasSameHashCodeAs(layer).hasToString(layer.toString());
            assertThat(conf).isNotEqualTo(configuration(new ContinuousTimeGru.Builder().nIn(2).nOut(2).build()));
        }
    }

    @Test
    void aFileOfTheFirstFormatHasNoFeatures() {
        for (GruOptions<?> builder : new GruOptions<?>[] {new ContinuousTimeGru.Builder().nIn(2).nOut(2),
            new SameDiffContinuousTimeGru.Builder().nIn(2).nOut(2)}) {
            unusual(builder).features(0);
            Layer layer = builder instanceof ContinuousTimeGru.Builder gru ? gru.build()
                    : ((SameDiffContinuousTimeGru.Builder) builder).build();
            MultiLayerConfiguration conf = configuration(layer);
            String old = conf.toJson().replace("\"format\" : 2", "\"format\" : 1").replaceAll(",\\s*\"features\" : 0", "");
            assertThat(old).contains("\"format\" : 1").doesNotContain("features");
            assertThat(MultiLayerConfiguration.fromJson(old)).isEqualTo(conf);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"format\" : 2 | \"format\" : 3 | the format of a continuous-time GRU in the file is 3; allowed: 1 to 2",
        "\"format\" : 2 | \"format\" : 1 | the set of the continuous-time GRU's fields in the file is",
        "\"features\" : 3 | \"features\" : -1 | features is -1; allowed: at least 0",
        "\"format\" : 2, | | the format of a continuous-time GRU in the file is null",
        "\"substeps\" : 3 | \"substeps\" : 0 | substeps is 0; allowed: at least 1",
        "\"learnTau\" : true | \"learnTao\" : true | the set of the continuous-time GRU's fields in the file is"})
    void aFileThatThisVersionCannotReadIsRefused(String from, String to, String message) {
        for (Layer layer : bothLayers()) {
            String json = configuration(layer).toJson();
            assertThat(json).contains(from);
            String changed = json.replace(from, to == null ? "" : to);
            assertThatThrownBy(() -> MultiLayerConfiguration.fromJson(changed)).hasMessageContaining(message);
        }
    }

    private static void refused(Consumer<ContinuousTimeGru.Builder> change, String message) {
        ContinuousTimeGru.Builder builder = new ContinuousTimeGru.Builder().name("slow").nIn(1).nOut(2).dt(1).tau(1);
        change.accept(builder);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("layer 'slow': ").hasMessageContaining(message);
        SameDiffContinuousTimeGru.Builder graph = new SameDiffContinuousTimeGru.Builder().name("slow").nIn(1).nOut(2);
        GruEquations.Draft draft = builder.draft();
        graph.dt(draft.dtMs).tau(draft.tauMs).substeps(draft.substeps).integrator(draft.integrator)
                .learnTau(draft.learnTau).initialState(draft.initialState, draft.initialValues).features(draft.features);
        if (draft.minTauMs != null) {
            graph.minTau(draft.minTauMs);
        }
        assertThatThrownBy(graph::build).hasMessageStartingWith("layer 'slow': ").hasMessageContaining(message);
    }

    @Test
    void argumentsOutOfRangeAreNamedWithTheLayer() {
        refused(b -> b.dt(0), "dt is 0.0; allowed: positive, finite numbers of ms");
        refused(b -> b.dt(Double.NaN), "dt is NaN; allowed");
        refused(b -> b.substeps(0), "substeps is 0; allowed: at least 1");
        refused(b -> b.features(-1), "features is -1; allowed: at least 0");
        refused(b -> b.tau(1, 0.5), "time constant of unit 1 is 0.5 ms; allowed: finite numbers of at least");
        refused(b -> b.tau(), "the list of time constants is []; allowed: one, or one for each unit");
        refused(b -> b.tau(Double.POSITIVE_INFINITY), "time constant of unit 0 is Infinity ms; allowed");
        refused(b -> b.tau(0).integrator(Integrator.EXPONENTIAL_EULER), "unit 0 is 0.0 ms; allowed: positive");
        refused(b -> b.minTau(0.9), "minTau is 0.9 ms; allowed");
        refused(b -> b.tau(2).learnTau(true).minTau(3), "unit 0 is 2.0 ms; allowed: at least minTau = 3.0 ms");
        refused(b -> b.initialState(InitialState.LEARNED, 0, Double.NaN), "initial state of unit 1 is NaN; allowed");
    }

    @Test
    void substepsAndTheExponentialMethodAllowShorterTimeConstants() {
        new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(0.3).substeps(3).tau(0.1).build();
        new ContinuousTimeGru.Builder().nIn(1).nOut(2).dt(1).integrator(Integrator.EXPONENTIAL_EULER).tau(0.01)
                .build();
    }
}
