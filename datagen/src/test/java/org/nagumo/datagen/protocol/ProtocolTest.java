package org.nagumo.datagen.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.simulate.Integration;

class ProtocolTest {

    private static final String HEAD = "name: t\nsampling: {dt_ms: 0.1}\nseed: 7\nsequences:\n";

    private static Protocol parse(String sequences) {
        return Protocol.parse("p.yaml", HEAD + sequences, name -> Path.of(name));
    }

    private static double[] current(String stimulus, double durationMs) {
        return parse("  - {duration_ms: " + durationMs + ", stimulus: " + stimulus + "}").sequences().get(0)
                .currentUaPerCm2();
    }

    @Test
    void aGridSweepsItsGroupAndAStepHasItsOnsetAndDuration() {
        Protocol p = parse("  - {duration_ms: 3, count: 3, stimulus: {kind: step, amplitude: {from: 0, to: 20,"
                + " steps: 3}, onset_ms: 1, duration_ms: 0.5}}");
        for (int k = 0; k < 3; k++) {
            double[] expected = new double[30];
            Arrays.fill(expected, 10, 15, 10 * k);
            assertThat(p.sequences().get(k).currentUaPerCm2()).isEqualTo(expected);
        }
    }

    @Test
    void everyKindRendersItsFormula() {
        assertThat(current("{kind: constant, amplitude: 2}", 0.3)).containsExactly(2, 2, 2);
        assertThat(current("{kind: paired-pulse, amplitude: 1, onset_ms: 0.1, duration_ms: 0.1, interval_ms: 0.3}",
                0.6)).containsExactly(0, 1, 0, 0, 1, 0);
        assertThat(current("{kind: pulse-train, amplitude: 1, duration_ms: 0.1, period_ms: 0.2, pulses: 2}", 0.6))
                .containsExactly(1, 0, 1, 0, 0, 0);
        assertThat(current("{kind: ramp, from: 1, to: 3, onset_ms: 0.1, duration_ms: 0.2}", 0.4))
                .containsExactly(new double[] {0, 1, 2, 0}, within(1e-12));
        double[] sine = current("{kind: sine, amplitude: 2, frequency_hz: 250}", 4);
        assertThat(sine[10]).isCloseTo(2, within(1e-12));
        assertThat(sine[30]).isCloseTo(-2, within(1e-12));
        double[] chirp = current("{kind: chirp, amplitude: 1, from_hz: 0, to_hz: 1000, duration_ms: 10}", 10);
        assertThat(chirp[50]).isCloseTo(Math.sin(2 * Math.PI * (1000 * 0.005 * 0.005 / 0.02)), within(1e-12));
        assertThat(current("{sum: [{kind: constant, amplitude: 1}, {kind: pulse, amplitude: 2, onset_ms: 0.1,"
                + " duration_ms: 0.1}]}", 0.3)).containsExactly(1, 3, 1);
        assertThat(current("{then: [{for_ms: 0.2, stimulus: {kind: constant, amplitude: 1}},"
                + " {for_ms: 9, stimulus: {kind: pulse, amplitude: 2, onset_ms: 0.1}}]}", 0.5))
                .containsExactly(1, 1, 0, 2, 2);
    }

    @Test
    void ornsteinUhlenbeckNoiseHasItsMeanDeviationAndCorrelationTime() {
        double[] x = current("{kind: ornstein-uhlenbeck, mean: 3, sd: 2, tau_ms: 5}", 200_000);
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = 0;
        double lagged = 0;
        for (int i = 0; i + 50 < x.length; i++) {
            variance += (x[i] - mean) * (x[i] - mean);
            lagged += (x[i] - mean) * (x[i + 50] - mean);
        }
        // 200 s hold 20 000 independent samples: the mean is good to 2 / sqrt(20000) = 0.014.
        assertThat(mean).isCloseTo(3, within(0.06));
        assertThat(Math.sqrt(variance / x.length)).isCloseTo(2, within(0.06));
        assertThat(lagged / variance).isCloseTo(Math.exp(-1), within(0.03));
    }

