package org.nagumo.datagen.neuron;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.io.Nearest;

/** The named constants of one neuron model, in their order of documentation. */
public final class Parameters {

    private final String neuron;
    private final List<Parameter> list;

    /**
     * The standard values.
     *
     * @param neuron name of the neuron, for messages
     */
    public Parameters(String neuron, Parameter... list) {
        this(neuron, List.of(list));
    }

    private Parameters(String neuron, List<Parameter> list) {
        this.neuron = neuron;
        this.list = List.copyOf(list);
        for (Parameter p : list) {
            if (!Double.isFinite(p.value())) {
                throw new IllegalArgumentException(neuron + " parameter '" + p.name() + "' is " + p.value()
                        + "; allowed: finite numbers in " + p.unit());
            }
        }
    }

    /** All of them, in their order. */
    public List<Parameter> list() {
        return list;
    }

    /** The value of a parameter that there is. */
    public double value(String name) {
        return list.get(indexOf(name)).value();
    }

    /** The value, which has to be positive. */
    public double positive(String name) {
        double value = value(name);
        if (!(value > 0)) {
            throw new IllegalArgumentException(neuron + " parameter '" + name + "' is " + value
                    + "; allowed: positive numbers in " + list.get(indexOf(name)).unit());
        }
        return value;
    }

    /**
     * The same with some values changed.
     *
     * @throws IllegalArgumentException naming a parameter that there is not, and the nearest that there is
     */
    public Parameters with(Map<String, Double> overrides) {
        List<Parameter> changed = new ArrayList<>(list);
        overrides.forEach((name, value) -> {
            int index = indexOf(name);
            Parameter p = list.get(index);
            changed.set(index, new Parameter(p.name(), value, p.unit(), p.description()));
        });
        return new Parameters(neuron, changed);
    }

    private int indexOf(String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).name().equals(name)) {
                return i;
            }
        }
        List<String> names = list.stream().map(Parameter::name).toList();
        throw new IllegalArgumentException(neuron + " has no parameter '" + name + "'; did you mean '"
                + Nearest.to(name, names) + "'? allowed: " + names);
    }
}
