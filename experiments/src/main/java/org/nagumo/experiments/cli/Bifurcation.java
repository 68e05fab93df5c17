package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.bifurcation.CycleBranch;
import org.nagumo.core.bifurcation.EquilibriumBranch;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.report.BifurcationFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The bifurcation diagram of any system, and of a network beside that of its teacher. */
@Command(name = "bifurcation", mixinStandardHelpOptions = true,
        description = "Equilibria, periodic orbits and their stability against the current, and where they change.")
public final class Bifurcation implements Callable<Integer> {

    /** At a fold of cycles, where the stable ones end, the multiplier is 1 but for its error. */
    private static final double AT_A_FOLD = 1e-4;

    @Option(names = "--model", paramLabel = "MODEL", required = true,
            description = "hh, fhn, fhn-psi, bvp, rinzel, or the path of a model.zip, which is laid beside hh.")
    private String model;

    @Option(names = "--from", paramLabel = "I", required = true, description = "Lowest current in uA/cm2.")
    private double from;

    @Option(names = "--to", paramLabel = "I", required = true, description = "Highest current in uA/cm2.")
    private double to;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes the figures here.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

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
                    + "; allowed: finite numbers in uA/cm2, the lower one first");
        }
        List<BifurcationFigures.Entry> entries = new ArrayList<>();
        if (!ModelOption.isNeuron(model)) {
            entries.add(entry(FlowModel.of(Neurons.named("hh"))));
        }
        entries.add(entry(models.flow(model)));
        BifurcationFigures.Entry own = entries.get(entries.size() - 1);
        if (out != null) {
            BifurcationFigures.draw(entries).forEach(figure -> figure.write(out));
        }
        if (json) {
            System.out.println(toJson(own).toPrettyString());
        } else {
            entries.forEach(Bifurcation::print);
        }
        return 0;
    }

    private BifurcationFigures.Entry entry(FlowModel flow) {
        return new BifurcationFigures.Entry(flow, flow.diagram(from, to));
    }

    private static String name(Kind kind) {
        return kind.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void print(BifurcationFigures.Entry entry) {
        BifurcationDiagram d = entry.diagram();
        System.out.printf(Locale.ROOT, "%s from %s to %s uA/cm2%s%n", entry.model().name(), d.from(), d.to(),
                d.complete() ? "" : "; some equilibria could not be decided");
        for (BifurcationPoint p : d.points()) {
            System.out.printf(Locale.ROOT, "  %-15s at %10.4f uA/cm2, %7.2f mV%s%s%n", name(p.kind()), p.input(),
                    entry.model().voltageMv().applyAsDouble(p.state()),
                    Double.isFinite(p.periodMs()) ? String.format(Locale.ROOT, ", period %.3f ms", p.periodMs()) : "",
                    p.critical() == Criticality.NONE ? "" : ", " + p.critical().toString().toLowerCase(Locale.ROOT)
                            + "critical");
        }
        entry.model().map().ifPresent(map -> d.equilibriumBranches().stream().flatMap(b -> map.changes(b).stream())
                .forEach(current -> System.out.printf(Locale.ROOT, "  run in steps of %s ms, its rest changes its"
                        + " stability at %.4f uA/cm2%n", map.dtMs(), current)));
        for (CycleBranch branch : d.cycleBranches()) {
            double[] stable = branch.orbits().stream().filter(o -> o.largestMultiplier() < 1 + AT_A_FOLD)
                    .mapToDouble(PeriodicOrbit::input).toArray();
            System.out.printf(Locale.ROOT, "  cycles%s; the branch ends %s%n", stable.length == 0 ? ", none stable"
                    : String.format(Locale.ROOT, ", stable ones from %.4f to %.4f uA/cm2",
                            Arrays.stream(stable).min().orElseThrow(), Arrays.stream(stable).max().orElseThrow()),
                    switch (branch.end()) {
                        case RANGE -> "with the range";
                        case HOPF -> "in a Hopf point";
                        case HOMOCLINIC -> "in a homoclinic orbit";
                        case CLOSED -> "where it began";
                        case STEPS, LOST -> "here because it could not be followed further";
                    });
        }
    }

    private static ObjectNode toJson(BifurcationFigures.Entry entry) {
        BifurcationDiagram d = entry.diagram();
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("model", entry.model().name());
        root.put("from", d.from());
        root.put("to", d.to());
        root.put("complete", d.complete());
        ArrayNode points = root.putArray("points");
        for (BifurcationPoint p : d.points()) {
            ObjectNode node = points.addObject();
            node.put("kind", name(p.kind()));
            node.put("current", p.input());
            if (p.kind() == Kind.FOLD || p.kind() == Kind.HOPF) {
                ArrayNode state = node.putArray("state");
                Arrays.stream(p.state()).forEach(state::add);
            }
            if (Double.isFinite(p.periodMs())) {
                node.put("period_ms", p.periodMs());
            }
            if (p.critical() != Criticality.NONE) {
                node.put("critical", p.critical().toString().toLowerCase(Locale.ROOT));
            }
        }
        entry.model().map().ifPresent(map -> {
            ObjectNode node = root.putObject("euler_map");
            node.put("dt_ms", map.dtMs());
            ArrayNode changes = node.putArray("stability_changes");
            d.equilibriumBranches().forEach(b -> map.changes(b).forEach(changes::add));
        });
        ArrayNode equilibria = root.putArray("equilibrium_branches");
        for (EquilibriumBranch branch : d.equilibriumBranches()) {
            ObjectNode node = equilibria.addObject();
            ArrayNode current = node.putArray("current");
            ArrayNode voltage = node.putArray("voltage_mV");
            ArrayNode stable = node.putArray("stable");
            for (int i = 0; i < branch.inputs().size(); i++) {
                current.add(branch.inputs().get(i));
                voltage.add(entry.model().voltageMv().applyAsDouble(branch.equilibria().get(i).state()));
                stable.add(branch.equilibria().get(i).stable());
            }
        }
        ArrayNode cycles = root.putArray("cycle_branches");
        for (CycleBranch branch : d.cycleBranches()) {
            ObjectNode node = cycles.addObject();
            node.put("end", branch.end().toString().toLowerCase(Locale.ROOT));
            ArrayNode current = node.putArray("current");
            ArrayNode period = node.putArray("period_ms");
            ArrayNode low = node.putArray("voltage_min_mV");
            ArrayNode high = node.putArray("voltage_max_mV");
            ArrayNode stable = node.putArray("stable");
            for (PeriodicOrbit orbit : branch.orbits()) {
                double[] range = entry.model().voltageRangeMv(orbit);
                current.add(orbit.input());
                period.add(orbit.periodMs());
                low.add(range[0]);
                high.add(range[1]);
                stable.add(orbit.stable());
            }
        }
        return root;
    }
}
