package org.nagumo.experiments.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.reproduce.Evaluations;

class ShippedNetworksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Evaluations.Measured neuron;

    private static List<String> names() {
        return ShippedNetworks.names();
    }

    /** A record's text is what this test expects: a new network's can be taken from the message of the failure. */
    @ParameterizedTest
    @MethodSource("names")
    void eachHasTheOriginAndTheMetricsThatItsRecordStates(String name) throws Exception {
        TrainedNetwork network = ShippedNetworks.named(name);
        assertThat(network.card().name()).isEqualTo(name);
        JsonNode record;
        try (InputStream in = ShippedNetworks.class.getResourceAsStream(name + ".json")) {
            record = JSON.readTree(in);
        }
        int trials = record.path("trials").asInt(8);
        Evaluation evaluation = measured(Evaluations.battery(network.card(), trials),
                Evaluations.teacher(network.card())).beside(new NetworkSystem(network), () -> { });
        ObjectNode measured = JSON.createObjectNode();
        measured.set("provenance", JSON.valueToTree(network.card().provenance()));
        measured.put("evaluation", "./nagumo evaluate " + name + " --trials " + trials + " --json");
        measured.put("trials", trials);
        measured.set("metrics", evaluation.toJson());
        assertThat(record.fieldNames()).toIterable().as(measured.toPrettyString())
                .containsExactlyElementsOf(measured::fieldNames);
        same("", measured, record, measured.toPrettyString());
    }

    /** Several networks imitate one neuron, which is measured once. */
    private static Evaluations.Measured measured(Battery battery, Neuron teacher) {
        if (neuron == null || !neuron.isOf(battery, teacher)) {
            neuron = Evaluations.measure(battery, teacher, Runtime.getRuntime().availableProcessors(), () -> { });
        }
        return neuron;
    }

    private static void same(String at, JsonNode measured, JsonNode stated, String all) {
        if (measured.isContainerNode()) {
            assertThat(stated.size()).as("%s of %s", at, all).isEqualTo(measured.size());
            measured.properties().forEach(field -> same(at + "/" + field.getKey(), field.getValue(),
                    stated.path(field.getKey()), all));
            for (int i = 0; measured.isArray() && i < measured.size(); i++) {
                same(at + "/" + i, measured.get(i), stated.path(i), all);
            }
        } else if (measured.isFloatingPointNumber()) {
            assertThat(stated.asDouble()).as("%s of %s", at, all).isCloseTo(measured.asDouble(), within(1e-6));
        } else {
            assertThat(stated.asText()).as("%s of %s", at, all).isEqualTo(measured.asText());
        }
    }

    @Test
    void anotherNameIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> ShippedNetworks.named("gru-99")).isInstanceOf(InputException.class)
                .hasMessageContaining("'gru-99'").hasMessageContaining("allowed: [gru-2");
    }
}