    @Test
    void randomStepsHoldLevelsWithinTheirDistributions() {
        double[] x = current("{kind: steps, level: {uniform: [-6, 20]}, hold_ms: {uniform: [4, 80]}}", 10_000);
        int changes = 0;
        for (int i = 1; i < x.length; i++) {
            assertThat(x[i]).isBetween(-6.0, 20.0);
            changes += x[i] != x[i - 1] ? 1 : 0;
        }
        assertThat(changes).isBetween(180, 310);
    }

    @Test
    void theSeedDecidesAndAnAddedGroupLeavesTheOthersAlone() {
        String noise = "  - {duration_ms: 5, count: 2, stimulus: {kind: ornstein-uhlenbeck, mean: {uniform: [0, 9]},"
                + " sd: 1, tau_ms: 3}}\n";
        Protocol first = parse(noise);
        Protocol again = parse(noise + "  - {duration_ms: 5, stimulus: {kind: constant, amplitude: 1}}\n");
        assertThat(again.sequences().get(1).currentUaPerCm2()).isEqualTo(first.sequences().get(1).currentUaPerCm2());
        assertThat(first.sequences().get(1).currentUaPerCm2())
                .isNotEqualTo(first.sequences().get(0).currentUaPerCm2());
        Protocol other = Protocol.parse("p.yaml", (HEAD + noise).replace("seed: 7", "seed: 8"), name -> Path.of(name));
        assertThat(other.sequences().get(0).currentUaPerCm2())
                .isNotEqualTo(first.sequences().get(0).currentUaPerCm2());
    }

