package org.nagumo.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.simulate.CurrentTrace;

class JavaScriptExportTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"gru-2, 1", "gru-8, 1", "hh, 1", "hindmarsh-rose, 0.4"})
    void nodeGivesTheSameVoltageUnderNoise(String model, double factor) throws Exception {
        Programs.assumeInstalled("node", "nodejs");
        ExportedSystem exported = Models.exported(model);
        assertThat(Exports.write(exported, "javascript", folder.resolve("model.mjs"))).isEmpty();
        CurrentTrace current = Models.noise(0.1, factor);
        Programs.write(folder.resolve("current.txt"), current.currentUaPerCm2());
        Files.writeString(folder.resolve("run.mjs"), """
                import {readFileSync, writeFileSync} from 'node:fs';
                import {simulate} from './model.mjs';
                const current = readFileSync('current.txt', 'utf8').trim().split('\\n').map(Number);
                writeFileSync('voltage.txt', Array.from(simulate(current, 0.1).voltage).join('\\n'));
                """);
        Programs.run(folder, "node", "run.mjs");
        double[] theirs = Arrays.stream(Programs.table(folder.resolve("voltage.txt"))).mapToDouble(row -> row[0])
                .toArray();
        double[] d = Models.differences(exported, 0.1, Models.sameMethod(model, current).voltageMv(), theirs);
        System.out.printf("javascript: %s under noise: %.2g mV, %.0f spikes within %.2g ms%n", model, d[0], d[2], d[1]);
        assertThat(d[0]).isLessThan(0.01);
        assertThat(d[1]).isLessThan(0.02);
        assertThat(d[2]).isGreaterThan(2);
    }

    @Test
    void badCurrentsAreRefusedAndTheHeadSaysWhatItIs() throws Exception {
        Programs.assumeInstalled("node", "nodejs");
        Exports.write(Models.exported("fhn"), "javascript", folder.resolve("fhn.mjs"));
        assertThat(Files.readString(folder.resolve("fhn.mjs"))).contains("// fhn: a neuron", "SHA-256",
                "Licence: Apache License 2.0", "import {simulate} from './fhn.mjs'");
        Files.writeString(folder.resolve("run.mjs"), """
                import {simulate} from './fhn.mjs';
                for (const call of [() => simulate([NaN], 0.1), () => simulate([], 0.1), () => simulate([1], -1),
                  () => simulate(Array(9).fill(1e9), 5, {sample: 5})]) {
                  try { call(); } catch (e) { console.log(e.message); }
                }
                """);
        assertThat(Programs.run(folder, "node", "run.mjs").lines()).hasSize(4).satisfiesExactly(
                line -> assertThat(line).contains("current: allowed"),
                line -> assertThat(line).contains("current: allowed"),
                line -> assertThat(line).contains("dt is -1"), line -> assertThat(line).contains("not finite"));
    }
}
