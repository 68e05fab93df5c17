package org.nagumo.experiments.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.EulerMap;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.dynamics.Portraits;
import org.nagumo.experiments.report.PortraitFigure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Equilibria and periodic orbits of any system at given currents, and its phase portrait. */
@Command(name = "portrait", mixinStandardHelpOptions = true,
        description = "Nullclines, equilibria and limit cycles, stable and unstable, of a neuron or a network.")
public final class Portrait implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "MODEL", required = true,
            description = "hh, fhn, fhn-psi, bvp, rinzel, or the path of a model.zip.")
    private String model;

    @Option(names = "--current", paramLabel = "I", split = ",", required = true,
            description = "Currents in uA/cm2, separated by commas.")
    private List<Double> currents;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes a figure for each current here.")
    private Path out;

    @Option(names = "--json", description = "Prints one JSON object and nothing else.")
    private boolean json;

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
                throw new InputException("--current has " + current + "; allowed: finite numbers in uA/cm2");
            }
        }
        FlowModel flow = models.flow(model);
        // Unstable cycles are found from where they are born, which may be at currents beside the ones asked for.
        double beside = Math.abs(flow.probeCurrent());
        BifurcationDiagram diagram = flow.diagram(Collections.min(currents) - beside,
                Collections.max(currents) + beside);
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode list = root.putArray("portraits");
        for (double current : currents) {
            EquilibriumSearch found = flow.equilibria(current);
            List<PeriodicOrbit> orbits = flow.orbits(diagram, current);
            list.add(toJson(flow, current, found, orbits));
            if (out != null) {
                PortraitFigure.draw(flow.name(), Portraits.of(flow, current)).write(out);
            }
            if (!json) {
                print(flow, current, found, orbits);
            }
        }
        if (json) {
            System.out.println(root.toPrettyString());
        }
        return 0;
    }

    private static String type(Equilibrium e) {
        return e.kind().toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void print(FlowModel flow, double current, EquilibriumSearch found, List<PeriodicOrbit> orbits) {
        System.out.printf(Locale.ROOT, "%s at %s uA/cm2%s%n", flow.name(), current, found.complete()
                ? ", all equilibria, proven" : ", equilibria from many starts: there may be more");
        for (Equilibrium e : found.equilibria()) {
            StringBuilder state = new StringBuilder();
            for (int i = 0; i < e.state().length; i++) {
                state.append(i == 0 ? "" : ", ").append(flow.field().stateNames().get(i))
                        .append(String.format(Locale.ROOT, " = %.6f", e.state()[i]));
            }
            System.out.printf(Locale.ROOT, "  %s at %s (%.3f mV); eigenvalues %s%n", type(e).replace('-', ' '), state,
                    flow.voltageMv().applyAsDouble(e.state()), e.eigenvalues().stream()
                            .map(v -> String.format(Locale.ROOT, "%.4f%+.4fi", v.getReal(), v.getImaginary())).toList());
        }
        flow.map().ifPresent(map -> printMap(map, found, orbits));
        for (PeriodicOrbit orbit : orbits) {
            double[] range = flow.voltageRangeMv(orbit);
            System.out.printf(Locale.ROOT, "  %s limit cycle: period %.4f ms, %.2f to %.2f mV, multipliers %s%n",
                    orbit.stable() ? "stable" : "unstable", orbit.periodMs(), range[0], range[1],
                    orbit.multipliers().stream().map(m -> String.format(Locale.ROOT, "%.4g%s", m.getReal(),
                            m.getImaginary() == 0 ? "" : String.format(Locale.ROOT, "%+.4gi", m.getImaginary())))
                            .toList());
        }
    }

    private static void printMap(EulerMap map, EquilibriumSearch found, List<PeriodicOrbit> orbits) {
        for (Equilibrium e : found.equilibria()) {
            System.out.printf(Locale.ROOT, "  run in steps of %s ms: %s, modulus of the multipliers %s%s%n", map.dtMs(),
                    map.stable(e) ? "stable" : "unstable", map.multipliers(e).stream()
                            .map(m -> String.format(Locale.ROOT, "%.5f", m.norm())).toList(), e.stable()
                            ? String.format(Locale.ROOT, "; stable in steps below %.3f ms",
                                    EulerMap.longestStableStepMs(e)) : "");
        }
        for (PeriodicOrbit orbit : orbits) {
            EulerMap.Circle circle = orbit.stable() ? map.circle(orbit) : null;
            if (circle != null) {
                System.out.printf(Locale.ROOT, "  run in steps of %s ms: the cycle of %.4f ms turns in %.4f ms%n",
                        map.dtMs(), orbit.periodMs(), circle.meanPeriodMs());
            }
        }
    }

    private static ObjectNode toJson(FlowModel flow, double current, EquilibriumSearch found,
            List<PeriodicOrbit> orbits) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("current", current);
        node.put("complete", found.complete());
        ArrayNode equilibria = node.putArray("equilibria");
        for (Equilibrium e : found.equilibria()) {
            ObjectNode entry = equilibria.addObject();
            ArrayNode state = entry.putArray("state");
            Arrays.stream(e.state()).forEach(state::add);
            ArrayNode eigenvalues = entry.putArray("eigenvalues");
            e.eigenvalues().forEach(v -> eigenvalues.addArray().add(v.getReal()).add(v.getImaginary()));
            entry.put("type", type(e));
            entry.put("stable", e.stable());
            entry.put("certified", found.certified());
        }
        ArrayNode cycles = node.putArray("limit_cycles");
        for (PeriodicOrbit orbit : orbits) {
            double[] range = flow.voltageRangeMv(orbit);
            ObjectNode entry = cycles.addObject();
            entry.put("period_ms", orbit.periodMs());
            entry.put("voltage_min_mV", range[0]);
            entry.put("voltage_max_mV", range[1]);
            ArrayNode multipliers = entry.putArray("multipliers");
            orbit.multipliers().forEach(m -> {
                if (m.getImaginary() == 0) {
                    multipliers.add(m.getReal());
                } else {
                    multipliers.addArray().add(m.getReal()).add(m.getImaginary());
                }
            });
            entry.put("stable", orbit.stable());
        }
        return node;
    }
}
