package org.nagumo.experiments.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.nagumo.experiments.dynamics.PortraitRecord;
import org.nagumo.experiments.evaluate.CellEvaluation;
import org.nagumo.experiments.network.NetworkCard;

/** The report of a model beside a recorded cell as one self-contained page. */
public final class CellPage {

    private static final String CSS = "body{font:16px/1.5 sans-serif;max-width:1120px;margin:2em auto;padding:0 1em;"
            + "color:#222}table{border-collapse:collapse;margin:1em 0}th,td{padding:.25em .9em;text-align:right;"
            + "border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left}figure{margin:2em 0}"
            + "img{max-width:100%;height:auto}figcaption{color:#555}";

    private CellPage() {
    }

    /**
     * Describes the portraits: what the network does at rest and while it fires, in words.
     *
     * @param portraits the portraits
     * @param currents  their currents
     * @param unit      unit of the currents
     * @return one sentence for each portrait
     */
    public static String portraitNote(List<PortraitRecord> portraits, double[] currents, String unit) {
        StringBuilder note = new StringBuilder();
        for (int k = 0; k < currents.length; k++) {
            PortraitRecord portrait = portraits.get(k);
            long resting = portrait.equilibria().stream().filter(equilibrium -> equilibrium.kind().stable()).count();
            long firing = portrait.limitCycles().stream().filter(PortraitRecord.Cycle::stable).count();
            note.append(String.format(Locale.ROOT, "At %.4g %s the network has %s and %s. ", currents[k], unit,
                    count(resting, "stable equilibrium", "stable equilibria"),
                    count(firing, "stable limit cycle", "stable limit cycles")));
        }
        return note.toString();
    }

    private static String count(long number, String one, String several) {
        return number == 0 ? "no " + one : number == 1 ? "one " + one : number + " " + several;
    }

    /**
     * Writes the page.
     *
     * @param evaluation what was measured
     * @param card       the network, or null where the model is none
     * @param portraits  words on the phase portraits; null where there are none
     * @param figures    the figures, in order
     * @return well-formed HTML that refers to nothing outside itself
     */
    public static String html(CellEvaluation evaluation, NetworkCard card, String portraits, List<Figure> figures) {
        String title = ReportPage.escape(evaluation.student() + " beside the recorded cell "
                + evaluation.cell().name());
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                + "<meta charset=\"utf-8\"/>\n<title>Nagumo: ").append(title).append("</title>\n<style>").append(CSS)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>").append(title).append("</h1>\n");
        page.append("<p>").append(evaluation.repetitions() > 1 ? "The cell answered the same current "
                + evaluation.repetitions() + " times. The coincidence factor of these repetitions among themselves is"
                + " the yardstick: no model of one deterministic trajectory is expected to exceed it by much. "
                : "Without repetitions of a current the cell's own reliability is unknown. ");
        page.append(evaluation.rivals().isEmpty() ? "" : "The integrate-and-fire neurons gif and adex were fitted to"
                + " the stretches on which networks are trained. ");
        page.append("A spike crosses ").append(String.format(Locale.ROOT, "%.1f", evaluation.criterion().thresholdMv()))
                .append(" mV upward.</p>\n");
        table(page, evaluation.rows());
        if (card != null && card.trained() != null) {
            page.append(String.format(Locale.ROOT, "<p>The network was trained on currents from %.4g to %.4g %s. What"
                    + " it does beyond them is not learned from the cell.</p>%n", card.trained().lowest(),
                    card.trained().highest(), card.recorded() == null ? "uA/cm2" : card.recorded().currentUnit()));
        }
        if (portraits != null) {
            page.append("<p>").append(ReportPage.escape(portraits)).append("The portraits below are those of the"
                    + " network, a system of ").append(card.units()).append(" differential equations that was fitted to"
                    + " the cell.</p>\n");
        }
        for (Figure figure : figures) {
            page.append("<figure><img alt=\"").append(ReportPage.escape(figure.title()))
                    .append("\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(figure.png())).append("\"/><figcaption>")
                    .append(ReportPage.escape(figure.caption())).append("</figcaption></figure>\n");
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void table(StringBuilder page, List<String[]> rows) {
        page.append("<table>\n");
        for (int r = 0; r < rows.size(); r++) {
            String cell = r == 0 ? "th" : "td";
            page.append("<tr>");
            for (String text : rows.get(r)) {
                page.append('<').append(cell).append('>').append(ReportPage.escape(text)).append("</").append(cell)
                        .append('>');
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }
}
