package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.LimitCycle;
import org.nagumo.core.dynamics.PhasePortrait;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.PortraitFigure;
import org.nagumo.experiments.reproduce.Portraits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The phase portrait of a trained network. */
@Command(name = "portrait", mixinStandardHelpOptions = true,
        description = "Nullclines, equilibria and the stable limit cycle of a network of two units.")
public final class Portrait implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "The path of a model.zip.")
    private String model;

    @Option(names = "--current", paramLabel = "I", split = ",", required = true,
            description = "Currents in uA/cm2, separated by commas.")
    private List<Double> currents;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes a figure for each current here.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Portrait(), args));
    }

    @Override
    public Integer call() {
        if (ModelOption.isNeuron(model)) {
            throw new InputException("portraits are drawn of trained networks, not of '" + model
                    + "'; allowed: the path of a model.zip with two units");
        }
        TrainedNetwork network = ModelOption.network(model);
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode list = root.putArray("portraits");
        for (double current : currents) {
            if (!Double.isFinite(current)) {
                throw new InputException("--current has " + current + "; allowed: finite numbers in uA/cm2");
            }
            PhasePortrait portrait = Portraits.of(network, current);
            list.add(toJson(network, portrait));
            if (out != null) {
                PortraitFigure.draw(network.card().name(), portrait).write(out);
            }
            if (!json) {
                print(network, portrait);
            }
        }
        if (json) {
            System.out.println(root.toPrettyString());
        }
        return 0;
    }

    private static double[] voltageRange(TrainedNetwork network, LimitCycle cycle) {
        return new double[] {Arrays.stream(cycle.points()).mapToDouble(network::voltageMv).min().orElse(Double.NaN),
            Arrays.stream(cycle.points()).mapToDouble(network::voltageMv).max().orElse(Double.NaN)};
    }

    private static void print(TrainedNetwork network, PhasePortrait portrait) {
        System.out.printf(Locale.ROOT, "current %s uA/cm2%n", portrait.input());
        for (Equilibrium e : portrait.equilibria()) {
            System.out.printf(Locale.ROOT, "  %s at h1 = %.6f, h2 = %.6f, %.3f mV; eigenvalues %s%n",
                    e.kind().toString().toLowerCase(Locale.ROOT).replace('_', ' '), e.state()[0], e.state()[1],
                    network.voltageMv(e.state()), e.eigenvalues().stream().map(v -> String.format(Locale.ROOT,
                            "%.4f%+.4fi", v.getReal(), v.getImaginary())).toList());
        }
        portrait.cycle().ifPresent(c -> System.out.printf(Locale.ROOT,
                "  stable limit cycle: period %.4f ms, %.2f to %.2f mV%n", c.periodMs(), voltageRange(network, c)[0],
                voltageRange(network, c)[1]));
    }

    private static ObjectNode toJson(TrainedNetwork network, PhasePortrait portrait) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("current", portrait.input());
        ArrayNode equilibria = node.putArray("equilibria");
        for (Equilibrium e : portrait.equilibria()) {
            ObjectNode entry = equilibria.addObject();
            ArrayNode state = entry.putArray("state");
            Arrays.stream(e.state()).forEach(state::add);
            ArrayNode eigenvalues = entry.putArray("eigenvalues");
            e.eigenvalues().forEach(v -> eigenvalues.addArray().add(v.getReal()).add(v.getImaginary()));
            entry.put("type", e.kind().toString().toLowerCase(Locale.ROOT).replace('_', '-'));
            entry.put("stable", e.stable());
            entry.put("certified", false);
        }
        ArrayNode cycles = node.putArray("limit_cycles");
        portrait.cycle().ifPresent(c -> {
            ObjectNode entry = cycles.addObject();
            entry.put("period_ms", c.periodMs());
            entry.put("voltage_min_mV", voltageRange(network, c)[0]);
            entry.put("voltage_max_mV", voltageRange(network, c)[1]);
            entry.putArray("multipliers").add(1.0).add(c.multiplier());
            entry.put("stable", true);
        });
        return node;
    }
}
