package org.nagumo.experiments.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.network.NetworkCard;

/** The report as one self-contained page. */
public final class ReportPage {

    private ReportPage() {
    }

    /**
     * Writes the page.
     *
     * @param evaluation what was measured
     * @param card       the network, or null when the student is none
     * @param equations  the network's weights as text, or null
     * @param figures    the figures, in order
     * @param seconds    where the time went, by step
     * @return HTML that refers to nothing outside itself
     */
    public static String html(Evaluation evaluation, NetworkCard card, String equations, List<Figure> figures,
            Map<String, Double> seconds) {
        String student = evaluation.student().system();
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>Nagumo: ")
                .append(escape(student)).append(" beside ").append(escape(evaluation.teacher().system()))
                .append("</title>\n<style>\n").append(CSS).append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(escape(student)).append(" beside ").append(escape(evaluation.teacher().system()))
                .append("</h1>\n");
        if (card != null) {
            page.append("<p>A continuous-time GRU of ").append(card.units()).append(" units, ")
                    .append(card.readoutUnits() == 0 ? "read out linearly"
                            : "read out through " + card.readoutUnits() + " tanh units")
                    .append(", trained on the neuron's trajectories alone. Everything below is measured on currents"
                            + " that it has never seen.</p>\n");
        }
        table(page, evaluation);
        page.append("<h2>Figures</h2>\n");
        for (Figure figure : figures) {
            page.append("<figure>\n<img alt=\"").append(escape(figure.caption())).append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(figure.png())).append("\"/>\n<figcaption>")
                    .append(escape(figure.caption())).append("</figcaption>\n</figure>\n");
        }
        if (equations != null) {
            page.append("<h2>The network</h2>\n<pre>").append(escape(equations)).append("</pre>\n");
        }
        provenance(page, card, seconds);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void table(StringBuilder page, Evaluation evaluation) {
        page.append("<table>\n<caption>Neuron, network and the classical reduction to two variables</caption>\n")
                .append("<thead><tr><th scope=\"col\">measured</th><th scope=\"col\">")
                .append(escape(evaluation.teacher().system())).append("</th><th scope=\"col\">")
                .append(escape(evaluation.student().system())).append("</th><th scope=\"col\">")
                .append(escape(evaluation.baseline().system()))
                .append("</th><th scope=\"col\">nearer to the neuron</th></tr></thead>\n<tbody>\n");
        for (ResultTable.Line line : ResultTable.lines(evaluation)) {
            page.append("<tr><th scope=\"row\">").append(escape(line.name())).append("</th><td>")
                    .append(escape(line.teacher())).append("</td><td>").append(escape(line.student()))
                    .append("</td><td>").append(escape(line.baseline())).append("</td><td>")
                    .append(line.nearer()).append("</td></tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    private static void provenance(StringBuilder page, NetworkCard card, Map<String, Double> seconds) {
        page.append("<h2>How it was made</h2>\n<dl>\n");
        if (card != null) {
            item(page, "command", card.provenance().command());
            item(page, "seed", Long.toString(card.provenance().seed()));
            item(page, "training loss", String.format(Locale.ROOT, "%.6f", card.provenance().trainingLoss()));
            item(page, "data, SHA-256", card.provenance().dataSha256());
            item(page, "versions", "Nagumo " + card.provenance().version() + ", Java " + card.provenance().java());
        }
        seconds.forEach((step, time) -> item(page, step, String.format(Locale.ROOT, "%.1f s", time)));
        page.append("</dl>\n");
    }

    private static void item(StringBuilder page, String term, String text) {
        page.append("<dt>").append(escape(term)).append("</dt><dd>").append(escape(text)).append("</dd>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static final String CSS = """
            body { margin: 0; font: 17px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
            main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
            h1 { font-size: 1.8rem; margin: 0 0 .5rem; }
            h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            caption { text-align: left; padding: .3rem 0; color: #444; }
            th, td { padding: .3rem .7rem; border-bottom: 1px solid #ddd; text-align: right; }
            td { white-space: nowrap; }
            th[scope=row], th:first-child { text-align: left; font-weight: normal; }
            thead th { font-weight: bold; border-bottom: 2px solid #888; }
            figure { margin: 1.5rem 0; }
            img { max-width: 100%; height: auto; }
            figcaption { color: #444; }
            pre { overflow-x: auto; background: #f6f6f6; padding: 1rem; font-size: .85rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
            dt { color: #444; } dd { margin: 0; overflow-wrap: anywhere; }
            """;
}
