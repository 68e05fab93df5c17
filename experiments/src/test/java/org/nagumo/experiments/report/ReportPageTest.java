package org.nagumo.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.ResultTable;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.reproduce.Evaluations;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportPageTest {

    private static final Map<String, Double> SECONDS = new LinkedHashMap<>();

    static {
        SECONDS.put("data", 4.71);
        SECONDS.put("training", 106.25);
    }

    private static final Explorer EXPLORER = Explorer.of(Samples.evaluation(), Neurons.named("rinzel")).orElseThrow();
    private static final String PAGE = page();

    private static String page() {
        List<Figure> figures = List.of(PortraitFigure.draw(Samples.portrait(0)),
                new Figure("a", "Title <A>", "Caption & more", new byte[] {1, 2, 3}, new byte[0]));
        return ReportPage.html(Samples.evaluation(), EXPLORER, Samples.card("gru-2", "./nagumo reproduce --seed 7"),
                "z1 = sigma(1 < 2)", figures, SECONDS);
    }

    /** A page that an XML parser reads has no tag left open and no text that was not escaped. */
    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        return java.util.stream.IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    @Test
    void thePageIsWellFormedAndRefersToNothingOutsideItself() throws Exception {
        String html = PAGE;
        Document document = parse(html);
        assertThat(html).startsWith("<!DOCTYPE html>").doesNotContain("http:", "https:", "src=\"/", "<link", "url(",
                "@import", "<iframe");
        assertThat(elements(document, "script")).hasSize(3).allMatch(script -> script.getAttribute("src").isEmpty());
        assertThat(elements(document, "img")).hasSize(2)
                .allMatch(img -> img.getAttribute("src").startsWith("data:image/png;base64,"));
        assertThat(elements(document, "a")).isEmpty();
    }

    @Test
    void thePageIsAccessible() throws Exception {
        Document document = parse(PAGE);
        assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(elements(document, "h1")).hasSize(1);
        assertThat(elements(document, "main")).hasSize(1);
        assertThat(elements(document, "img")).extracting(img -> img.getAttribute("alt"))
                .containsExactly("Phase portrait of fhn at 0", "Title <A>");
        assertThat(elements(document, "th")).allMatch(th -> List.of("row", "col").contains(th.getAttribute("scope")));
        assertThat(elements(document, "figure")).filteredOn(figure -> figure.getElementsByTagName("img").getLength() == 1)
                .hasSize(2).allMatch(figure -> figure.getElementsByTagName("figcaption").getLength() == 1);
    }

    @Test
    void whatIsChangedInTheNeuronIsTold() {
        Map<String, Double> changed = Map.of("gNa", 110.0);
        Evaluation standard = Samples.evaluation();
        Evaluation evaluation = Evaluation.of(standard.battery(), Evaluations.origin(Neurons.named("hh").with(changed)),
                standard.studentOrigin(), standard.teacher(), standard.student(), null);
        NetworkCard card = new NetworkCard(NetworkCard.FORMAT_VERSION, "gru-2", 2, 5, 0, 0.1, Integrator.HEUN,
                Scaling.HODGKIN_HUXLEY, new TrainedCurrents(-30, 170),
                new Provenance("none", "hh", changed, null, 7, "plan-checksum", "data-checksum", 0.002, 0.125, "0.1",
                        "17"));
        String page = ReportPage.html(evaluation, null, card, "", List.of(), Map.of());
        assertThat(page).contains("beside the neuron hh with gNa = 110</h1>", "<dd>hh with gNa = 110</dd>",
                "<dd>plan-checksum</dd>", "<dd>0.1250</dd>");
        assertThat(PAGE).contains("beside the neuron hh</h1>", "<dd>hh</dd>").doesNotContain("validation score");
    }

    @Test
    void theTableComesFirstAndSaysInWordsWhichIsNearer() throws Exception {
        Evaluation evaluation = Samples.evaluation();
        Document document = parse(PAGE);
        Element table = elements(document, "table").get(0);
        assertThat(PAGE.indexOf("<table")).isLessThan(PAGE.indexOf("<figure"));
        NodeList rows = ((Element) table.getElementsByTagName("tbody").item(0)).getElementsByTagName("tr");
        List<ResultTable.Line> lines = ResultTable.lines(evaluation);
        assertThat(rows.getLength()).isEqualTo(lines.size());
        int better = 0;
        for (int i = 0; i < lines.size(); i++) {
            ResultTable.Line line = lines.get(i);
            NodeList cells = ((Element) rows.item(i)).getElementsByTagName("td");
            boolean equal = line.first().equals(line.second());
            String nearer = cells.item(3).getTextContent();
            assertThat(nearer).isEqualTo(equal ? "equal"
                    : line.nearer() == ResultTable.Nearer.FIRST ? "gru-2" : "rinzel");
            assertThat(((Element) cells.item(1)).getElementsByTagName("strong").getLength() == 1)
                    .isEqualTo(nearer.equals("gru-2"));
            assertThat(((Element) cells.item(2)).getElementsByTagName("strong").getLength() == 1)
                    .isEqualTo(nearer.equals("rinzel"));
            better += nearer.equals("gru-2") ? 1 : 0;
        }
        assertThat(better).isBetween(1, lines.size() - 1);
        assertThat(PAGE).contains("on " + better + " of " + lines.size() + " lines");
    }

    @Test
    void thePageSaysHowItWasMadeAndWhereTheTimeWent() {
        assertThat(PAGE).contains("<dd>./nagumo reproduce --seed 7</dd>", "<dd>7</dd>", "<dd>0123abcd</dd>",
                "Java 17", "<th scope=\"row\">training</th><td>106.3</td>",
                "<th scope=\"row\">together</th><td>111.0</td>");
    }

    @Test
    void theModulesInThePageAreTheFilesAndReachForNothingOutside() throws Exception {
        Document document = parse(PAGE);
        JsonNode imports = new ObjectMapper().readTree(elements(document, "script").get(1).getTextContent())
                .get("imports");
        assertThat(imports.size()).isGreaterThan(5);
        imports.properties().forEach(entry -> {
            String code = new String(Base64.getDecoder().decode(entry.getValue().asText()
                    .substring("data:text/javascript;base64,".length())), StandardCharsets.UTF_8);
            assertThat(code).as(entry.getKey()).doesNotContain("http:", "https:", "fetch(", "XMLHttpRequest", "eval(");
            assertThat(code.lines().filter(line -> line.startsWith("import "))).allMatch(line -> imports.has(
                    line.replaceAll(".*'(.*)';", "$1")));
        });
    }

    @Test
    void textFromOutsideIsShownNotObeyed() throws Exception {
        String name = "<img src=x onerror='alert(1)'>\" & \u0000\u001b";
        Evaluation evaluation = Samples.evaluation(Samples.firing("hh", 40, 14), Samples.firing(name, 30, 15),
                Samples.firing("rinzel", 45, 11));
        String html = ReportPage.html(evaluation, EXPLORER, Samples.card(name, name), null, List.of(), Map.of());
        Document document = parse(html);
        assertThat(elements(document, "img")).isEmpty();
        assertThat(elements(document, "h1").get(0).getTextContent())
                .isEqualTo("<img src=x onerror='alert(1)'>\" & \ufffd\ufffd beside the neuron hh");
    }

    @Test
    void aStudentThatIsNoNetworkAndOneThatNeverFiresHaveAPage() throws Exception {
        Evaluation evaluation = Samples.evaluation(Samples.firing("hh", 40, 14), Samples.silent("quiet"),
                Samples.firing("rinzel", 45, 11));
        String html = ReportPage.html(evaluation, EXPLORER, null, null, List.of(), Map.of());
        parse(html);
        assertThat(html).contains("none").doesNotContain("How it was made", "Where the time went", "GRU", "NaN");
    }

    @Test
    void withoutReductionAndExplorerThePageHasTheTableAlone() throws Exception {
        Evaluation evaluation = Samples.evaluation(Samples.firing("fhn", 40, 14), Samples.firing("fhn-2", 30, 15),
                null);
        String html = ReportPage.html(evaluation, null, Samples.card("fhn-2", "./nagumo train"), "dh1/dt", List.of(),
                Map.of());
        Document document = parse(html);
        assertThat(elements(document, "script")).isEmpty();
        Element table = elements(document, "table").get(0);
        assertThat(((Element) table.getElementsByTagName("thead").item(0)).getElementsByTagName("th").getLength())
                .isEqualTo(3);
        assertThat(elements(document, "tr")).allMatch(row -> row.getElementsByTagName("th").getLength()
                + row.getElementsByTagName("td").getLength() == 3);
        assertThat(html).contains("dh1/dt").doesNotContain("classical reduction", "nearer<br/>", "id=\"gates\"");
    }
}
