package org.nagumo.experiments.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.simulate.CurrentFile;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;
import org.nagumo.datagen.unit.Unit;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.CellEvaluation;
import org.nagumo.experiments.evaluate.Contest;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.EvaluationFile;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.evaluate.Recorded;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.ShippedNetworks;
import org.nagumo.experiments.recording.RecordedCell;
import org.nagumo.experiments.report.ContestFigure;
import org.nagumo.experiments.reproduce.CellReports;
import org.nagumo.experiments.reproduce.Evaluations;
import org.nagumo.experiments.reproduce.Reproduction;
import org.nagumo.experiments.reproduce.Steps;
import org.nagumo.experiments.spikes.SpikeCriterion;
import org.nagumo.experiments.spikes.SpikeDetector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole battery for any system. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Measures a system beside its teacher, or several beside one teacher. Changed parameters are"
                + " those of MODEL where that is a neuron, else those of the teacher.")
public final class Evaluate implements Callable<Integer> {

    private static final String TWO_SCALES = "; allowed: systems in the units of the teacher";

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = ModelOption.NAMES + "; or what was measured before:"
            + " an evaluation.json or its folder. Several are compared: two quantity by quantity, more of them one a"
            + " line.")
    private List<String> models;

    @Option(names = "--teacher", paramLabel = "TEACHER", description = "A neuron, or a recording with the columns"
            + " time_ms,current_uA_per_cm2,voltage_mV, or the folder of a data set of recordings (default: the neuron"
            + " that a network was trained on, hh for hh and rinzel, another neuron itself).")
    private String teacher;

    @Option(names = "--recording", paramLabel = "DIR", description = "A data set of recordings, as 'generate' makes it:"
            + " the same as --teacher DIR. Repetitions of a current give the cell's own reliability; the stretches that"
            + " are held out are compared, or all where none are.")
    private Path recording;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes report.html, metrics.json, evaluation.json and"
            + " figures here; of several, the figure of their parameters, spike shapes and coincidence factors.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    @Option(names = "--trials", paramLabel = "N", description = "Noise trials of each kind (default: "
            + Battery.FULL_TRIALS + ", or as in what was measured before).")
    private Integer trials;

    @Mixin
    private QuietOption progress;

    @Mixin
    private ModelOption systems;

    @Mixin
    private SpikeOption spikes;

    /** The teacher of a system, which is measured once when it is also that of the next. */
    private Evaluations.Measured measured;

    private final int threads = Runtime.getRuntime().availableProcessors();

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Evaluate(), args));
    }

    @Override
    public Integer call() {
        if (recording != null) {
            if (teacher != null) {
                throw new InputException("--recording " + recording + " with --teacher " + teacher + "; allowed: one of"
                        + " them");
            }
            teacher = recording.toString();
        }
        if (teacher != null && Files.isDirectory(Path.of(teacher))) {
            return besideCell();
        }
        if (trials != null && trials < 1) {
            throw new InputException("--trials is " + trials + "; allowed: at least 1");
        }
        if (out != null && models.size() == 1 && isSaved(models.get(0))) {
            throw new InputException("--out " + out + " with " + models.get(0) + ", which was measured before; allowed:"
                    + " with a system that is measured, or with several");
        }
        if (Set.copyOf(models).size() < models.size()) {
            throw new InputException(models + " names a system twice; allowed: a name for each");
        }
        boolean allSaved = models.stream().allMatch(Evaluate::isSaved);
        if (allSaved && (teacher != null || trials != null || systems.changes())) {
            throw new InputException(models + " were measured before; allowed: without --teacher, --trials and --set");
        }
        List<Evaluation> saved = models.stream().filter(Evaluate::isSaved)
                .map(each -> EvaluationFile.read(Path.of(each))).toList();
        List<Evaluation> evaluations = models.stream().map(each -> isSaved(each)
                ? EvaluationFile.read(Path.of(each)) : measure(each, saved.isEmpty() ? null : saved.get(0))).toList();
        if (evaluations.size() == 1) {
            Evaluation evaluation = evaluations.get(0);
            System.out.print(json ? evaluation.toJson().toPrettyString() + "\n" : ResultTable.text(evaluation));
            return 0;
        }
        Contest contest = contest(evaluations);
        System.out.print(json ? contest.toJson().toPrettyString() + "\n" : contest.text());
        if (out != null) {
            ContestFigure.draw(contest).write(out);
        }
        return 0;
    }

    /** Measures one system beside a recorded cell. */
    private int besideCell() {
        if (models.size() > 1 || trials != null || systems.changes()) {
            throw new InputException((models.size() > 1 ? "several systems " + models : trials != null ? "--trials"
                    : "--set") + " with the recordings " + teacher + "; allowed: one system as it is");
        }
        Path folder = Path.of(teacher);
        if (!RecordedCell.isOne(folder)) {
            throw new InputException(folder + ": is no data set of recordings; allowed: the folder that 'generate' made"
                    + " of a recordings.yaml");
        }
        ExcitableSystem student = systems.student(models.get(0), threads);
        RecordedCell cell = RecordedCell.read(folder);
        SpikeCriterion criterion = spikes.standard() ? CellReports.criterion(cell, student) : spikes.criterion();
        CellReports.requireUnit(cell, student);
        double[] range = CellReports.currents(cell);
        ModelOption.noteUnseen(models.get(0), range[0], range[1]);
        Steps steps = progress.steps(!json);
        CellEvaluation evaluation;
        try (Steps.Step step = steps.begin("evaluation of " + student.name(), CellEvaluation.PARTS)) {
            evaluation = CellEvaluation.of(cell, criterion, student, () -> step.advance(1));
        }
        System.out.print(json ? evaluation.toJson().toPrettyString() + "\n" : evaluation.text());
        if (out != null) {
            CellReports.write(out, evaluation, student instanceof NetworkSystem ? ModelOption.network(models.get(0))
                    : null, steps);
        }
        return 0;
    }

    /** Systems go by their own names, unless two have the same. */
    private Contest contest(List<Evaluation> evaluations) {
        List<String> names = evaluations.stream().map(e -> e.student().system()).toList();
        List<String> labels = Set.copyOf(names).size() == names.size() ? names : models;
        return new Contest(IntStream.range(0, labels.size())
                .mapToObj(k -> new Contest.Entry(labels.get(k), evaluations.get(k))).toList());
    }

    /** Folders and JSON files are evaluations; the names of neurons and networks are not looked for among files. */
    private static boolean isSaved(String system) {
        return !ModelOption.isNeuron(system) && !ShippedNetworks.names().contains(system)
                && (system.endsWith(".json") || Files.isDirectory(Path.of(system))
                && !ModelOption.isRun(system));
    }

    /**
     * Measures a system.
     *
     * @param before what was measured before and is to be compared with it, or null
     */
    private Evaluation measure(String system, Evaluation before) {
        ExcitableSystem student = systems.student(system, threads);
        Evaluation evaluation = teacher != null && !ModelOption.isNeuron(teacher) ? besideRecording(system, student)
                : besideNeuron(system, student, before);
        if (out == null || models.size() > 1) {
            return evaluation;
        }
        if (student instanceof NetworkSystem) {
            Reproduction.writeReport(out, evaluation, ModelOption.network(system), progress.steps(!json));
        } else {
            Reproduction.writeReport(out, evaluation, systems.neuron(system), progress.steps(!json));
        }
        return evaluation;
    }

    private Evaluation besideRecording(String system, ExcitableSystem student) {
        Path file = Path.of(teacher);
        if (!Files.exists(file)) {
            throw new InputException("there is no teacher '" + teacher + "'; allowed: " + Neurons.names()
                    + ", a file " + Neurons.ENDING + " or the path of a recording");
        }
        if (trials != null || systems.changes() && student instanceof NetworkSystem) {
            throw new InputException((trials != null ? "--trials" : "--set") + " with the recording " + teacher
                    + "; allowed: with a neuron as teacher");
        }
        Trace recording = read(file, student instanceof NetworkSystem network
                ? ModelOption.unit(network.card()) : Unit.UA_PER_CM2);
        SpikeCriterion criterion = spikes.standard() && student instanceof NetworkSystem network
                && network.card().recorded() != null ? network.card().recorded().criterion()
                : spikes.criterion(recording);
        SpikeNotes.of(recording, SpikeDetector.detect(recording, criterion), criterion)
                .forEach(note -> System.err.println(file + ": " + note));
        Recorded recorded = new Recorded(recording, new NeuronScale(1, 1, false, criterion));
        double[] currents = recording.current().currentUaPerCm2();
        ModelOption.noteUnseen(system, Arrays.stream(currents).min().orElse(0),
                Arrays.stream(currents).max().orElse(0));
        try (Steps.Step step = progress.steps(!json).begin("evaluation of " + student.name(),
                recorded.recording().current().length())) {
            return Evaluations.of(recorded, file.getFileName().toString(), Checksums.of(file), student,
                    step::advance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Trace read(Path recording, Unit unit) {
        try (Steps.Step step = progress.steps(!json).begin("reading of " + recording,
                2 * recording.toFile().length())) {
            // The trace alone would take a current that is not there for zero.
            CurrentFile.read(recording, unit, step::advance);
            return spikes.dimensionless() ? TraceFile.readAnyScale(recording, step::advance)
                    : TraceFile.read(recording, step::advance);
        }
    }

    private Evaluation besideNeuron(String system, ExcitableSystem student, Evaluation before) {
        if (!spikes.standard()) {
            throw new InputException("--threshold, --rearm, --least-width or --downward with the neurons, whose"
                    + " spikes are known; allowed: with a recording as teacher");
        }
        if (teacher == null && before != null && systems.changes() && student instanceof NetworkSystem) {
            throw new InputException("--set, where the teacher is that of what was measured before; allowed: with"
                    + " --teacher, or none");
        }
        Neuron neuron = teacher != null ? named(system, systems.standard(teacher)) : before != null ? teacherOf(before)
                : named(system, ownTeacher(student));
        NeuronScale scale = NeuronScale.of(neuron);
        Optional<Neuron> origin = student instanceof NetworkSystem network ? network.card().provenance().neuron()
                : student instanceof NeuronSimulator simulator ? Optional.of(simulator.neuron()) : Optional.empty();
        if (origin.isPresent() && !NeuronScale.comparable(origin.get(), neuron)) {
            throw new InputException(system + " has the units of " + origin.get().name() + " and cannot be held beside "
                    + neuron.name() + TWO_SCALES);
        }
        double dtMs = student instanceof NetworkSystem network ? network.card().dtMs()
                : Battery.DT_MS * scale.timeUnitMs();
        Battery battery = new Battery(dtMs, trials != null ? trials : before != null && before.battery() != null
                ? before.battery().trialsPerKind() : Battery.FULL_TRIALS, scale);
        ModelOption.noteUnseen(system, battery.currents().from(), battery.currents().to());
        boolean known = measured != null && measured.isOf(battery, neuron);
        try (Steps.Step step = progress.steps(!json).begin("evaluation of " + student.name(),
                known ? battery.parts() : Evaluations.parts(battery, neuron))) {
            if (!known) {
                measured = Evaluations.measure(battery, neuron, threads, () -> step.advance(1));
            }
            return measured.beside(student, () -> step.advance(1));
        }
    }

    /** The teacher; changed parameters are the model's where that is a neuron, else the teacher's. */
    private Neuron named(String system, Neuron neuron) {
        return ModelOption.isNeuron(system) ? neuron : systems.changed(neuron);
    }

    private static Neuron ownTeacher(ExcitableSystem student) {
        return student instanceof NetworkSystem network ? Evaluations.teacher(network.card())
                : ownTeacher(((NeuronSimulator) student).neuron());
    }

    /** Hodgkin and Huxley's neuron for those of its scale; others are measured beside themselves. */
    private static Neuron ownTeacher(Neuron student) {
        boolean stated = student.traits().scale().isPresent() && student.traits().spike().isPresent();
        return stated && NeuronScale.of(student).equals(NeuronScale.MEMBRANE) ? Neurons.named("hh")
                : student.with(values(student.standardParameters()));
    }

    private static Map<String, Double> values(List<Parameter> parameters) {
        return parameters.stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
    }

    private Neuron teacherOf(Evaluation before) {
        if (before.teacherOrigin().kind() != Origin.Kind.NEURON) {
            throw new InputException("the teacher was the recording " + before.teacherOrigin().name()
                    + "; allowed: its path after --teacher");
        }
        return before.teacherOrigin().neuron();
    }
}
