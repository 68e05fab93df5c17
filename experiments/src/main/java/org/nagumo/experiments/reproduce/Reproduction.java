package org.nagumo.experiments.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.BifurcationFigures;
import org.nagumo.experiments.report.Equations;
import org.nagumo.experiments.report.EvaluationFigures;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.report.PortraitFigure;
import org.nagumo.experiments.report.ReportPage;
import org.nagumo.experiments.train.Training;
import org.nagumo.experiments.train.TrainingPlan;

/**
 * The main job: data, training from scratch, evaluation on what was never trained on, report.
 *
 * @param plan       how to train
 * @param trials     noise trials of each kind in the evaluation
 * @param out        folder of the results
 * @param command    how it was called, for the record
 * @param threads    worker threads; do not change the results
 */
public record Reproduction(TrainingPlan plan, int trials, Path out, String command, int threads) {

    private static final String PROTOCOL = "training-mix";
    private static final double[] PORTRAIT_CURRENTS = {0, 10};

    /** Range of the bifurcation diagrams in uA/cm2: from hyperpolarisation to the neuron's upper Hopf point. */
    private static final double LOWEST_CURRENT = -10;
    private static final double HIGHEST_CURRENT = 170;

    /** Networks of more units are not drawn as dynamical systems. */
    private static final int MOST_UNITS = 3;

    /** What came out. */
    public record Result(Evaluation evaluation, TrainedNetwork network, Map<String, Double> seconds) {
    }

    /**
     * Runs the job and writes {@code report.html}, {@code metrics.json}, {@code model.zip} and the figures.
     *
     * @throws InterruptedException when the calling thread is interrupted
     */
    public Result run(Steps steps) throws InterruptedException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        long began = System.nanoTime();
        Protocol protocol = Protocol.shipped(PROTOCOL);
        Path data = out.resolve("data");
        try (Steps.Step step = steps.begin("data", protocol.samples())) {
            DatasetGenerator.generate(protocol, data, new DatasetGenerator.Options(
                    EnumSet.of(DatasetGenerator.Format.BINARY), threads, false, step::advance));
        }
        TrajectorySet set = TrajectorySet.read(data);
        began = lap(seconds, "data", began);
        TrainedNetwork network;
        try (Steps.Step step = steps.begin("training", plan.work(set.dtMs()))) {
            network = Training.train(plan, set, "gru-" + plan.units(), command, protocol.neuron().name(),
                    checksum(data), threads, step::advance, (stage, starts, losses) -> step.note(String.format(
                            Locale.ROOT, "stage %d of %d, windows of %.0f ms: loss %.6f, best of %d", stage + 1,
                            plan.stages().size(), plan.stages().get(stage).windowMs(),
                            Arrays.stream(losses).min().orElse(Double.NaN), losses.length)));
        }
        network.save(out.resolve("model.zip"));
        began = lap(seconds, "training", began);
        Evaluation evaluation;
        Battery battery = new Battery(set.dtMs(), trials);
        try (Steps.Step step = steps.begin("evaluation", 3L * battery.parts())) {
            evaluation = evaluate(battery, new NetworkSystem(network), threads, () -> step.advance(1));
        }
        began = lap(seconds, "evaluation", began);
        List<Figure> figures;
        try (Steps.Step step = steps.begin("report", 1)) {
            figures = figures(evaluation, network);
            step.advance(1);
        }
        lap(seconds, "figures", began);
        writeReport(out, evaluation, network, figures, seconds);
        return new Result(evaluation, network, seconds);
    }

    /** Measures a student beside the Hodgkin-Huxley neuron and its reduction. */
    public static Evaluation evaluate(Battery battery, ExcitableSystem student, int threads, Runnable partDone) {
        Response teacher = battery.measure(new NeuronSimulator(Neurons.named("hh"), threads), partDone);
        Response baseline = battery.measure(new NeuronSimulator(Neurons.named("rinzel"), threads), partDone);
        return new Evaluation(teacher, battery.measure(student, partDone), baseline);
    }

    private static long lap(Map<String, Double> seconds, String name, long began) {
        long now = System.nanoTime();
        seconds.put(name, (now - began) * 1e-9);
        return now;
    }

    private static String checksum(Path data) {
        try {
            return Checksums.of(data.resolve(DatasetGenerator.SEQUENCES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Figure> figures(Evaluation evaluation, TrainedNetwork network) {
        List<Figure> figures = new ArrayList<>(EvaluationFigures.draw(evaluation));
        if (network != null && network.card().units() <= MOST_UNITS) {
            FlowModel student = FlowModel.of(network);
            FlowModel teacher = FlowModel.of(Neurons.named("hh"));
            for (double current : PORTRAIT_CURRENTS) {
                figures.add(PortraitFigure.draw(student.name(), Portraits.of(student, current)));
            }
            figures.addAll(BifurcationFigures.draw(Stream.of(teacher, student).map(model ->
                    new BifurcationFigures.Entry(model, model.diagram(LOWEST_CURRENT, HIGHEST_CURRENT))).toList()));
        }
        return figures;
    }

    /**
     * Draws and writes the report of an evaluation.
     *
     * @param network the student when it is a network, else null
     */
    public static void writeReport(Path out, Evaluation evaluation, TrainedNetwork network) {
        writeReport(out, evaluation, network, figures(evaluation, network), Map.of());
    }

    private static void writeReport(Path out, Evaluation evaluation, TrainedNetwork network, List<Figure> figures,
            Map<String, Double> seconds) {
        for (Figure figure : figures) {
            figure.write(out.resolve("figures"));
        }
        try {
            AtomicFile.write(out.resolve("metrics.json"), new ObjectMapper().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(evaluation.toJson()) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        AtomicFile.write(out.resolve("report.html"), ReportPage.html(evaluation, network == null ? null : network.card(),
                network == null ? null : Equations.of(network), figures, seconds));
    }
}
