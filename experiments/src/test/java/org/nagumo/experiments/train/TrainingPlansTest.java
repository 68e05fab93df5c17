package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.ShippedNetworks;

class TrainingPlansTest {

    private static final String SHORT = "name: mine\nstages:\n  - {window_ms: 5, minibatch: 8, iterations: 9,"
            + " first_rate: 1e-2, last_rate: 1e-3}\n";

    static List<String> names() {
        return TrainingPlans.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPlanThatShipsIsTheSameAfterItIsWrittenAndReadAgain(String name) {
        TrainingPlan plan = TrainingPlans.named(name);
        assertThat(plan.name()).isEqualTo(name);
        assertThat(plan.protocol().sequences()).isNotEmpty();
        String written = TrainingPlans.write(plan);
        TrainingPlan again = TrainingPlans.parse("again", written);
        assertThat(again).isEqualTo(plan);
        assertThat(TrainingPlans.write(again)).isEqualTo(written);
        assertThat(again.sha256()).isEqualTo(plan.sha256());
    }

    @Test
    void everyNetworkThatShipsWasTrainedByThePlanOfItsName() {
        for (String name : ShippedNetworks.names()) {
            assertThat(TrainingPlans.named(name).sha256()).as(name)
                    .isEqualTo(ShippedNetworks.named(name).card().provenance().planSha256());
        }
    }

    @Test
    void theMainPlanTrainsTwoUnitsOnSharedFeatures() {
        TrainingPlan plan = TrainingPlans.named("gru-2");
        assertThat(plan.model()).isEqualTo(new Model(2, 8, 16));
        assertThat(plan.loss()).isEqualTo(new TrajectoryLoss(0.2, 0.3, 4, 0.1, 0.06, 4));
        assertThat(plan.scaling()).isEqualTo(Scaling.HODGKIN_HUXLEY);
        assertThat(plan.weights()).isEqualTo(new SampleWeights(0.03, 0.06, 0.3, 30, 0.03, 8));
        assertThat(plan.optimiser()).isEqualTo(new Optimiser(0.95, 0.99, 1e-8, 0.1, 50));
        assertThat(plan.stages().stream().map(Stage::iterations)).containsExactly(800, 1000, 1500, 2000, 2000, 1500,
                1500, 800);
        assertThat(List.of(plan.networks(0), plan.networks(2), plan.networks(3), plan.networks(6)))
                .containsExactly(4, 4, 4, 2);
        assertThat(plan.readoutUnits(2)).isZero();
        assertThat(plan.readoutUnits(3)).isEqualTo(8);
    }

    @Test
    void whatAFileLeavesOutIsTheStandard() {
        TrainingPlan plan = TrainingPlans.parse("short", SHORT);
        assertThat(plan.model()).isEqualTo(new Model(2, 0, 0));
        assertThat(plan.data()).isEqualTo(new DataSource("training-mix", null));
        assertThat(plan.scaling()).isNull();
        assertThat(plan.stages()).containsExactly(
                new Stage(5, 8, 9, 1e-2, 1e-3, false, false, false, 0.1, 0, Integrator.HEUN, 0));
        assertThat(plan.loss()).isEqualTo(TrainingPlan.STANDARD.loss());
    }

    @Test
    void everyMistakeIsToldAtItsPlaceAndAllAtOnce() {
        assertThatThrownBy(() -> TrainingPlans.parse("p.yaml", """
                name: mine
                model: {units: 0, readout_units: 99, fetures: 1}
                data: {model: {name: hh, parameters: {gNa: -1}}}
                scaling: {current_unit_uA_per_cm2: 20, voltage_offset_mV: x, voltage_unit_mV: 100}
                optimiser: {beta1: 1}
                starts: 4
                encoder: {times: 9, shortest_ms: 2, longest_ms: 1}
                stages:
                  - {window_ms: 5, minibatch: 8.5, iterations: 9, first_rate: 1e-3, last_rate: 1e-2, freeze_readout: yes}
                  - {windows_ms: 5, minibatch: 8, iterations: 9, first_rate: 1e-2, last_rate: 1e-3, integrator: rk4}
                """)).isInstanceOf(InputException.class).satisfies(e -> assertThat(e.getMessage().lines()).hasSize(14)
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:2:16: units is 0; allowed: 1 to 64"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:2:34: readout_units is 99; allowed: 0 to 64"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:2:38: unknown key 'fetures'; did you mean 'features'?"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:3:").contains("'gNa' is -1.0"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:4:59: 'x' is not a number"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:5:20: beta1 is 1; allowed: numbers from 0, below 1"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:9:31: '8.5' is not an integer"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:7:18: times is 9; allowed: 1 to 4"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:7:49: longest_ms is 1; allowed: from shortest_ms, 2.0, on"))
                .anySatisfy(l -> assertThat(l).endsWith("is 'rk4'; allowed: euler, heun, runge-kutta-4,"
                        + " exponential-euler"))
                .anySatisfy(l -> assertThat(l).contains("last_rate is 0.01; allowed: positive numbers up to first_rate"))
                .anySatisfy(l -> assertThat(l).contains("'yes' is neither true nor false; allowed: true, false"))
                .anySatisfy(l -> assertThat(l).contains("unknown key 'windows_ms'; did you mean 'window_ms'?"))
                .anySatisfy(l -> assertThat(l).startsWith("p.yaml:10:5: 'window_ms' is missing; allowed: keys")));
    }

    @Test
    void moreNetworksThanBeforeAndAReadoutThatShrinksAreRefused() {
        String stages = "name: a\nstarts: 4\nstages:\n  - {window_ms: 1, minibatch: 1, iterations: 1, first_rate: 1,"
                + " last_rate: 1, %s}\n  - {window_ms: 1, minibatch: 1, iterations: 1, first_rate: 1, last_rate: 1, %s}\n";
        assertThatThrownBy(() -> TrainingPlans.parse("p", String.format(stages, "networks: 4", "networks: 5")))
                .hasMessage("p:4:3: stages[1].networks is 5; allowed: at most 4, as in the stage before");
        assertThatThrownBy(() -> TrainingPlans.parse("p", String.format(stages, "networks: 2", "networks: 2")))
                .hasMessage("p:4:3: stages[0].networks is 2; allowed: all 4 starts");
        assertThatThrownBy(() -> TrainingPlans.parse("p", String.format(stages, "wide_readout: true", "networks: 2")))
                .hasMessage("p:4:3: stages[1].wide_readout is false; allowed: true, as in the stage before");
        assertThatThrownBy(() -> TrainingPlans.parse("p", "stages: []\nname: a\n"))
                .hasMessage("p:1:9: stages is empty; allowed: at least one stage");
        assertThatThrownBy(() -> TrainingPlans.parse("p", "")).hasMessageStartingWith("p:1:1: is empty; allowed: keys [name");
        assertThatThrownBy(() -> TrainingPlans.parse("p", "name: [")).hasMessageContaining("is not YAML")
                .hasMessageContaining("allowed: a training plan in YAML");
    }

    @Test
    void aProtocolThatShipsIsForNeuronsInItsUnits() {
        DataSource mix = new DataSource("training-mix", null);
        assertThat(mix.withModel(Neurons.named("rinzel")).open(null).neuron().name()).isEqualTo("rinzel");
        assertThatThrownBy(() -> mix.withModel(Neurons.named("fhn")).open(null)).isInstanceOf(InputException.class)
                .hasMessage("protocol 'training-mix' has the currents and times of hh, which mean nothing to fhn; allowed:"
                        + " a protocol in the units of fhn");
    }

    /** On FitzHugh's scale a current of 1 uA/cm2 is 0.0339 and 1 ms is 3.2; hh at another temperature keeps its own. */
    @Test
    void aPlanForAnotherNeuronIsMeantOnItsScale() {
        TrainingPlan plan = TrainingPlans.named("gru-2");
        TrainingPlan other = plan.withNeuron(Neurons.named("fhn"));
        assertThat(other.scale()).isEqualTo(new ProtocolScale(0.0339, 1, 3.2));
        assertThat(other.neuron().name()).isEqualTo("fhn");
        assertThat(other.protocol().dtMs()).isCloseTo(0.32, within(1e-12));
        assertThat(other.protocol().sequences().size()).isEqualTo(plan.protocol().sequences().size());
        assertThat(other.work(0.32)).isEqualTo(plan.work(0.1));
        assertThat(other.sha256()).isNotEqualTo(plan.sha256());
        assertThat(TrainingPlans.write(TrainingPlans.parse("again", TrainingPlans.write(other))))
                .isEqualTo(TrainingPlans.write(other));
        assertThat(other.withNeuron(Neurons.named("hh")).scale().current()).isCloseTo(1, within(0.01));
        assertThat(plan.withNeuron(Neurons.named("hh").with(Map.of("T", 18.5))).scale()).isNull();
        assertThatThrownBy(() -> plan.withNeuron(Neurons.named("bvp"))).isInstanceOf(InputException.class)
                .hasMessageStartingWith("the spikes of bvp go down, those of hh, which the plan is for, do not; allowed: ");
        // A period at twice the onset is 3.5 times that of hh, but spikes are .4 times as wide.
        assertThat(plan.withNeuron(Neurons.named("wang-buzsaki")).scale().time()).isCloseTo(0.4, within(0.02));
    }

    @Test
    void aProtocolInAFileIsFoundFromThePlansFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("steps.yaml"), "name: mine\nsampling: {dt_ms: 0.1}\nsequences:\n  - {duration_ms:"
                + " 5, stimulus: {kind: constant, amplitude: 1}}\n");
        Path file = Files.writeString(folder.resolve("plan.yaml"), SHORT
                + "data: {protocol: steps.yaml, model: {name: fhn, parameters: {a: 0.6}}}\n");
        TrainingPlan plan = TrainingPlans.named(file.toString());
        assertThat(plan.protocol().name()).isEqualTo("mine");
        assertThat(plan.protocol().neuron().parameters().get(0).value()).isEqualTo(0.6);
        assertThat(plan.protocol().columns()).containsExactly("time", "current", "voltage", "w");
        assertThat(plan.sha256()).as("data have a checksum of their own")
                .isEqualTo(TrainingPlans.parse("short", SHORT).sha256());
        assertThatThrownBy(() -> TrainingPlans.named("gru-99")).isInstanceOf(InputException.class)
                .hasMessageContaining("there is no training plan 'gru-99'; allowed: [gru-2, ");
    }

    @Test
    void everyOverrideChangesTheChecksum() {
        TrainingPlan plan = TrainingPlans.named("gru-2");
        assertThat(List.of(plan.sha256(), plan.withSeed(2).sha256(),
                plan.withModel("gru-2", new Model(2, 4, 0)).sha256(),
                plan.withStages(plan.stages().subList(0, 3)).sha256())).doesNotHaveDuplicates();
        assertThat(TrainingPlans.write(plan.withNeuron(Neurons.named("hh").with(Map.of("T", 18.5)))))
                .contains("model: {name: hh, parameters: {C: 1.0, gNa: 120.0,").contains("T: 18.5}}");
    }

    @Test
    void thePlanInTheReadmeIsOne() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int from = readme.indexOf("name: my-network");
        TrainingPlan plan = TrainingPlans.parse("README.md", readme.substring(from, readme.indexOf("```", from)));
        assertThat(plan.networks(2)).isEqualTo(2);
        assertThat(plan.protocol().neuron().parameters()).isEqualTo(
                Neurons.named("hh").with(Map.of("gNa", 110.0)).parameters());
    }

    @Test
    void theDescriptionHasEveryKey() {
        String text = TrainingPlans.describe();
        assertThat(text.lines().map(String::strip)).contains("units:", "protocol:", "current_unit_uA_per_cm2:",
                "fast_weight:", "tolerated_shift_ms:", "beta2:", "starts:", "window_ms:", "networks:");
        assertThat(text).contains("learning rate at the start: positive (required)")
                .contains("decay of the mean of its square: from 0, below 1 (0.99 unless stated)");
        assertThat(text.lines()).allMatch(line -> line.length() <= 118);
    }
}
