package org.nagumo.experiments.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;

/**
 * The report as one self-contained page: on the first screen the table and the explorer, then the network, the figures,
 * and how it was made.
 */
public final class ReportPage {

    private final StringBuilder page = new StringBuilder();
    private final Evaluation evaluation;
    private final String teacher;
    private final String student;
    private final String baseline;

    private ReportPage(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.teacher = escape(evaluation.teacher().system());
        this.student = escape(evaluation.student().system());
        this.baseline = evaluation.baseline() == null ? null : escape(evaluation.baseline().system());
    }

    /**
     * Writes the page.
     *
     * @param evaluation what was measured
     * @param explorer   what readers can try; null where there is none
     * @param card       the network, or null when the student is none
     * @param equations  the network's weights as text, or null
     * @param figures    the figures, in order
     * @param seconds    where the time went, by step; empty when it was not taken
     * @return well-formed HTML that refers to nothing outside itself
     */
    public static String html(Evaluation evaluation, Explorer explorer, NetworkCard card, String equations,
            List<Figure> figures, Map<String, Double> seconds) {
        ReportPage report = new ReportPage(evaluation);
        report.head();
        report.summary(card, explorer != null);
        if (equations != null) {
            report.network(card, equations, explorer != null);
        }
        report.figures(figures);
        if (card != null) {
            report.provenance(card.provenance());
        }
        if (!seconds.isEmpty()) {
            report.times(seconds);
        }
        return report.page.append("</main>\n").append(explorer == null ? "" : explorer.scripts())
                .append("</body>\n</html>\n").toString();
    }

    private void head() {
        page.append(opening("Nagumo: " + student + " beside " + teacher)).append("<h1>").append(student)
                .append(recording() ? " beside the recording " + teacher : " beside the neuron " + escape(Neurons.label(
                        evaluation.teacherOrigin().neuron())))
                .append("</h1>\n");
    }

    /**
     * A page up to its first element.
     *
     * @param title text of the title, escaped
     */
    static String opening(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\""
                + " content=\"width=device-width, initial-scale=1\"/>\n<title>" + title + "</title>\n<style>\n" + CSS
                + Explorer.css() + "</style>\n</head>\n<body>\n<main>\n";
    }

    private void summary(NetworkCard card, boolean explorer) {
        List<ResultTable.Line> lines = ResultTable.lines(evaluation);
        page.append("<p>");
        if (card != null) {
            page.append("A continuous-time GRU of ").append(card.units()).append(card.units() == 1 ? " unit, "
                    : " units, ").append(card.features() == 0 ? "" : "whose gates share " + card.features()
                    + " tanh features of input and state, ").append(card.readoutUnits() == 0 ? "read out linearly"
                    : "read out through " + card.readoutUnits() + " tanh units").append(", ")
                    .append(card.parameters()).append(" parameters in all, trained on the neuron's trajectories alone."
                    + " Everything below is measured on currents that it has never seen. ");
        }
        if (baseline != null) {
            balance(lines);
        }
        page.append("</p>\n<div class=\"first\">\n<table class=\"results\">\n<caption>Lines of errors are distances"
                + " from the ").append(recording() ? "recording" : "neuron").append(recording() ? "." : ". Where"
                + " one has a neuron's value, it is that at the middle of the f-I curve.").append("</caption>\n<thead>"
                + "<tr><th scope=\"col\">measured</th><th scope=\"col\">").append(recording() ? "recording" : "neuron")
                .append("<br/>").append(teacher).append("</th><th scope=\"col\">")
                .append(card == null ? "measured" : "network").append("<br/>").append(student);
        if (baseline != null) {
            page.append("</th><th scope=\"col\">reduction<br/>").append(baseline)
                    .append("</th><th scope=\"col\">nearer<br/>to ").append(teacher);
        }
        page.append("</th></tr></thead>\n<tbody>\n");
        lines.forEach(this::line);
        page.append("</tbody>\n</table>\n").append(explorer ? Explorer.markup() : "").append("</div>\n");
    }

    private boolean recording() {
        return evaluation.teacherOrigin().kind() == Origin.Kind.RECORDING;
    }

    /** On how many lines the student is nearer than the reduction. */
    private void balance(List<ResultTable.Line> lines) {
        long equal = lines.stream().filter(line -> line.nearer() == ResultTable.Nearer.BOTH).count();
        long better = lines.stream().filter(line -> line.nearer() == ResultTable.Nearer.FIRST).count();
        page.append("<strong>").append(student).append(" is nearer to the neuron than the classical reduction to two"
                + " variables on ").append(better).append(" of ").append(lines.size()).append(" lines</strong>");
        if (equal > 0) {
            page.append(", equally near on ").append(equal);
        }
        page.append(".");
    }

    /** The network's equations, and a table that the explorer keeps up to date. */
    private void network(NetworkCard card, String equations, boolean explorer) {
        page.append("<section>\n<h2>The network</h2>\n<p>The whole network, with its trained numbers.</p>\n")
                .append("<pre tabindex=\"0\">").append(escape(equations)).append("</pre>\n");
        if (explorer) {
            page.append("<table>\n<caption>What goes on in it at the time shown in the explorer.</caption>\n"
                    + "<thead><tr><th scope=\"col\">unit</th><th scope=\"col\">h</th>"
                    + "<th scope=\"col\">z</th><th scope=\"col\">r</th><th scope=\"col\">c</th>"
                    + "<th scope=\"col\">dh/dt, 1/ms</th></tr></thead>\n<tbody id=\"gates\">\n");
            for (int j = 1; j <= card.units(); j++) {
                page.append("<tr><th scope=\"row\">").append(j).append("</th>").append("<td></td>".repeat(5))
                        .append("</tr>\n");
            }
            page.append("</tbody>\n</table>\n");
        }
        page.append("</section>\n");
    }

