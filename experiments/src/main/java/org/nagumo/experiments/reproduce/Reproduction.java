package org.nagumo.experiments.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.dynamics.Comparison;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.EvaluationFile;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.BifurcationFigures;
import org.nagumo.experiments.report.Equations;
import org.nagumo.experiments.report.EvaluationFigures;
import org.nagumo.experiments.report.Explorer;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.report.PortraitFigure;
import org.nagumo.experiments.report.ReportPage;
import org.nagumo.experiments.train.TrainingPlan;

/**
 * The main job: data, training from scratch, evaluation on what was never trained on, report.
 *
 * @param plan       how to train
 * @param trials     noise trials of each kind in the evaluation
 * @param out        folder of the results
 * @param command    how it was called, for the record
 * @param threads    worker threads; do not change the results
 * @param beginning  what becomes of an earlier run in the folder
 */
public record Reproduction(TrainingPlan plan, int trials, Path out, String command, int threads,
        Beginning beginning) {

    private static final String REPORT = "report.html";

    /** Currents of the portraits, at rest and while the neuron fires, in units of its scale: uA/cm2 for hh. */
    private static final double[] PORTRAIT_CURRENTS = {0, 10};

    /** Diagrams reach from this part of the strongest hyperpolarisation of the training to its largest current. */
    private static final double HYPERPOLARISATION = 1.0 / 3;

    /** Networks of more units are not drawn as dynamical systems. */
    private static final int MOST_UNITS = 3;

    /** What came out; no times where all was finished before. */
    public record Result(Evaluation evaluation, TrainedNetwork network, Map<String, Double> seconds) {
    }

    /**
     * Runs the job and writes {@code report.html}, {@code metrics.json}, {@code model.zip} and the figures.
     *
     * @throws InterruptedException when the calling thread is interrupted
     */
    public Result run(Steps steps) throws InterruptedException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        TrainedNetwork network = new TrainingRun(plan, null, out, command, threads, beginning,
                TrainingRun.CHECKPOINT_MS).run(steps, seconds);
        long began = System.nanoTime();
        Evaluation evaluation;
        Neuron teacher = Evaluations.teacher(network.card());
        Battery battery = Evaluations.battery(network.card(), trials);
        if (beginning == Beginning.RESUME && Files.exists(out.resolve(REPORT))) {
            Evaluation before = EvaluationFile.read(out);
            if (Evaluations.isOf(before, battery, teacher, new NetworkSystem(network))) {
                return new Result(before, network, Map.of());
            }
        }
        try (Steps.Step step = steps.begin("evaluation", Evaluations.parts(battery, teacher))) {
            evaluation = Evaluations.of(battery, teacher, new NetworkSystem(network), threads, () -> step.advance(1));
        }
        lap(seconds, "evaluation", began);
        writeReport(out, evaluation, network, steps, seconds);
        return new Result(evaluation, network, seconds);
    }

    private static long lap(Map<String, Double> seconds, String name, long began) {
        long now = System.nanoTime();
        seconds.put(name, (now - began) * 1e-9);
        return now;
    }

    /** Parts of the drawing of a network's report, for its progress. */
    private static int parts(Evaluation evaluation, TrainedNetwork network) {
        return drawnAsSystem(evaluation, network) ? 1 + Comparison.parts(2) + PORTRAIT_CURRENTS.length : 1;
    }

    private static boolean drawnAsSystem(Evaluation evaluation, TrainedNetwork network) {
        return evaluation.teacherOrigin().kind() == Origin.Kind.NEURON && network.card().trained() != null
                && network.card().units() <= MOST_UNITS;
    }

    private static List<Figure> figures(Evaluation evaluation, TrainedNetwork network, Runnable partDone) {
        List<Figure> figures = new ArrayList<>(EvaluationFigures.draw(evaluation));
        partDone.run();
        if (drawnAsSystem(evaluation, network)) {
            FlowModel student = FlowModel.of(network);
            double lowest = HYPERPOLARISATION * network.card().trained().lowest();
            double highest = network.card().trained().highest();
            double unit = evaluation.battery().scale().currentUnit();
            double[] currents = Arrays.stream(PORTRAIT_CURRENTS).map(x -> NeuronScale.rounded(x * unit)).toArray();
            List<FlowModel> models = List.of(FlowModel.of(evaluation.teacherOrigin().neuron()), student);
            List<BifurcationDiagram> diagrams = Comparison.diagrams(models, lowest, highest, partDone, currents);
            for (double current : currents) {
                figures.add(PortraitFigure.draw(Portraits.of(student, diagrams.get(1), current)));
                partDone.run();
            }
            figures.add(BifurcationFigures.drawAll(Comparison.of(models, diagrams, lowest, highest, partDone)));
        }
        return figures;
    }

    /** Draws and writes the report of the evaluation of a network. */
    public static void writeReport(Path out, Evaluation evaluation, TrainedNetwork network, Steps steps) {
        writeReport(out, evaluation, network, steps, Map.of());
    }

    /** Draws and writes the report of the evaluation of a neuron. */
    public static void writeReport(Path out, Evaluation evaluation, Neuron neuron, Steps steps) {
        try (Steps.Step step = steps.begin("report", 1)) {
            List<Figure> figures = EvaluationFigures.draw(evaluation);
            write(out, evaluation, figures, ReportPage.html(evaluation, Explorer.of(evaluation, neuron).orElse(null),
                    null, null, figures, Map.of()));
            step.advance(1);
        }
    }

    private static void writeReport(Path out, Evaluation evaluation, TrainedNetwork network, Steps steps,
            Map<String, Double> seconds) {
        long began = System.nanoTime();
        try (Steps.Step step = steps.begin("report", parts(evaluation, network) + 1)) {
            List<Figure> figures = figures(evaluation, network, () -> step.advance(1));
            if (!seconds.isEmpty()) {
                lap(seconds, "figures", began);
            }
            Explorer explorer = Explorer.of(evaluation, network).orElse(null);
            write(out, evaluation, figures, ReportPage.html(evaluation, explorer, network.card(),
                    Equations.of(network), figures, seconds));
            step.advance(1);
        }
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
        AtomicFile.write(out.resolve(REPORT), page);
    }
}
