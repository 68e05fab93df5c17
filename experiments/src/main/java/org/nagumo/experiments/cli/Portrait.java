package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.core.dynamics.EquilibriumKind;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.PortraitRecord;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.dynamics.RecordFile;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.FiPoint;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.network.NetworkSystem;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.Explorer;
import org.nagumo.experiments.report.Figure;
import org.nagumo.experiments.report.PortraitFigure;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Equilibria and periodic orbits of any system at given currents, and its phase portrait. */
@Command(name = "portrait", mixinStandardHelpOptions = true,
        description = "Nullclines, equilibria and limit cycles, stable and unstable, of a neuron or a network.")
public final class Portrait implements Callable<Integer> {

    /** One portrait takes as long as so many parts of the diagram. */
    private static final int PARTS_OF_ONE = 3;

    @Option(names = "--model", paramLabel = "MODEL", required = true,
            description = ModelOption.NAMES + ".")
    private String model;

    @Option(names = "--current", paramLabel = "I", split = ",", required = true,
            description = "Currents in the unit of the model, such as uA/cm2, separated by commas.")
    private List<Double> currents;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Writes a figure for each current here, as PNG and SVG, and its record as JSON; and"
                    + " explorer.html, a page in which the model runs under any current.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    @Mixin
    private QuietOption progress;

