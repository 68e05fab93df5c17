package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.nagumo.core.bifurcation.BifurcationDiagram.Gap;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.experiments.dynamics.Comparison;
import org.nagumo.experiments.dynamics.DiagramRecord;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.RecordFile;
import org.nagumo.experiments.report.BifurcationFigures;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The bifurcation diagram of any system, and of a network beside that of its teacher. */
@Command(name = "bifurcation", mixinStandardHelpOptions = true,
        description = "Equilibria, periodic orbits and their stability against the current, and where they change.")
public final class Bifurcation implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "MODEL", required = true,
            description = ModelOption.NAMES + "; a network is laid beside its teacher.")
    private String model;

    @Option(names = "--from", paramLabel = "I", required = true,
            description = "Lowest current, in the unit of the model, such as"
            + " uA/cm2.")
    private double from;

    @Option(names = "--to", paramLabel = "I", required = true, description = "Highest current.")
    private double to;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Writes the figures here, as PNG and SVG, and what they were drawn from as JSON.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    @Mixin
    private QuietOption progress;

    @Mixin
    private ModelOption models = new ModelOption();

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Bifurcation(), args));
    }

    @Override
    public Integer call() {
        if (!(from < to) || !Double.isFinite(to - from)) {
            throw new InputException("--from " + from + " --to " + to
                    + "; allowed: finite numbers, the lower one first");
        }
        ModelOption.noteUnseen(model, from, to);
        FlowModel flow = models.flow(model);
        List<FlowModel> compared = flow.teacher().map(teacher -> List.of(FlowModel.of(teacher), flow))
                .orElse(List.of(flow));
        try (Steps.Step step = progress.steps(!json).begin("bifurcation",
                Comparison.parts(compared.size()) + 1L)) {
            return show(compared, step);
        }
    }

    private int show(List<FlowModel> compared, Steps.Step step) {
        Comparison comparison = Comparison.of(compared, from, to, () -> step.advance(1));
        if (out != null) {
            List<Figure> figures = BifurcationFigures.draw(comparison);
            RecordFile.write(out.resolve(figures.get(0).name() + ".json"), comparison);
            figures.forEach(figure -> figure.write(out));
        }
        step.advance(1);
        if (json) {
            ObjectNode root = RecordFile.toJson(comparison.own());
            if (comparison.diagrams().size() > 1) {
                root.set("teacher", RecordFile.toJson(comparison.diagrams().get(0)));
            }
            System.out.println(root.toPrettyString());
        } else {
            System.out.print(comparison.toMarkdown());
            for (int k = 0; k < comparison.diagrams().size(); k++) {
                print(compared.get(k).field().stateNames(), comparison.diagrams().get(k));
            }
        }
        return 0;
    }

    private static void print(List<String> names, DiagramRecord d) {
        String ua = PhysicalUnits.after(d.physical().current());
        String mv = PhysicalUnits.after(d.physical().potential());
        String ms = PhysicalUnits.after(d.physical().time());
        System.out.printf(Locale.ROOT, "%n%s from %s to %s%s: %s%s%n", d.model(), d.from(), d.to(), ua,
                d.equilibriumBranches().isEmpty() ? "no equilibria" : "all equilibria at the currents of the search",
                switch (d.known()) {
                    case PROVEN -> ", proven";
                    case UNDECIDED -> ", not proven complete";
                    case SEARCHED -> ", " + Certificate.SEARCHED.words() + ", in " + SearchBox.text(names, d.box());
                });
        for (DiagramRecord.Point p : d.points()) {
            System.out.printf(Locale.ROOT, "  %-15s at %10.4f%s, %7.2f%s%s%s%n",
                    p.kind().toString().toLowerCase(Locale.ROOT).replace('_', '-'), p.current(), ua,
                    p.voltageMv(), mv,
                    p.periodMs() == null ? "" : String.format(Locale.ROOT, ", period %.3f%s", p.periodMs(), ms),
                    p.critical() == null ? "" : ", " + p.critical().toString().toLowerCase(Locale.ROOT) + "critical");
        }
        for (DiagramRecord.CycleCurve c : d.cycleBranches()) {
            System.out.printf(Locale.ROOT, "  cycles%s; the branch ends %s%n", c.stableFrom() == null ? ", none stable"
                    : String.format(Locale.ROOT, ", stable ones from %.4f to %.4f%s", c.stableFrom(),
                            c.stableTo(), ua), switch (c.end()) {
                        case RANGE -> "with the range";
                        case HOPF -> "in a Hopf point";
                        case HOMOCLINIC -> "in a homoclinic orbit";
                        case PERIOD_DOUBLING -> "in two rounds of a cycle of half the period";
                        case CLOSED -> "where it began";
                        case STEPS, LOST -> "here because it could not be followed further";
                    });
        }
        for (Gap.Reason reason : Gap.Reason.values()) {
            List<Double> currents = d.gaps(reason);
            if (!currents.isEmpty()) {
                System.out.printf(Locale.ROOT, "  %s at %s%s%n", reason.words(), currents.stream()
                        .map(i -> String.format(Locale.ROOT, "%.6g", i)).collect(Collectors.joining(", ")), ua);
            }
        }
    }
}
