package org.nagumo.experiments.configuration;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parts of a configuration: each type of record has a standard, whose values are those of the keys that a file
 * leaves out.
 */
public final class Sections {

    private final Map<Class<?>, Record> standards;

    private Sections(Map<Class<?>, Record> standards) {
        this.standards = standards;
    }

    /** Sections with these standards, one of each type. */
    public static Sections of(Record... standards) {
        return new Sections(Arrays.stream(standards).collect(Collectors.toMap(Record::getClass,
                standard -> standard)));
    }

    Record standard(Class<?> type) {
        return standards.get(type);
    }

    boolean isSection(Class<?> type) {
        return standards.containsKey(type);
    }

    static List<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).filter(c -> c.isAnnotationPresent(Described.class)).toList();
    }

    static String key(RecordComponent component) {
        String stated = component.getAnnotation(Described.class).key();
        return stated.isEmpty() ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) : stated;
    }

    /** The type of a component, or of the items of one that is a list. */
    static Class<?> innerType(RecordComponent component) {
        return component.getType() != List.class ? component.getType()
                : (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record with values for its described components and the standard's for the others. */
    Record make(Class<?> type, Map<String, Object> values) {
        List<Class<?>> types = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            arguments.add(values.containsKey(component.getName()) ? values.get(component.getName())
                    : value(standard(type), component));
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(new Class<?>[0]));
            constructor.setAccessible(true);
            return (Record) constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
