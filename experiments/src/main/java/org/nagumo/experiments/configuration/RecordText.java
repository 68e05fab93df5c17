package org.nagumo.experiments.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** Writes records as {@link RecordReader} reads them, and what their fields mean. */
public final class RecordText {

    private static final int WIDTH = 118;

    private final Sections sections;
    private final Map<Class<?>, Function<Object, String>> writers;

    /**
     * @param sections the types of record and their standards
     * @param writers  how other types are written
     */
    public RecordText(Sections sections, Map<Class<?>, Function<Object, String>> writers) {
        this.sections = sections;
        this.writers = writers;
    }

    /** A record with all its values, those of the standards too. */
    public String yaml(Record record) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : Sections.components(record.getClass())) {
            Object value = Sections.value(record, component);
            if (value instanceof List<?> items) {
                text.append(Sections.key(component)).append(":\n");
                items.forEach(item -> text.append("  - ").append(flow(item)).append('\n'));
            } else if (value != null) {
                text.append(Sections.key(component)).append(": ").append(flow(value)).append('\n');
            }
        }
        return text.toString();
    }

    private String flow(Object value) {
        if (value instanceof Record record && sections.isSection(record.getClass())) {
            StringJoiner fields = new StringJoiner(", ", "{", "}");
            for (RecordComponent component : Sections.components(record.getClass())) {
                Object field = Sections.value(record, component);
                if (field != null) {
                    fields.add(Sections.key(component) + ": " + flow(field));
                }
            }
            return fields.toString();
        }
        return writers.entrySet().stream().filter(entry -> entry.getKey().isInstance(value)).findFirst()
                .map(entry -> entry.getValue().apply(value)).orElseGet(() -> plain(value));
    }

    /** A value as a file holds it. */
    static String plain(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return value instanceof String text && !text.matches("[A-Za-z0-9._/][A-Za-z0-9._/ -]*")
                ? "'" + text.replace("'", "''") + "'" : value.toString();
    }

    /** Every key of a type of record with its meaning, and what it is when a file leaves it out. */
    public String describe(Class<?> type) {
        StringBuilder text = new StringBuilder();
        describe(type, "", text);
        return text.toString();
    }

    private void describe(Class<?> type, String indent, StringBuilder text) {
        Record standard = sections.standard(type);
        for (RecordComponent component : Sections.components(type)) {
            Described described = component.getAnnotation(Described.class);
            Class<?> inner = Sections.innerType(component);
            Object value = Sections.value(standard, component);
            String otherwise = described.required() ? " (required)" : value == null || sections.isSection(inner)
                    ? "" : " (" + flow(value) + " unless stated)";
            text.append(indent).append(Sections.key(component)).append(":\n");
            wrap(described.value() + otherwise, indent + "    ").forEach(line -> text.append(line).append('\n'));
            if (sections.isSection(inner)) {
                describe(inner, indent + "    ", text);
            }
        }
    }

    private static List<String> wrap(String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