    private void line(ResultTable.Line line) {
        page.append("<tr><th scope=\"row\">").append(escape(units(line.name()))).append("</th><td>")
                .append(value(line.teacher())).append("</td>");
        cell(line.first(), line.nearer() == ResultTable.Nearer.FIRST);
        if (line.nearer() != null) {
            cell(line.second(), line.nearer() == ResultTable.Nearer.SECOND);
            page.append("<td>").append(switch (line.nearer()) {
                case FIRST -> student;
                case SECOND -> baseline;
                case BOTH -> "equal";
            }).append("</td>");
        }
        page.append("</tr>\n");
    }

    private void cell(String value, boolean nearer) {
        page.append(nearer ? "<td><strong>" : "<td>").append(value(value))
                .append(nearer ? "</strong></td>" : "</td>");
    }

    /** Values have true minus signs, ranges a dash, and they break at commas alone. */
    private static String value(String text) {
        return escape(text.equals("-") ? "\u2013" : text.replaceAll("(?<![0-9])-(?=[0-9])", "\u2212")
                .replaceAll("(?<=[0-9])-(?=[0-9])", "\u2060\u2013\u2060").replace(",", ",\u200b"));
    }

    private static String units(String text) {
        return text.replace("uA/cm2", "\u00b5A/cm\u00b2").replaceAll("(?<![0-9a-zA-Z])-(?=[0-9])", "\u2212");
    }

    private void figures(List<Figure> figures) {
        page.append("<section class=\"figures\">\n<h2>Figures</h2>\n");
        for (Figure figure : figures) {
            page.append("<figure>\n<img alt=\"").append(escape(figure.title()))
                    .append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(figure.png())).append("\"/>\n<figcaption>")
                    .append(escape(figure.caption())).append("</figcaption>\n</figure>\n");
        }
        page.append("</section>\n");
    }

    private void provenance(Provenance provenance) {
        page.append("<section>\n<h2>How it was made</h2>\n<dl>\n");
        item("command", provenance.command());
        item("imitated", Neurons.label(provenance.teacher(), provenance.teacherParameters()));
        item("seed", Long.toString(provenance.seed()));
        item("training loss", String.format(Locale.ROOT, "%.6f", provenance.trainingLoss()));
        if (provenance.validationScore() != null) {
            item("validation score", String.format(Locale.ROOT, "%.4f", provenance.validationScore()));
        }
        if (provenance.planSha256() != null) {
            item("plan, SHA-256", provenance.planSha256());
        }
        item("data, SHA-256", provenance.dataSha256());
        item("versions", "Nagumo " + provenance.version() + ", Java " + provenance.java());
        page.append("</dl>\n</section>\n");
    }

    private void item(String term, String text) {
        page.append("<dt>").append(escape(term)).append("</dt><dd>").append(escape(text)).append("</dd>\n");
    }

    private void times(Map<String, Double> seconds) {
        page.append("<section>\n<h2>Where the time went</h2>\n<table>\n<thead><tr><th scope=\"col\">step</th>"
                + "<th scope=\"col\">seconds</th></tr></thead>\n<tbody>\n");
        seconds.forEach((step, time) -> page.append("<tr><th scope=\"row\">").append(escape(step)).append("</th><td>")
                .append(String.format(Locale.ROOT, "%.1f", time)).append("</td></tr>\n"));
        page.append("<tr><th scope=\"row\">together</th><td>").append(String.format(Locale.ROOT, "%.1f",
                seconds.values().stream().mapToDouble(Double::doubleValue).sum()))
                .append("</td></tr>\n</tbody>\n</table>\n</section>\n");
    }

    /** Text that is safe within elements and within quoted attributes; control characters, which HTML forbids, go. */
    static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\ufffd").replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    private static final String CSS = """
            body { margin: 0; font: 16px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
            main { max-width: 60rem; margin: 0 auto; padding: .7rem 1.5rem 3rem; }
            h1 { font-size: 1.7rem; margin: 0 0 .4rem; }
            h2 { font-size: 1.3rem; margin: 2.2rem 0 .5rem; }
            p { margin: .4rem 0; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            table.results { width: 100%; align-self: start; }
            .first { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem 2rem; }
            caption { text-align: left; padding: .2rem 0; color: #444; }
            th, td { padding: .17rem .6rem; border-bottom: 1px solid #ddd; text-align: right; vertical-align: top; }
            th { font-weight: normal; }
            th:first-child { text-align: left; padding-left: 0; }
            thead th { font-weight: bold; border-bottom: 2px solid #888; vertical-align: bottom; line-height: 1.25; }
            figure { margin: 1.5rem 0; }
            img { display: block; width: 100%; max-width: 52rem; height: auto; }
            figcaption { color: #333; max-width: 52rem; }
            pre { max-width: 58rem; overflow-x: auto; background: #f6f6f6; padding: 1rem; font-size: .85rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .4rem 0; }
            dt { color: #444; }
            dd { margin: 0; overflow-wrap: anywhere; }
            @media (min-width: 76rem) {
              main { max-width: 96rem; }
              .first { grid-template-columns: minmax(27rem, 33rem) minmax(0, 1fr); }
              .figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
              .figures h2 { grid-column: 1 / -1; margin-bottom: 0; }
              .results { font-size: .82rem; line-height: 1.3; }
              .results th, .results td { padding: .17rem .35rem; }
              .results tbody th { min-width: 11rem; }
              .results td:nth-child(2) { min-width: 5rem; }
            }
            @media (max-width: 40rem) {
              main { padding: .7rem .8rem 2rem; }
              .results, .readings { font-size: .76rem; }
              th, td { padding: .17rem .25rem; }
            }
            """;
}
