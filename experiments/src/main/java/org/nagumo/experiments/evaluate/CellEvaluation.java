package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.nagumo.datagen.recording.set.RecordedSequence.Role;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.experiments.recording.RecordedAnswers;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.recording.RecordedStimulus;
import org.nagumo.experiments.recording.RecordingScore;
import org.nagumo.experiments.rival.AdexFit;
import org.nagumo.experiments.rival.GifFit;
import org.nagumo.experiments.rival.GifModel;
import org.nagumo.experiments.rival.Rival;
import org.nagumo.experiments.spikes.JsonNumber;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * A model beside a recorded cell, with integrate-and-fire neurons that were fitted to the same training stretches.
 *
 * @param cell      the cell
 * @param role      the stretches that were compared: the held-out ones where there are any, else all
 * @param criterion what counts as a spike
 * @param student   name of the model
 * @param score     how close it comes
 * @param answers   its potential in mV under each stimulus of the cell, one value a sample
 * @param steps     its answers to steps of current; empty where the recording has none
 * @param rivals    the fitted neurons; empty where everything is compared, so that nothing is left to fit
 */
public record CellEvaluation(RecordedCell cell, Role role, SpikeCriterion criterion, String student,
        RecordingScore score, List<double[]> answers, List<StepAnswer> steps, List<Fitted> rivals) {

    /**
     * A fitted neuron.
     *
     * @param rival the neuron
     * @param score how close it comes
     */
    public record Fitted(Rival rival, RecordingScore score) {
    }

    public CellEvaluation {
        answers = List.copyOf(answers);
        steps = List.copyOf(steps);
        rivals = List.copyOf(rivals);
    }

    /** Parts of an evaluation, for its progress. */
    public static final int PARTS = 3;

    /**
     * Measures a model.
     *
     * @param cell      the cell
     * @param criterion what counts as a spike
     * @param model     the model
     * @param partDone  called after each of {@link #PARTS} parts
     * @return what was measured
     */
    public static CellEvaluation of(RecordedCell cell, SpikeCriterion criterion, ExcitableSystem model,
            Runnable partDone) {
        Role role = cell.has(Role.HOLD_OUT) ? Role.HOLD_OUT : Role.TRAIN;
        RecordedAnswers known = new RecordedAnswers(cell, role, criterion);
        List<double[]> answers = cell.stimuli().stream().map(stimulus -> stimulus.answer(model)).toList();
        Map<RecordedStimulus, double[]> byStimulus = new HashMap<>();
        List<StepAnswer> steps = new ArrayList<>();
        for (int k = 0; k < answers.size(); k++) {
            byStimulus.put(cell.stimuli().get(k), answers.get(k));
            steps.addAll(StepAnswer.of(cell.stimuli().get(k), role, answers.get(k), criterion));
        }
        RecordingScore score = known.score(stimulus -> List.of(byStimulus.get(stimulus)));
        partDone.run();
        List<Fitted> rivals = new ArrayList<>();
        if (role == Role.HOLD_OUT && cell.has(Role.TRAIN)) {
            GifModel gif = GifFit.of(cell, Role.TRAIN, criterion);
            rivals.add(new Fitted(gif, known.score(gif::answers)));
            partDone.run();
            Rival adex = AdexFit.of(cell, Role.TRAIN, criterion, gif);
            rivals.add(new Fitted(adex, known.score(adex::answers)));
            partDone.run();
        } else {
            partDone.run();
            partDone.run();
        }
        return new CellEvaluation(cell, role, criterion, model.name(), score, answers, steps, rivals);
    }

    /**
     * The largest number of repetitions of a stimulus.
     *
     * @return a positive number
     */
    public int repetitions() {
        return cell.stimuli().stream().mapToInt(RecordedStimulus::repetitions).max().orElseThrow();
    }

    /**
     * The evaluation as JSON. What is undefined is null.
     *
     * @return an object
     */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("system", student).put("recording", cell.name()).put("recording_sha256", cell.sha256());
        json.put("current_unit", cell.currentUnit().symbol());
        json.put("scored", role == Role.HOLD_OUT ? "hold_out" : "all");
        json.put("repetitions", repetitions());
        json.put("spike_threshold_mV", criterion.thresholdMv());
        JsonNumber.put(json, "precision_ms", RecordingScore.precisionsMs());
        JsonNumber.put(json, "reliability", score.reliability());
        JsonNumber.put(json, "cell_rmse_mV", score.cellRmseMv());
        JsonNumber.put(json, "cell_peak_mV", score.cellPeakMv());
        JsonNumber.put(json, "cell_spike_count", score.cellSpikes());
        put(json, score);
        if (!steps.isEmpty()) {
            JsonNumber.put(json, "fi_count_mae", countError());
            JsonNumber.put(json, "latency_mae_ms", latencyError());
            ArrayNode array = json.putArray("steps");
            for (StepAnswer step : steps) {
                ObjectNode entry = array.addObject();
                JsonNumber.put(entry, "current", step.current());
                JsonNumber.put(entry, "cell_spike_count", step.cellSpikes());
                entry.put("spike_count", step.spikes());
                JsonNumber.put(entry, "cell_latency_ms", step.cellLatencyMs());
                JsonNumber.put(entry, "latency_ms", step.latencyMs());
            }
        }
        ObjectNode others = json.putObject("rivals");
        for (Fitted fitted : rivals) {
            ObjectNode entry = others.putObject(fitted.rival().name());
            put(entry, fitted.score());
            ObjectNode parameters = entry.putObject("parameters");
            fitted.rival().parameters().forEach((name, value) -> JsonNumber.put(parameters, name, value));
        }
        return json;
    }

    private static void put(ObjectNode json, RecordingScore score) {
        JsonNumber.put(json, "coincidence_factor", score.coincidence());
        JsonNumber.put(json, "coincidence_over_reliability", score.overReliability());
        JsonNumber.put(json, "voltage_rmse_mV", score.rmseMv());
        JsonNumber.put(json, "explained_variance", score.explained());
        JsonNumber.put(json, "peak_mV", score.peakMv());
        JsonNumber.put(json, "peak_error_mV", score.peakErrorMv());
        JsonNumber.put(json, "spike_count", score.spikes());
    }

    /** Mean error of the number of spikes in the steps. */
    private double countError() {
        return steps.stream().mapToDouble(step -> Math.abs(step.spikes() - step.cellSpikes())).average()
                .orElse(Double.NaN);
    }

    /** Mean error of the first spike's latency in the steps in which both fire. */
    private double latencyError() {
        return steps.stream().mapToDouble(step -> Math.abs(step.latencyMs() - step.cellLatencyMs()))
                .filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /**
     * The lines of the table: what is measured, the cell, the model and each rival.
     *
     * @return rows of as many cells, the header first
     */
    public List<String[]> rows() {
        List<RecordingScore> scores = new ArrayList<>(List.of(score));
        List<String> names = new ArrayList<>(List.of(role == Role.HOLD_OUT ? "held-out stretches" : "all stretches",
                "cell", student));
        for (Fitted fitted : rivals) {
            names.add(fitted.rival().name());
            scores.add(fitted.score());
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(names.toArray(String[]::new));
        double[] precisions = RecordingScore.precisionsMs();
        for (int p = 0; p < precisions.length; p++) {
            int at = p;
            String within = String.format(Locale.ROOT, "%.0f ms", precisions[p]);
            rows.add(row("coincidence within " + within, "%.3f", score.reliability()[p], scores,
                    s -> s.coincidence()[at]));
            rows.add(row("  over the cell's own", "%.3f", Double.isNaN(score.reliability()[p]) ? Double.NaN : 1, scores,
                    s -> s.overReliability()[at]));
        }
        rows.add(row("error between spikes, mV", "%.2f", score.cellRmseMv(), scores, RecordingScore::rmseMv));
        rows.add(row("variance explained between spikes", "%.3f", Double.NaN, scores, RecordingScore::explained));
        rows.add(row("mean peak, mV", "%.1f", score.cellPeakMv(), scores, RecordingScore::peakMv));
        rows.add(row("spikes", "%.1f", score.cellSpikes(), scores, RecordingScore::spikes));
        if (!steps.isEmpty()) {
            rows.add(row("error of spikes in a step", "%.2f", Double.NaN, List.of(), null, countError()));
            rows.add(row("error of latency, ms", "%.2f", Double.NaN, List.of(), null, latencyError()));
        }
        return rows;
    }

    private String[] row(String name, String format, double cellValue, List<RecordingScore> scores,
            Function<RecordingScore, Double> value, double... own) {
        double[] values = own.length > 0 ? own : scores.stream().mapToDouble(value::apply).toArray();
        String[] row = new String[3 + rivals.size()];
        Arrays.fill(row, "");
        row[0] = name;
        row[1] = Double.isNaN(cellValue) ? "" : String.format(Locale.ROOT, format, cellValue);
        for (int k = 0; k < values.length; k++) {
            row[2 + k] = TextTable.number(format, values[k]);
        }
        return row;
    }

    /**
     * The table as text.
     *
     * @return lines with ends
     */
    public String text() {
        return TextTable.layOut(rows(), 2 + rivals.size());
    }
}
