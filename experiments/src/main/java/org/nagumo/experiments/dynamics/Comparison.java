package org.nagumo.experiments.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.datagen.neuron.PhysicalUnits;

/**
 * One system, or two side by side: their bifurcation diagrams and their portraits at one current.
 *
 * @param diagrams  of each system, the teacher's before the student's
 * @param portraits of each system, at one current
 */
public record Comparison(List<DiagramRecord> diagrams, List<PortraitRecord> portraits) {

    /** A range that a table can speak of as one. */
    private static final int MOST_SYSTEMS = 2;

    public Comparison {
        diagrams = List.copyOf(diagrams);
        portraits = List.copyOf(portraits);
        if (diagrams.isEmpty() || diagrams.size() > MOST_SYSTEMS || portraits.size() != diagrams.size()) {
            throw new IllegalArgumentException(diagrams.size() + " diagrams and " + portraits.size()
                    + " portraits; allowed: 1 or " + MOST_SYSTEMS + " of each");
        }
    }

    /**
     * Computes the diagrams between two currents in uA/cm2, and portraits at one of them: where all systems both rest
     * and fire if there is such a current, else where the last one fires.
     */
    public static Comparison of(List<FlowModel> models, double from, double to) {
        return of(models, from, to, () -> { });
    }

    /** Parts of the comparison of so many systems, for its progress. */
    public static int parts(int systems) {
        return systems * (BifurcationDiagram.PARTS + 1);
    }

    /**
     * As {@link #of(List, double, double)}, for work that takes long.
     *
     * @param partDone told after each of {@link #parts} parts, by several threads
     */
    public static Comparison of(List<FlowModel> models, double from, double to, Runnable partDone) {
        return of(models, diagrams(models, from, to, partDone), from, to, partDone);
    }

    /**
     * The diagrams of some systems, computed side by side: neuron and network take about as long.
     *
     * @param partDone told after each part, by several threads
     * @param alsoAt   currents in uA/cm2 at which portraits are wanted
     */
    public static List<BifurcationDiagram> diagrams(List<FlowModel> models, double from, double to, Runnable partDone,
            double... alsoAt) {
        return models.parallelStream().map(model -> model.diagram(partDone, from, to, alsoAt)).toList();
    }

    /**
     * Compares what {@link #diagrams} has computed.
     *
     * @param partDone told after the portrait of each system
     */
    public static Comparison of(List<FlowModel> models, List<BifurcationDiagram> computed, double from, double to,
            Runnable partDone) {
        List<DiagramRecord> diagrams = IntStream.range(0, models.size())
                .mapToObj(k -> DiagramRecord.of(models.get(k), computed.get(k))).toList();
        double probe = models.get(models.size() - 1).probeCurrent();
        double current = bistable(diagrams).orElse(from <= probe && probe <= to ? probe : (from + to) / 2);
        return new Comparison(diagrams, IntStream.range(0, models.size())
                .mapToObj(k -> {
                    PortraitRecord portrait = Portraits.of(models.get(k), computed.get(k), current);
                    partDone.run();
                    return portrait;
                }).toList());
    }

    /** The middle of the currents at which all systems rest, below their first subcritical Hopf point, and fire. */
    private static OptionalDouble bistable(List<DiagramRecord> diagrams) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (DiagramRecord d : diagrams) {
            List<Double> firing = d.stableCycles();
            List<Double> restEnds = d.currents(Kind.HOPF, Criticality.SUB);
            if (firing.isEmpty() || restEnds.isEmpty()) {
                return OptionalDouble.empty();
            }
            low = Math.max(low, firing.get(0));
            high = Math.min(high, restEnds.get(0));
        }
        double middle = (low + high) / 2;
        double round = Math.rint(10 * middle) / 10;
        return low < high ? OptionalDouble.of(low < round && round < high ? round : middle) : OptionalDouble.empty();
    }

    /** The diagram of the system that was asked for. */
    public DiagramRecord own() {
        return diagrams.get(diagrams.size() - 1);
    }

    /**
     * The currents in uA/cm2 at which the systems change, side by side.
     *
     * @param quantity what happens
     * @param values   one text for each system
     */
    public record Line(String quantity, List<String> values) {
    }

    /** One line for each kind of change that any of the systems knows. */
    public List<Line> table() {
        List<Line> lines = new ArrayList<>();
        add(lines, "stable cycles from, to", diagrams.stream().map(DiagramRecord::stableCycles).toList());
        add(lines, "Hopf point, subcritical", Kind.HOPF, Criticality.SUB);
        add(lines, "Hopf point, supercritical", Kind.HOPF, Criticality.SUPER);
        add(lines, "Hopf point, neither", Kind.HOPF, null);
        add(lines, "fold of equilibria", Kind.FOLD, null);
        add(lines, "fold of cycles", Kind.FOLD_OF_CYCLES, null);
        add(lines, "period doubling", Kind.PERIOD_DOUBLING, null);
        add(lines, "homoclinic orbit", Kind.HOMOCLINIC, null);
        List<DiagramRecord.SteppedRest> stepped = diagrams.stream().map(DiagramRecord::eulerMap).toList();
        stepped.stream().filter(s -> s != null).findFirst().ifPresent(s -> add(lines,
                "rest changes, in steps of " + s.dtMs() + PhysicalUnits.after(own().physical().time()),
                stepped.stream().map(each -> each == null ? List.<Double>of() : each.stabilityChanges()).toList()));
        return lines;
    }

    private void add(List<Line> lines, String quantity, Kind kind, Criticality critical) {
        add(lines, quantity, diagrams.stream().map(d -> d.currents(kind, critical)).toList());
    }

    private void add(List<Line> lines, String quantity, List<List<Double>> currents) {
        if (currents.stream().anyMatch(c -> !c.isEmpty())) {
            lines.add(new Line(quantity, currents.stream().map(this::text).toList()));
        }
    }

    private String text(List<Double> currents) {
        return currents.isEmpty() ? "-" : currents.stream().map(this::text).collect(Collectors.joining(", "));
    }

    /** An end of the range is no change. */
    private String text(double current) {
        return String.format(Locale.ROOT, current <= own().from() ? "below %.4f" : current >= own().to()
                ? "beyond %.4f" : "%.4f", current);
    }

    private String currentHeading() {
        String unit = own().physical().current();
        return unit.equals("1") ? "current" : unit;
    }

    /** The table as Markdown, its columns aligned. */
    public String toMarkdown() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of(currentHeading()), diagrams.stream().map(DiagramRecord::model)).toList());
        table().forEach(line -> rows.add(Stream.concat(Stream.of(line.quantity()), line.values().stream()).toList()));
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < rows.get(r).size(); c++) {
                int column = c;
                int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
                text.append(String.format(Locale.ROOT, "| %-" + width + "s ", rows.get(r).get(c)));
            }
            text.append("|\n");
            if (r == 0) {
                text.append("|---".repeat(rows.get(0).size())).append("|\n");
            }
        }
        return text.toString();
    }
}