    @Test
    void theShippedProtocolsAreRead() {
        Protocol mix = Protocol.shipped("training-mix");
        assertThat(mix.sequences()).hasSize(1166).allMatch(c -> c.length() == 4000);
        assertThat(mix.columns()).containsExactly("time", "current", "voltage");
        assertThat(mix.sequences().stream().flatMapToDouble(c -> Arrays.stream(c.currentUaPerCm2())).max().orElse(0))
                .isLessThanOrEqualTo(170);
        assertThat(Protocol.shipped("steps-and-noise").sequences()).hasSize(37);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{kind: stepp, amplitude: 1}|p.yaml:5:39: unknown kind 'stepp'; did you mean 'step'?",
        "{kind: step, amplitud: 1}|p.yaml:5:45: unknown key 'amplitud'; did you mean 'amplitude'?",
        "{kind: step}|p.yaml:5:32: 'amplitude' is missing",
        "{kind: step, amplitude: x}|p.yaml:5:56: 'x' is not a number",
        "{kind: step, amplitude: .nan}|p.yaml:5:56: '.nan' is not a number",
        "{kind: step, amplitude: NaN}|p.yaml:5:56: 'NaN' is not finite",
        "{kind: step, amplitude: 1, duration_ms: -1}|p.yaml:5:72: duration_ms is -1.0; allowed: positive",
        "{kind: step, amplitude: [1, 2, 3]}|p.yaml:5:56: 'amplitude' has 3 values; allowed: count, 1",
        "{kind: step, amplitude: {uniform: [3, 1]}}|p.yaml:5:56: uniform is [3.0, 1.0]; allowed: low <= high",
        "{kind: ornstein-uhlenbeck, mean: 1, sd: -2, tau_ms: 1}|p.yaml:5:72: sd is -2.0; allowed: 0 and more",
        "{kind: step, amplitude: 5 nA}|p.yaml:5:56: '5 nA' is not a number; allowed: a number alone, in the unit of",
        "{kind: step, amplitude: 5, onset_s: 1}|p.yaml:5:59: unknown key 'onset_s'; did you mean 'onset_ms'?",
        "{kind: step, amplitude: 1, onset_ms: 1}|p.yaml:5:69: onset_ms is 1.0, after the end; allowed: less than 1.0",
        "{kind: ramp, to: 1, onset_ms: 7, duration_ms: 1}|p.yaml:5:62: onset_ms is 7.0, after the end",
        "{kind: pulse, amplitude: 1, duration_ms: 0.04}|p.yaml:5:73: duration_ms is 0.04, shorter than a sample",
        "{kind: sine, amplitude: 1, frequency_hz: 6000}|p.yaml:5:73: frequency_hz is 6000.0, too fast for samples",
        "{kind: chirp, amplitude: 1, from_hz: 0, to_hz: 5001, duration_ms: 1}|p.yaml:5:79: to_hz is 5001.0, too fast",
        "{kind: paired-pulse, amplitude: 1, duration_ms: 0.2, interval_ms: 0.1}|p.yaml:5:98: interval_ms is 0.1; all",
        "{then: [{for_ms: 2, stimulus: {kind: constant, amplitude: 1}}, {for_ms: 2, stimulus: {kind: constant, amplitude: 1}}]}|p.yaml:5:95: begins at 2.0 ms, after the end",
        "{kind: step, amplitude: {uniform: [-1e308, 1e308]}}|p.yaml:5:56: uniform is [-1.0E308, 1.0E308]; allowed",
        "{kind: step, amplitude: {normal: [0, 1e308]}}|p.yaml:5:56: normal is [0.0, 1.0E308]; allowed",
        "{kind: step, amplitude: {normal: [1, x]}}|p.yaml:5:69: 'x' is not a number",
        "{kind: ornstein-uhlenbeck, mean: 0, sd: 1e6, tau_ms: 3}|p.yaml:5:32: the current may reach 1.21E7 uA/cm2, whi",
        "{kind: step, amplitude: {from: 1, two: 2}}|p.yaml:5:66: unknown key 'two'; did you mean 'to'?",
        "{kind: csv, file: none.csv}|p.yaml:5:50: none.csv: there is no such file",
        "[1|p.yaml:5:34: is not YAML"})
    void aMistakeIsNamedByItsPlace(String stimulus, String message) {
        assertThatThrownBy(() -> parse("  - {duration_ms: 1, stimulus: " + stimulus + "}\n"))
                .isInstanceOf(InputException.class).hasMessageStartingWith(message);
    }

    @Test
    void theMistakesOfAllSectionsAndGroupsAreToldAtOnce() {
        String text = """
                name: t
                model: {name: hh, parameters: {gNaa: 1, gKK: 2}}
                sampling: {dt_ms: 0.1, colums: [time]}
                seed: x
                sequences: []
                """;
        assertThatThrownBy(() -> Protocol.parse("p.yaml", text, name -> Path.of(name)))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(5)
                        .allMatch(line -> line.matches("p\\.yaml:\\d+:\\d+: .*allowed: .*")));
        assertThatThrownBy(() -> parse("""
                  - {duration_ms: -1, stimulus: {kind: constant, amplitude: 1}}
                  - {duration_ms: 1, stimulus: {kind: constant, amplitude: 1}}
                  - duration_ms: 1
                    stimulus: {kind: pulse-train, amplitude: 1, duration_ms: 1, period_ms: 2, pulses: 2.5}
                """)).satisfies(e -> assertThat(e.getMessage().lines()).containsExactly(
                        "p.yaml:5:19: -1 is not positive; allowed: positive numbers",
                        "p.yaml:8:87: 'pulses' is 2.5; allowed: whole numbers from 1"));
    }

    @Test
    void allMistakesOfAFileAreToldAtOnce() {
        String text = """
                nam: t
                model: {name: hh, parameters: {gNa: -1, gK: x, T: 500, gl: 1}}
                sampling: {dt: 0.1, columns: [current, volts, current]}
                integration: {method: euler, step_ms: 0}
                clip: [3, 1]
                sequences:
                  - duration_ms: long
                    stimulus:
                      sum:
                        - {kind: step, amplitude: a, onset_ms: b, durationms: 3}
                        - {kind: ornstein-uhlenbeck, sd: -1}
                        - {then: [{for_ms: -1, stimulus: {kind: ramp}}, {stimulus: {kind: wave}}]}
                  - {count: 0, stimulus: {kind: constant, amplitude: 1}}
                """;
        assertThatThrownBy(() -> Protocol.parse("p.yaml", text, name -> Path.of(name)))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage().lines().map(line -> line.split(";")[0])).containsExactly(
                        "p.yaml:1:1: unknown key 'nam'",
                        "p.yaml:1:1: 'name' is missing",
                        "p.yaml:2:56: unknown key 'gl'",
                        "p.yaml:2:45: 'x' is not a number",
                        "p.yaml:2:37: hh parameter 'gNa' is -1.0",
                        "p.yaml:2:51: hh parameter 'T' is 500.0",
                        "p.yaml:3:12: unknown key 'dt'",
                        "p.yaml:3:11: 'dt_ms' is missing",
                        "p.yaml:4:39: 0 is not positive",
                        "p.yaml:4:23: unknown method 'euler'",
                        "p.yaml:5:7: is not a range",
                        "p.yaml:7:18: 'long' is not a number",
                        "p.yaml:10:51: unknown key 'durationms'",
                        "p.yaml:10:35: 'a' is not a number",
                        "p.yaml:10:48: 'b' is not a number",
                        "p.yaml:11:11: 'mean' is missing",
                        "p.yaml:11:11: 'tau_ms' is missing",
                        "p.yaml:12:28: for_ms is -1.0",
                        "p.yaml:12:42: 'to' is missing",
                        "p.yaml:12:42: 'duration_ms' is missing",
                        "p.yaml:12:57: 'for_ms' is missing",
                        "p.yaml:12:75: unknown kind 'wave'",
                        "p.yaml:13:5: 'duration_ms' is missing",
                        "p.yaml:13:13: 0 is out of range"))
                .satisfies(e -> assertThat(e.getMessage().lines()).allMatch(line -> line.contains("allowed: ")));
    }

    @Test
    void aMistakeOfOneSequenceIsToldOnceForItsPlace() {
        assertThatThrownBy(() -> parse("""
                  - {duration_ms: 5, count: 4, stimulus: {kind: step, amplitude: 1, onset_ms: [1, 6, 2, 7]}}
                """)).satisfies(e -> assertThat(e.getMessage()).isEqualTo(
                        "p.yaml:5:79: onset_ms is 6.0, after the end; allowed: less than 5.0"));
    }

    @Test
    void aHugeProtocolIsReadWithoutDrawingItsCurrents() {
        Protocol large = parse("  - {duration_ms: 100000, count: 20000, stimulus: {kind: ornstein-uhlenbeck,"
                + " mean: {uniform: [0, 9]}, sd: 1, tau_ms: 3}}\n");
        // 160 gigabytes of doubles.
        assertThat(large.samples()).isEqualTo(20_000_000_000L);
        assertThat(large.sequences().get(19_999).length()).isEqualTo(1_000_000);
    }

    @Test
    void theMethodOfIntegrationIsReadToo() {
        assertThat(Protocol.parse("p.yaml", HEAD + "  - {duration_ms: 1, stimulus: {kind: constant, amplitude: 1}}\n"
                + "integration: {method: exponential-euler}\n", name -> Path.of(name)).integration())
                .isEqualTo(new Integration(Integration.Method.EXPONENTIAL_EULER, 0.01));
    }

    @Test
    void aStimulusThatContainsItselfIsRefused() {
        assertThatThrownBy(() -> parse("  - {duration_ms: 1, stimulus: &a {sum: [*a]}}\n"))
                .isInstanceOf(InputException.class).hasMessageContaining("nested too deeply");
    }

    @Test
    void anEndlessPulseTrainGoesOnToTheEnd() {
        double[] x = current("{kind: pulse-train, amplitude: 1, onset_ms: 1, duration_ms: 0.1, period_ms: 2}", 100);
        assertThat(Arrays.stream(x).sum()).isEqualTo(50);
        assertThat(x[10]).isEqualTo(1);
        assertThat(x[990]).isEqualTo(1);
    }

    @Test
    void mistakesAtTheTopAreNamedToo() {
        assertThatThrownBy(() -> Protocol.parse("p.yaml", "", name -> Path.of(name)))
                .hasMessageStartingWith("p.yaml:1:1: is empty");
        assertThatThrownBy(() -> Protocol.parse("p.yaml", "nam: x", name -> Path.of(name)))
                .hasMessageStartingWith("p.yaml:1:1: unknown key 'nam'; did you mean 'name'?");
        assertThatThrownBy(() -> Protocol.parse("p.yaml", HEAD.replace("0.1", "-0.1") + " []", name -> Path.of(name)))
                .hasMessageStartingWith("p.yaml:2:19: -0.1 is not positive");
        assertThatThrownBy(() -> Protocol.parse("p.yaml", "model: {name: hx}\n" + HEAD + " []", name -> Path.of(name)))
                .hasMessageContaining("there is no neuron 'hx'; allowed: [hh, fhn, fhn-psi, bvp, rinzel");
        assertThatThrownBy(() -> Protocol.parse("p.yaml", "model: {name: hh, parameters: {EK: -60}}\n" + HEAD
                + "  - {duration_ms: 1, stimulus: {kind: constant, amplitude: 1}}\n", name -> Path.of(name)))
                .hasMessageStartingWith("p.yaml:1:8: hh has no resting state at zero current with [")
                .hasMessageContaining("EK=-60.0");
        assertThatThrownBy(() -> Protocol.read(Path.of("no-such-file.yaml"))).isInstanceOf(InputException.class)
                .hasMessageStartingWith("no-such-file.yaml: there is no such file");
    }

    @Test
    void aRecordedCurrentIsReadFromBesideTheProtocol(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("c.csv"), "time_ms,current_uA_per_cm2\n0,1\n0.1,2\n0.2,3\n");
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, HEAD + "  - {duration_ms: 0.4, stimulus: {kind: csv, file: c.csv}}\n");
        assertThat(Protocol.read(file).sequences().get(0).currentUaPerCm2()).containsExactly(1, 2, 3, 0);
        for (List<String> bad : List.of(
                List.of("time_ms,current_uA_per_cm2\n0,1\n0.1,NaN\n", "c.csv:3: current_uA_per_cm2 is 'NaN'"),
                List.of("time_ms,current_uA_per_cm2\n0,1\n0.1,1\n0.2,1\n0.5,1\n0.6,1\n",
                        "c.csv:5: time_ms goes from 0.2 to 0.5; allowed: the uniform step of the file, 0.1 ms"),
                List.of("time_ms,current\n0,1\n", "c.csv:1: the header has no column 'current_uA_per_cm2'"),
                List.of("time_ms,current_uA_per_cm2\n0,1\n0.1\n", "c.csv:3: has 1 values; allowed: 2"))) {
            Files.writeString(folder.resolve("c.csv"), bad.get(0));
            assertThatThrownBy(() -> Protocol.read(file)).isInstanceOf(InputException.class)
                    .hasMessageContaining(bad.get(1));
        }
    }

    @Test
    void anotherNeuronTakesTheSameCurrentsWithAllItsColumns() {
        Neuron fhn = Neurons.named("fhn").with(Map.of("a", 0.6));
        String group = "  - {duration_ms: 3, count: 2,"
                + " stimulus: {kind: ornstein-uhlenbeck, mean: 0.3, sd: 1, tau_ms: 2}}\n";
        for (String head : List.of(HEAD,
                "# \u03b1 \ud83d\ude00\nname: t\nmodel: {name: hh}\nsampling: {columns: [m, voltage], dt_ms: 0.1}\nseed: 7\n"
                        + "sequences:\n",
                "name: t\nmodel:\n  name: hh\n  parameters:\n    gNa: 110\nseed: 7\nsampling:\n  columns:\n  - m\n"
                        + "  - n  # the gates\n  dt_ms: 0.1\n# all\nsequences:\n")) {
            Protocol own = Protocol.parse("p.yaml", head + group, Path::of);
            Protocol other = own.withNeuron(fhn);
            assertThat(other.neuron().name()).isEqualTo("fhn");
            assertThat(other.neuron().parameters()).isEqualTo(fhn.parameters());
            assertThat(other.columns()).containsExactly("time", "current", "voltage", "w");
            for (int k = 0; k < 2; k++) {
                assertThat(other.sequences().get(k).currentUaPerCm2())
                        .isEqualTo(own.sequences().get(k).currentUaPerCm2());
            }
        }
        Protocol flow = Protocol.parse("p.yaml", "{name: t, sampling: {dt_ms: 0.1}, sequences: [{duration_ms: 1, stimulus:"
                + " {kind: constant, amplitude: 1}}]}", Path::of);
        assertThat(flow.withNeuron(fhn).neuron().parameters()).isEqualTo(fhn.parameters());
        assertThatThrownBy(() -> Protocol.parse("p.yaml", HEAD + group.replace("sd: 1", "sd: 1e5"), Path::of)
                .withNeuron(fhn)).isInstanceOf(InputException.class);
    }

    /** Every current of the protocol, with the limits it has, is multiplied, and so is every time. */
    @Test
    void currentsAndTimesAreInjectedOnTheScaleOfAnotherNeuron() {
        String group = "  - {duration_ms: 30, count: 2,"
                + " stimulus: {kind: ornstein-uhlenbeck, mean: 1, sd: 9, tau_ms: 2}}\n";
        Protocol own = Protocol.parse("p.yaml", HEAD + group, Path::of);
        Neuron fhn = Neurons.named("fhn");
        ProtocolScale scale = new ProtocolScale(0.0625, 0.5, 4);
        Protocol other = own.onScale(fhn, scale, -8, 10);
        assertThat(other.scale()).isEqualTo(scale);
        assertThat(other.dtMs()).isEqualTo(4 * own.dtMs());
        assertThat(other.lengths()).isEqualTo(own.lengths());
        for (int k = 0; k < 2; k++) {
            double[] before = own.sequences().get(k).currentUaPerCm2();
            double[] after = other.sequences().get(k).currentUaPerCm2();
            assertThat(other.sequences().get(k).dtMs()).isEqualTo(4 * own.dtMs());
            assertThat(Arrays.stream(before).anyMatch(i -> i > 10) && Arrays.stream(before).anyMatch(i -> i < -8))
                    .isTrue();
            for (int i = 0; i < before.length; i++) {
                double limited = Math.max(-8, Math.min(10, before[i]));
                assertThat(after[i]).isEqualTo(limited < 0 ? limited / 32 : limited / 16);
            }
        }
        // The text says all of it, and once more on another scale both hold.
        assertThat(Protocol.parse("again", other.text(), Path::of).sequences().get(1).currentUaPerCm2())
                .isEqualTo(other.sequences().get(1).currentUaPerCm2());
        assertThat(other.onScale(fhn, new ProtocolScale(2, 2, 0.5), -8, 10).scale())
                .isEqualTo(new ProtocolScale(0.125, 1, 2));
        assertThat(Protocol.parse("p.yaml", HEAD.replace("seed", "scale: {time: 2}\nseed") + group, Path::of).scale())
                .isEqualTo(new ProtocolScale(1, 1, 2));
    }

    @Test
    void aScaleThatIsNoneIsRefusedAtItsPlace() {
        String group = "  - {duration_ms: 3, stimulus: {kind: constant, amplitude: 1}}\n";
        for (Map.Entry<String, String> fault : Map.of("{current: 0}", "current is 0.0; allowed: finite, not zero",
                "{time: -1}", "time is -1.0; allowed: positive and finite", "{hyperpolarising: 0}",
                "hyperpolarising is 0.0; allowed: positive and finite", "{tempo: 2}", "unknown key 'tempo'").entrySet()) {
            assertThatThrownBy(() -> Protocol.parse("p.yaml", "scale: " + fault.getKey() + "\n" + HEAD + group, Path::of))
                    .isInstanceOf(InputException.class).hasMessageStartingWith("p.yaml:1:").hasMessageContaining(
                            fault.getValue());
        }
    }

    @Test
    void everyProtocolThatShipsCanBeRead() {
        for (String name : Protocol.shippedNames()) {
            assertThat(Protocol.shipped(name).name()).isEqualTo(name);
        }
        assertThatThrownBy(() -> Protocol.shipped("none")).hasMessageContaining("allowed: [training-mix");
    }
}