    @Mixin
    private ModelOption models = new ModelOption();

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Portrait(), args));
    }

    @Override
    public Integer call() {
        for (double current : currents) {
            if (!Double.isFinite(current)) {
                throw new InputException("--current has " + current + "; allowed: finite numbers");
            }
        }
        ModelOption.noteUnseen(model, Collections.min(currents), Collections.max(currents));
        try (Steps.Step step = progress.steps(!json).begin("portrait",
                (long) BifurcationDiagram.PARTS + PARTS_OF_ONE * currents.size())) {
            return show(step);
        }
    }

    private int show(Steps.Step step) {
        FlowModel flow = models.flow(model);
        // Unstable cycles are found from where they are born, which may be at currents beside the ones asked for.
        double beside = Math.abs(flow.probeCurrent());
        BifurcationDiagram diagram = flow.diagram(() -> step.advance(1), Collections.min(currents) - beside,
                Collections.max(currents) + beside, currents.stream().mapToDouble(i -> i).toArray());
        List<PortraitRecord> portraits = new ArrayList<>();
        for (double current : currents) {
            portraits.add(out == null ? Portraits.facts(flow, diagram, current)
                    : Portraits.of(flow, diagram, current));
            step.advance(PARTS_OF_ONE);
        }
        if (out != null) {
            List<Figure> figures = portraits.stream().map(PortraitFigure::draw).toList();
            for (int k = 0; k < figures.size(); k++) {
                RecordFile.write(out.resolve(figures.get(k).name() + ".json"), portraits.get(k));
                figures.get(k).write(out);
            }
            writeExplorer();
        }
        if (json) {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.putArray("portraits").addAll(portraits.stream().map(p -> RecordFile.toJson(p.with(null))).toList());
            System.out.println(root.toPrettyString());
        } else {
            portraits.forEach(p -> print(flow.field().stateNames(), p));
        }
        return 0;
    }

    /** The page needs the scale of the neuron; where there is none, a line says why. */
    private void writeExplorer() {
        try {
            explorer().ifPresentOrElse(explorer -> AtomicFile.write(out.resolve("explorer.html"), explorer.page()),
                    () -> System.err.println("no explorer.html: " + model + " is not given by equations"));
        } catch (InputException e) {
            System.err.println("no explorer.html: " + e.getMessage());
        }
    }

    private Optional<Explorer> explorer() {
        if (ModelOption.isNeuron(model)) {
            Neuron neuron = models.neuron(model);
            NeuronScale scale = NeuronScale.of(neuron);
            return Explorer.of(neuron, scale, fi(new NeuronSimulator(neuron, 1), scale));
        }
        TrainedNetwork network = ModelOption.network(model);
        Optional<Neuron> teacher = network.card().provenance().neuron();
        NeuronScale scale = teacher.map(NeuronScale::of).orElse(NeuronScale.MEMBRANE);
        return Optional.of(Explorer.of(network, scale, teacher.map(neuron -> fi(new NeuronSimulator(neuron, 1), scale))
                .orElse(List.of()), fi(new NetworkSystem(network), scale)));
    }

    private static List<FiPoint> fi(ExcitableSystem system, NeuronScale scale) {
        return new Battery(Battery.DT_MS * scale.timeUnitMs(), 1, scale).fiCurve(system);
    }

    private static void print(List<String> names, PortraitRecord p) {
        String mv = PhysicalUnits.after(p.physical().potential());
        String ms = PhysicalUnits.after(p.physical().time());
        System.out.printf(Locale.ROOT, "%s at %s%s, %s%n", p.model(), p.current(),
                PhysicalUnits.after(p.physical().current()), switch (p.known()) {
                    case PROVEN -> "all equilibria, proven";
                    case UNDECIDED -> "proven equilibria; there may be more, parts of the region could not be decided";
                    case SEARCHED -> "equilibria " + Certificate.SEARCHED.words() + ", from many starts in "
                            + SearchBox.text(names, p.box()) + "; there may be more";
                });
        if (p.equilibria().isEmpty()) {
            System.out.println("  none");
        }
        for (PortraitRecord.Rest e : p.equilibria()) {
            String state = IntStream.range(0, names.size()).mapToObj(i -> String.format(Locale.ROOT, "%s = %.6f",
                    names.get(i), e.state()[i])).collect(Collectors.joining(", "));
            System.out.printf(Locale.ROOT, "  %s at %s (%.3f%s); eigenvalues %s%n", kind(e.kind()), state,
                    e.voltageMv(), mv, text("%.4f", e.eigenvalues()));
            if (e.stepped() != null) {
                System.out.printf(Locale.ROOT, "    in steps of %s%s %s, multipliers %s%s%n", p.dtMs(), ms,
                        e.stepped().stable() ? "stable" : "unstable", text("%.5f", e.stepped().multipliers()),
                        e.stable() ? String.format(Locale.ROOT, "; unstable from steps of %.3f%s on",
                                e.stepped().longestStableStepMs(), ms) : "");
            }
        }
        for (PortraitRecord.Cycle c : p.limitCycles()) {
            System.out.printf(Locale.ROOT, "  %s limit cycle: period %.4f%s, %.2f to %.2f%s, multipliers %s%n",
                    c.stable() ? "stable" : "unstable", c.periodMs(), ms, c.voltageMinMv(), c.voltageMaxMv(), mv,
                    text("%.4g", c.multipliers()));
            if (c.stepped() != null) {
                System.out.printf(Locale.ROOT, "    in steps of %s%s %s%s%n", p.dtMs(), ms,
                        c.stepped().periodMs() == null
                        ? "lost" : String.format(Locale.ROOT, "a turn takes %.4f%s", c.stepped().periodMs(), ms),
                        c.stepped().longestStepMs() == null ? "" : String.format(Locale.ROOT,
                                "; lost from steps of %.3g%s on", c.stepped().longestStepMs(), ms));
            }
        }
        if (p.gaps() != null) {
            p.gaps().forEach(reason -> System.out.println("  " + reason.words()));
        }
    }

    private static String kind(EquilibriumKind kind) {
        return kind instanceof EquilibriumKind.Saddle saddle && saddle.unstableDirections() > 1
                ? kind + " (" + saddle.unstableDirections() + " unstable directions)" : kind.toString();
    }

    /** Complex numbers; of a real one the real part alone. */
    private static String text(String format, double[][] pairs) {
        return Arrays.stream(pairs).map(z -> String.format(Locale.ROOT, format, z[0]) + (z[1] == 0 ? ""
                : String.format(Locale.ROOT, format.replace("%", "%+") + "i", z[1])))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
