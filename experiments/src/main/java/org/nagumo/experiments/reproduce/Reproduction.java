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
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.dataset.DatasetGenerator;
import org.nagumo.datagen.dataset.TrajectorySet;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.experiments.dynamics.Comparison;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.EvaluationFile;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.BifurcationFigures;
import org.nagumo.experiments.report.Equations;
import org.nagumo.experiments.report.EvaluationFigures;
import org.nagumo.experiments.report.Explorer;
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
        lap(seconds, "evaluation", began);
        writeReport(out, evaluation, network, steps, seconds);
        return new Result(evaluation, network, seconds);
    }

    /** Measures a student beside the Hodgkin-Huxley neuron and its reduction. */
    public static Evaluation evaluate(Battery battery, ExcitableSystem student, int threads, Runnable partDone) {
        return Evaluations.of(battery, Neurons.named("hh"), student, threads, partDone);
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

    /** Parts of the drawing of a network's report, for its progress. */
    private static int parts(Evaluation evaluation, TrainedNetwork network) {
        return drawnAsSystem(evaluation, network) ? 3 + PORTRAIT_CURRENTS.length : 1;
    }

    private static boolean drawnAsSystem(Evaluation evaluation, TrainedNetwork network) {
        return besideHodgkinHuxley(evaluation) && network.card().units() <= MOST_UNITS;
    }

    /** Whether the teacher is the neuron whose reduction, explorer and range of currents there are. */
    private static boolean besideHodgkinHuxley(Evaluation evaluation) {
        return evaluation.baseline() != null;
    }

    private static List<Figure> figures(Evaluation evaluation, TrainedNetwork network, Runnable partDone) {
        List<Figure> figures = new ArrayList<>(EvaluationFigures.draw(evaluation));
        partDone.run();
        if (drawnAsSystem(evaluation, network)) {
            FlowModel student = FlowModel.of(network);
            BifurcationDiagram diagram = student.diagram(LOWEST_CURRENT, HIGHEST_CURRENT, PORTRAIT_CURRENTS);
            partDone.run();
            for (double current : PORTRAIT_CURRENTS) {
                figures.add(PortraitFigure.draw(Portraits.of(student, diagram, current)));
                partDone.run();
            }
            figures.add(BifurcationFigures.drawAll(Comparison.of(List.of(
                    FlowModel.of(Evaluations.neuron(evaluation.teacherOrigin())), student), LOWEST_CURRENT,
                    HIGHEST_CURRENT)));
            partDone.run();
        }
        return figures;
    }

    /** Draws and writes the report of the evaluation of a network. */
    public static void writeReport(Path out, Evaluation evaluation, TrainedNetwork network, Steps steps) {
        writeReport(out, evaluation, network, steps, Map.of());
    }

    /** Draws and writes the report of the evaluation of a neuron. */
    public static void writeReport(Path out, Evaluation evaluation, Neuron neuron) {
        List<Figure> figures = EvaluationFigures.draw(evaluation);
        write(out, evaluation, figures, ReportPage.html(evaluation, besideHodgkinHuxley(evaluation)
                && Explorer.knows(neuron) ? Explorer.of(neuron) : null, null, null, figures, Map.of()));
    }

    private static void writeReport(Path out, Evaluation evaluation, TrainedNetwork network, Steps steps,
            Map<String, Double> seconds) {
        long began = System.nanoTime();
        List<Figure> figures;
        try (Steps.Step step = steps.begin("report", parts(evaluation, network))) {
            figures = figures(evaluation, network, () -> step.advance(1));
        }
        if (!seconds.isEmpty()) {
            lap(seconds, "figures", began);
        }
        Explorer explorer = besideHodgkinHuxley(evaluation) ? Explorer.of(network) : null;
        write(out, evaluation, figures, ReportPage.html(evaluation, explorer, network.card(), Equations.of(network),
                figures, seconds));
    }

    private static void write(Path out, Evaluation evaluation, List<Figure> figures, String page) {
        for (Figure figure : figures) {
            figure.write(out.resolve("figures"));
        }
        try {
            AtomicFile.write(out.resolve("metrics.json"), new ObjectMapper().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(evaluation.toJson()) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        EvaluationFile.write(out.resolve(EvaluationFile.NAME), evaluation);
        AtomicFile.write(out.resolve("report.html"), page);
    }
}
