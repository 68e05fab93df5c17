package org.nagumo.datagen.protocol;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.Nearest;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A node of a YAML file that knows where it stands, so that a fault can be reported with file, line and column. */
public final class YamlNode {

    private static final Pattern WITH_UNIT = Pattern.compile("[-+0-9.eE]+ *[a-zA-Z][a-zA-Z0-9/^_]*");

    private final String file;
    private final Node node;

    YamlNode(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    /**
     * The root of a text.
     *
     * @param file named in faults
     * @param what what the text is, such as {@code a protocol}
     * @param keys keys that its root may have
     * @throws InputException when the text is empty or not YAML
     */
    public static YamlNode parse(String file, String text, String what, Collection<String> keys) {
        Node node;
        try {
            node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new InputException(file + ":" + (e.getProblemMark().getLine() + 1) + ":"
                    + (e.getProblemMark().getColumn() + 1) + ": is not YAML: " + e.getProblem() + "; allowed: " + what
                    + " in YAML", e);
        } catch (YAMLException e) {
            throw new InputException(file + ": is not YAML: " + e.getMessage().lines().findFirst().orElse("")
                    + "; allowed: " + what + " in YAML", e);
        }
        if (node == null) {
            throw new InputException(file + ":1:1: is empty; allowed: keys " + keys);
        }
        return new YamlNode(file, node);
    }

    /** What is wrong at this place. */
    public InputException fault(String text) {
        return new InputException(place() + ": " + text);
    }

    /** File, line and column. */
    public String place() {
        return file + ":" + (node.getStartMark().getLine() + 1) + ":" + (node.getStartMark().getColumn() + 1);
    }

    /** Index of the first character of this node in the text it was parsed from. */
    int start(String text) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    /** Index after the last character of this node in the text; white space behind it is not part of it. */
    int end(String text) {
        int end = text.offsetByCodePoints(0, node.getEndMark().getIndex());
        while (Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /**
     * The entries of a mapping with keys that are allowed; the others, keys that stand there twice and keys that are
     * missing are among the mistakes.
     */
    public Map<String, YamlNode> fields(Collection<String> allowed, Collection<String> required, Mistakes mistakes) {
        if (!(node instanceof MappingNode mapping)) {
            throw fault("is not a mapping; allowed: keys " + allowed);
        }
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(file, tuple.getKeyNode());
            String name = mistakes.gather(key::text);
            if (name == null) {
                continue;
            }
            if (!allowed.contains(name)) {
                mistakes.add(key.fault("unknown key '" + name + "'; did you mean '" + Nearest.to(name, allowed)
                        + "'? allowed: " + allowed));
            } else if (fields.put(name, new YamlNode(file, tuple.getValueNode())) != null) {
                mistakes.add(key.fault("key '" + name + "' stands here twice; allowed: once"));
            }
        }
        for (String key : required) {
            if (!fields.containsKey(key)) {
                mistakes.add(fault("'" + key + "' is missing; allowed: keys " + allowed));
            }
        }
        return fields;
    }

    /** The entries of a mapping, whatever their keys. */
    Map<String, YamlNode> any() {
        return fields(keys(), List.of(), new Mistakes());
    }

    /** The keys of a mapping, whatever they are. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                keys.add(new YamlNode(file, tuple.getKeyNode()).text());
            }
        }
        return keys;
    }

    /** The items of a list. */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault("is not a list; allowed: [item, ...]");
        }
        return sequence.getValue().stream().map(item -> new YamlNode(file, item)).toList();
    }

    /** The text of a single value. */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw fault("is not a single value; allowed: one word or number");
        }
        return scalar.getValue();
    }

    /** The numbers of a list; all their faults at once. */
    List<Double> numbers() {
        Mistakes mistakes = new Mistakes();
        List<Double> numbers = items().stream().map(item -> mistakes.gather(item::number)).toList();
        mistakes.report();
        return numbers;
    }

    /** A finite number. */
    public double number() {
        String text = text();
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw fault("'" + text + "' is not a number" + (WITH_UNIT.matcher(text).matches()
                    ? "; allowed: a number alone, in the unit of its key" : "; allowed: a finite number"));
        }
        if (!Double.isFinite(value)) {
            throw fault("'" + text + "' is not finite; allowed: a finite number");
        }
        return value;
    }

    /** True or false. */
    public boolean truth() {
        if (!text().equals("true") && !text().equals("false")) {
            throw fault("'" + text() + "' is neither true nor false; allowed: true, false");
        }
        return text().equals("true");
    }

    /** A positive, finite number. */
    public double positive() {
        double value = number();
        if (!(value > 0)) {
            throw fault(text() + " is not positive; allowed: positive numbers");
        }
        return value;
    }

    /** An integer within a range. */
    public long integer(long low, long high) {
        long value;
        try {
            value = Long.parseLong(text());
        } catch (NumberFormatException e) {
            throw fault("'" + text() + "' is not an integer; allowed: an integer");
        }
        if (value < low || value > high) {
            throw fault(value + " is out of range; allowed: " + low + " to " + high);
        }
        return value;
    }
}
