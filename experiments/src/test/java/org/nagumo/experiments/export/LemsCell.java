package org.nagumo.experiments.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A small interpreter of LEMS: reads a component and its type and gives rates and potential. Times, potentials and
 * currents are in the SI units of LEMS.
 */
final class LemsCell {

    /** A quantity, by the values of those that it depends on. */
    private interface Value {
        double get();
    }

    /** Elements that each element may have, in their order, by schema 0.7.6 of LEMS. */
    private static final Map<String, List<String>> SCHEMA = Map.of(
            "Lems", List.of("Target", "Include", "Dimension", "Unit", "Constant", "ComponentType", "Component"),
            "ComponentType", List.of("Property", "Parameter", "DerivedParameter", "IndexParameter", "Constant", "Child",
                    "Children", "Fixed", "Link", "ComponentReference", "Attachments", "EventPort", "Exposure",
                    "Requirement", "ComponentRequirement", "InstanceRequirement", "Path", "Text", "Dynamics",
                    "Structure", "Simulation"),
            "Dynamics", List.of("StateVariable", "DerivedVariable", "ConditionalDerivedVariable", "TimeDerivative",
                    "OnStart", "OnEvent", "OnCondition", "Regime", "KineticScheme"),
            "ConditionalDerivedVariable", List.of("Case"), "OnStart", List.of("StateAssignment"),
            "OnCondition", List.of("StateAssignment", "EventOut", "Transition"),
            "Simulation", List.of("DataDisplay", "Record", "EventRecord", "Run", "DataWriter", "EventWriter"),
            "Component", List.of("OutputFile"), "OutputFile", List.of("OutputColumn"));

    private final Map<String, Double> units = new HashMap<>();
    private final Map<String, double[]> numbers = new HashMap<>();
    private final Map<String, Value> derived = new HashMap<>();
    private final Map<String, Double> cache = new HashMap<>();
    private final List<String> states = new ArrayList<>();
    private final List<Value> rates = new ArrayList<>();
    private final List<Element> conditions;
    private final List<Value> tests = new ArrayList<>();

