package org.nagumo.experiments.spikes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;

/** The cards, held to what the code computes. */
class StatisticCardTest {

    private static final double ONSET_MS = 20;
    private static final double OFFSET_MS = 120;

    /** Two neurons' answers to a step and its release, with a rebound spike. */
    private static Trace trace(double gNa) {
        double[] current = new double[2000];
        Arrays.fill(current, 200, 1200, 15);
        Arrays.fill(current, 1200, 1700, -8);
        return new NeuronSimulator(Neurons.named("hh").with(Map.of("gNa", gNa)), 1)
                .respond(List.of(new CurrentTrace(0.1, current))).get(0);
    }

    /** A membrane's answer to a hyperpolarising step, with sag. */
    private static Trace sag() {
        double[] current = new double[2000];
        Arrays.fill(current, 200, 1200, -4);
        return new NeuronSimulator(Neurons.named("hh"), 1).respond(List.of(new CurrentTrace(0.1, current))).get(0);
    }

    /** The same trace as another would see it whose clock goes faster and whose voltmeter shows more. */
    private static Trace scaled(Trace trace, double time, double voltage) {
        return new Trace(new CurrentTrace(trace.dtMs() * time, trace.current().currentUaPerCm2()),
                Arrays.stream(trace.voltageMv()).map(v -> v * voltage).toArray(), List.of(), new double[0][]);
    }

    /** All statistics of two traces, by key; the precisions of the measures are times and have to be scaled too. */
    private static Map<String, double[]> values(double time, double voltage) {
        Trace data = scaled(trace(120), time, voltage);
        Trace model = scaled(trace(110), time, voltage);
        SpikeCriterion criterion = new SpikeCriterion(0, false, 10 * voltage, 0.1 * time, 0);
        SpikeStatistics s = SpikeStatistics.of(data, ONSET_MS * time, OFFSET_MS * time,
                criterion);
        TraceComparison both = TraceComparison.of(data, model, criterion, time);
        Map<String, double[]> values = new LinkedHashMap<>();
        ObjectNode features = new ObjectMapper().createObjectNode();
        SpikeSlopes.of(data, s.spikes(), criterion, new SlopeCriterion(20 * voltage / time, 0.1 * time,
                0.05 * time, 5 * time)).addTo(features);
        Trace sag = scaled(sag(), time, voltage);
        PassiveProperties.of(sag, CurrentStep.in(sag.current()).orElseThrow(), List.of(), time).addTo(features);
        Stream.of(s.toJson(), both.toJson(), features).flatMap(json -> json.properties().stream()).forEach(field -> {
            double[] numbers = new double[field.getValue().isArray() ? field.getValue().size() : 1];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (field.getValue().isArray() ? field.getValue().get(i) : field.getValue()).asDouble();
            }
            values.put(field.getKey(), numbers);
        });
        return values;
    }

    @Test
    void theUnitOfEachCardIsTheRealOne() {
        double time = 1.7;
        double voltage = 0.6;
        Map<String, double[]> plain = values(1, 1);
        Map<String, double[]> scaled = values(time, voltage);
        assertThat(plain.keySet()).as("every statistic has a card, every card a statistic")
                .containsExactlyInAnyOrderElementsOf(StatisticCard.all().stream().map(StatisticCard::key).toList());
        for (StatisticCard card : StatisticCard.all()) {
            double factor = switch (card.unit()) {
                case "ms" -> time;
                case "mV" -> voltage;
                case "Hz" -> 1 / time;
                case "mV/ms" -> voltage / time;
                case "kOhm cm2" -> voltage;
                default -> 1;
            };
            double[] before = plain.get(card.key());
            double[] after = scaled.get(card.key());
            assertThat(after).as(card.key()).hasSameSizeAs(before).isNotEmpty();
            for (int i = 0; i < before.length; i++) {
                assertThat(before[i]).as(card.key()).isFinite().isNotZero();
                assertThat(after[i]).as("%s in %s", card.key(), card.unit())
                        .isCloseTo(factor * before[i], within(1e-6 * (1 + Math.abs(before[i]))));
            }
        }
    }

    @Test
    void everyCardThatIsDeclaredIsListedOnce() throws Exception {
        List<Class<?>> classes = List.of(Spike.class, SpikeStatistics.class, SpikeSlopes.class,
                PassiveProperties.class, Coincidence.class, VictorPurpura.class,
                VanRossum.class, IntervalDistance.class, VoltageDistance.class);
        int declared = 0;
        for (Class<?> type : classes) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == StatisticCard.class) {
                    assertThat(StatisticCard.all()).contains((StatisticCard) field.get(null));
                    declared++;
                }
            }
        }
        assertThat(StatisticCard.all()).hasSize(declared);
        assertThat(StatisticCard.all()).extracting(StatisticCard::key).doesNotHaveDuplicates();
    }

    @Test
    void aCardThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> new StatisticCard("latency_ms", "n", "d", "Hz", "f", "s"))
                .hasMessageContaining("'latency_ms'").hasMessageContaining("allowed: a key that ends with its unit");
        assertThatThrownBy(() -> new StatisticCard("latency", "n", "d", "ms", "f", "s")).hasMessageContaining("'ms'");
        assertThatThrownBy(() -> new StatisticCard("x", "n", "d", "furlong", "f", "s")).hasMessageContaining("furlong");
        assertThatThrownBy(() -> new StatisticCard("x", "n", " ", "1", "f", "s")).hasMessageContaining("one line");
    }
}
