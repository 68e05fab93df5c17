package org.nagumo.experiments.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Mistakes;
import org.nagumo.datagen.protocol.YamlNode;

/**
 * Reads a record from YAML: a mapping with a key for each described component. Components are numbers, truth values,
 * texts, constants of an enumeration (in small letters, with hyphens), further sections, lists of sections, and types
 * for which there is a reader. What a record's constructor refuses is told at the place of the key that its message
 * begins with.
 */
public final class RecordReader {

    private final Sections sections;
    private final Map<Class<?>, BiFunction<YamlNode, Mistakes, ?>> readers;
    private final Mistakes mistakes = new Mistakes();

    /**
     * @param sections the types of record and their standards
     * @param readers  how other types are read; each adds its faults to the mistakes, and gives null then
     */
    public RecordReader(Sections sections, Map<Class<?>, BiFunction<YamlNode, Mistakes, ?>> readers) {
        this.sections = sections;
        this.readers = readers;
    }

    /**
     * Reads the root of a text.
     *
     * @param file named in faults
     * @param what what the text is, such as {@code a training plan}
     * @throws InputException with one line for each fault: file, line, column, fault, what is allowed
     */
    public <T extends Record> T read(String file, String text, String what, Class<T> type) {
        YamlNode root = YamlNode.parse(file, text, what, keys(type));
        T read = type.cast(mistakes.gather(() -> section(root, type)));
        mistakes.report();
        return read;
    }

    private static List<String> keys(Class<?> type) {
        return Sections.components(type).stream().map(Sections::key).toList();
    }

    private Record section(YamlNode node, Class<?> type) {
        List<RecordComponent> components = Sections.components(type);
        List<String> required = components.stream().filter(c -> c.getAnnotation(Described.class).required())
                .map(Sections::key).toList();
        Map<String, YamlNode> fields = node.fields(keys(type), required, mistakes);
        Map<String, Object> values = new HashMap<>();
        Map<String, YamlNode> places = new LinkedHashMap<>();
        int before = mistakes.count();
        for (RecordComponent component : components) {
            YamlNode field = fields.get(Sections.key(component));
            if (field != null) {
                Object value = mistakes.gather(() -> value(field, component));
                if (value != null) {
                    values.put(component.getName(), value);
                    places.put(component.getName(), field);
                }
            }
        }
        Record made = make(node, type, values, places);
        return mistakes.count() > before ? null : made;
    }

    private Object value(YamlNode field, RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class) {
            List<Object> items = new ArrayList<>();
            int before = mistakes.count();
            for (YamlNode item : field.items()) {
                items.add(mistakes.gather(() -> section(item, Sections.innerType(component))));
            }
            return mistakes.count() > before ? null : items;
        }
        if (sections.isSection(type)) {
            return section(field, type);
        }
        if (readers.containsKey(type)) {
            return readers.get(type).apply(field, mistakes);
        }
        if (type.isEnum()) {
            return constant(field, type);
        }
        return switch (type.getSimpleName()) {
            case "double", "Double" -> field.number();
            case "int" -> (int) field.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "long" -> field.integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case "boolean" -> field.truth();
            case "String" -> field.text();
            default -> throw new IllegalStateException("no reader for " + type);
        };
    }

    private static Object constant(YamlNode field, Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants()).map(RecordText::plain).toList();
        int index = names.indexOf(field.text());
        if (index < 0) {
            throw field.fault("is '" + field.text() + "'; allowed: " + String.join(", ", names));
        }
        return type.getEnumConstants()[index];
    }

    /** A value that the record refuses is told and replaced by the standard's, so that the next one is seen too. */
    private Record make(YamlNode node, Class<?> type, Map<String, Object> values, Map<String, YamlNode> places) {
        while (true) {
            try {
                return sections.make(type, values);
            } catch (IllegalArgumentException e) {
                String name = e.getMessage().split("[ .\\[]", 2)[0];
                YamlNode place = places.getOrDefault(name, node);
                mistakes.add(place.fault(withKeys(e.getMessage(), type)));
                if (values.remove(name) == null) {
                    return null;
                }
            }
        }
    }

    /** The message with the keys of the file, also of the sections within, instead of the names of components. */
    private String withKeys(String message, Class<?> type) {
        String text = message;
        for (RecordComponent component : Sections.components(type)) {
            text = text.replaceAll("\\b" + component.getName() + "\\b", Sections.key(component));
            Class<?> inner = Sections.innerType(component);
            if (sections.isSection(inner)) {
                text = withKeys(text, inner);
            }
        }
        return text;
    }
}
