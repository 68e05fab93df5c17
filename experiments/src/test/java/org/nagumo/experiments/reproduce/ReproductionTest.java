package org.nagumo.experiments.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.train.TrainingPlan;
import org.nagumo.experiments.train.TrainingPlans;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The main job from end to end, with a training too short to teach anything. */
class ReproductionTest {

    private static final Steps SILENT = (name, total) -> new Steps.Step() {
        private long done;

        @Override
        public synchronized void advance(long amount) {
            done += amount;
        }

        @Override
        public void note(String text) {
            assertThat(text).isNotBlank();
        }

        @Override
        public void close() {
            assertThat(done).as("all of %s is accounted for", name).isEqualTo(total);
        }
    };

    @Test
    void everyFileIsThereWellFormedAndSelfContained(@TempDir Path out) throws Exception {
        TrainingPlan plan = TrainingPlans.parse("plan", """
                name: gru-2
                model: {units: 2, readout_units: 3}
                scaling: {current_unit_uA_per_cm2: 20, voltage_offset_mV: -30, voltage_unit_mV: 100}
                seed: 7
                starts: 2
                stages:
                  - {window_ms: 1, minibatch: 64, iterations: 50, first_rate: 1e-2, last_rate: 5e-3,
                     freeze_encoder: true, freeze_readout: true}
                  - {window_ms: 5, minibatch: 64, iterations: 50, first_rate: 5e-3, last_rate: 3e-3,
                     wide_readout: true}
                """);
        Reproduction.Result result = new Reproduction(plan, 1, out, "./nagumo reproduce <test>", 2,
                Beginning.NEW).run(SILENT);
        assertThat(result.seconds()).containsOnlyKeys("data", "training", "evaluation", "figures");
        JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertThat(metrics.get("fi_points").asInt()).isEqualTo(21);
        assertThat(TrainedNetwork.load(out.resolve("model.zip")).parameters())
                .isEqualTo(result.network().parameters());
        page(out);
        finishedIsFinished(plan, out, result);
        for (String figure : List.of("step", "rebound", "noise", "fi", "latency", "spike-shape", "portrait-0",
                "portrait-10", "comparison")) {
            BufferedImage image = ImageIO.read(out.resolve("figures/" + figure + ".png").toFile());
            assertThat(colours(image)).as(figure).hasSizeGreaterThan(3);
            parse(Files.readString(out.resolve("figures/" + figure + ".svg")));
        }
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
        }
    }

    /** A second run refuses to replace the first, or leaves all as it is. */
    private static void finishedIsFinished(TrainingPlan plan, Path out, Reproduction.Result result) throws Exception {
        assertThatThrownBy(() -> new Reproduction(plan, 1, out, "again", 2, Beginning.NEW).run(SILENT))
                .isInstanceOf(InputException.class).hasMessageStartingWith(out.resolve("model.zip") + ": is that of");
        Files.delete(out.resolve("figures/fi.png"));
        Reproduction.Result kept = new Reproduction(plan, 1, out, "again", 2, Beginning.RESUME).run(SILENT);
        assertThat(kept.seconds()).as("nothing is done again").isEmpty();
        assertThat(kept.evaluation().toJson()).isEqualTo(result.evaluation().toJson());
        assertThat(kept.network().parameters()).isEqualTo(result.network().parameters());
        assertThat(out.resolve("figures/fi.png")).doesNotExist();
        Files.delete(out.resolve("report.html"));
        new Reproduction(plan, 1, out, "again", 2, Beginning.RESUME).run(SILENT);
        assertThat(out.resolve("figures/fi.png")).exists();
    }

    private static void page(Path out) throws Exception {
        String html = Files.readString(out.resolve("report.html"));
        parse(html.replace("<!DOCTYPE html>", ""));
        assertThat(html).contains("./nagumo reproduce &lt;test&gt;", "coincidence factor", "dh1/dt = ")
                .doesNotContain("http:", "https:", "<script src", "<link");
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x += 2) {
            for (int y = 0; y < image.getHeight(); y += 2) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(xml)));
    }
}