    LemsCell(Path file, String id) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile())
                .getDocumentElement();
        check(root);
        for (Element unit : children(root, "Unit")) {
            units.put(unit.getAttribute("symbol"), Math.pow(10, Integer.parseInt(unit.getAttribute("power"))));
        }
        Element component = children(root, "Component").stream().filter(each -> each.getAttribute("id").equals(id))
                .findFirst().orElseThrow();
        Element type = children(root, "ComponentType").stream().filter(each -> each.getAttribute("name")
                .equals(component.getAttribute("type"))).findFirst().orElseThrow();
        for (Element each : children(type, "Parameter")) {
            numbers.put(each.getAttribute("name"), new double[] {quantity(component.getAttribute(
                    each.getAttribute("name")))});
        }
        for (Element each : children(type, "Constant")) {
            numbers.put(each.getAttribute("name"), new double[] {quantity(each.getAttribute("value"))});
        }
        Element dynamics = children(type, "Dynamics").get(0);
        for (Element each : children(dynamics, "StateVariable")) {
            states.add(each.getAttribute("name"));
            numbers.put(each.getAttribute("name"), new double[1]);
        }
        for (Element each : children(dynamics, "DerivedVariable")) {
            derived.put(each.getAttribute("name"), parse(each.getAttribute("value")));
        }
        for (Element each : children(dynamics, "ConditionalDerivedVariable")) {
            derived.put(each.getAttribute("name"), cases(children(each, "Case")));
        }
        Map<String, Value> slopes = new HashMap<>();
        for (Element each : children(dynamics, "TimeDerivative")) {
            slopes.put(each.getAttribute("variable"), parse(each.getAttribute("value")));
        }
        for (String state : states) {
            rates.add(slopes.getOrDefault(state, () -> 0));
        }
        assign(children(dynamics, "OnStart").get(0));
        conditions = children(dynamics, "OnCondition");
        for (Element each : conditions) {
            tests.add(parse(each.getAttribute("test")));
        }
    }

    private static void check(Element element) {
        List<String> allowed = SCHEMA.getOrDefault(element.getTagName(), List.of());
        int last = 0;
        for (Element child : children(element, null)) {
            int place = allowed.indexOf(child.getTagName());
            if (place < last) {
                throw new AssertionError(child.getTagName() + " in " + element.getTagName() + " is not in " + allowed
                        + " or out of order");
            }
            last = place;
            check(child);
        }
    }

    private static List<Element> children(Element parent, String tag) {
        List<Element> all = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && (tag == null || element.getTagName().equals(tag))) {
                all.add(element);
            }
        }
        return all;
    }

    private double quantity(String text) {
        String[] parts = text.split(" ");
        return Double.parseDouble(parts[0]) * (parts.length == 1 ? 1 : units.get(parts[1]));
    }

    private Value cases(List<Element> cases) {
        List<Value> tried = cases.stream().map(each -> each.hasAttribute("condition")
                ? parse(each.getAttribute("condition")) : (Value) () -> 1).toList();
        List<Value> values = cases.stream().map(each -> parse(each.getAttribute("value"))).toList();
        return () -> {
            for (int k = 0; k < tried.size(); k++) {
                if (tried.get(k).get() != 0) {
                    return values.get(k).get();
                }
            }
            return Double.NaN;
        };
    }

    private void assign(Element handler) {
        for (Element each : children(handler, "StateAssignment")) {
            numbers.get(each.getAttribute("variable"))[0] = parse(each.getAttribute("value")).get();
        }
        cache.clear();
    }

    double[] state() {
        return states.stream().mapToDouble(each -> numbers.get(each)[0]).toArray();
    }

    void set(double[] state) {
        for (int k = 0; k < state.length; k++) {
            numbers.get(states.get(k))[0] = state[k];
        }
        cache.clear();
    }

    void current(double current) {
        numbers.get("current")[0] = current;
        cache.clear();
    }

    double value(String name) {
        double[] number = numbers.get(name);
        if (number != null) {
            return number[0];
        }
        Double known = cache.get(name);
        if (known == null) {
            known = derived.get(name).get();
            cache.put(name, known);
        }
        return known;
    }

    double[] derivative(double[] state) {
        set(state);
        return rates.stream().mapToDouble(Value::get).toArray();
    }

    /** Runs the conditions once; the number of events that they send. */
    int events() {
        int sent = 0;
        for (int k = 0; k < tests.size(); k++) {
            if (tests.get(k).get() != 0) {
                assign(conditions.get(k));
                sent += children(conditions.get(k), "EventOut").size();
            }
        }
        return sent;
    }

    private Value parse(String text) {
        Parser parser = new Parser(text);
        Value value = parser.binary(0);
        if (!parser.rest.isBlank()) {
            throw new AssertionError("not read: " + parser.rest);
        }
        return value;
    }

    /** Recursive descent over the operators of LEMS. */
    private final class Parser {

        private static final List<List<String>> LEVELS = List.of(List.of(".or."), List.of(".and."),
                List.of(".lt.", ".gt.", ".leq.", ".geq.", ".eq.", ".neq."), List.of("+", "-"), List.of("*", "/"),
                List.of("^"));

        private String rest;

        Parser(String text) {
            rest = text.strip();
        }

        private Value binary(int level) {
            if (level == LEVELS.size()) {
                return primary();
            }
            Value value = binary(level + 1);
            for (String found = next(level); found != null; found = next(level)) {
                String operator = found;
                Value left = value;
                Value right = binary(level + 1);
                value = () -> apply(operator, left.get(), right.get());
            }
            return value;
        }

        private String next(int level) {
            for (String operator : LEVELS.get(level)) {
                if (rest.startsWith(operator)) {
                    rest = rest.substring(operator.length()).strip();
                    return operator;
                }
            }
            return null;
        }

        private Value primary() {
            if (rest.startsWith("(")) {
                rest = rest.substring(1).strip();
                Value inner = binary(0);
                if (!rest.startsWith(")")) {
                    throw new AssertionError("no ) before: " + rest);
                }
                rest = rest.substring(1).strip();
                return inner;
            }
            String word = rest.replaceFirst("(?s)^([A-Za-z0-9_]+(\\.[0-9]+)?).*", "$1");
            rest = rest.substring(word.length()).strip();
            if (Character.isDigit(word.charAt(0))) {
                double number = Double.parseDouble(word);
                return () -> number;
            }
            if (rest.startsWith("(")) {
                Value argument = primary();
                return () -> function(word, argument.get());
            }
            return () -> value(word);
        }
    }

    private static double apply(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "^" -> Math.pow(a, b);
            case ".lt." -> a < b ? 1 : 0;
            case ".gt." -> a > b ? 1 : 0;
            case ".leq." -> a <= b ? 1 : 0;
            case ".geq." -> a >= b ? 1 : 0;
            case ".eq." -> a == b ? 1 : 0;
            case ".neq." -> a != b ? 1 : 0;
            case ".and." -> a != 0 && b != 0 ? 1 : 0;
            case ".or." -> a != 0 || b != 0 ? 1 : 0;
            default -> throw new AssertionError(operator);
        };
    }

    private static double function(String name, double x) {
        return switch (name) {
            case "exp" -> Math.exp(x);
            case "log", "ln" -> Math.log(x);
            case "sqrt" -> Math.sqrt(x);
            case "abs" -> Math.abs(x);
            case "ceil" -> Math.ceil(x);
            case "sin" -> Math.sin(x);
            case "cos" -> Math.cos(x);
            case "tan" -> Math.tan(x);
            case "sinh" -> Math.sinh(x);
            case "cosh" -> Math.cosh(x);
            case "tanh" -> Math.tanh(x);
            default -> throw new AssertionError("no function of LEMS: " + name);
        };
    }
}
