package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A system of ordinary differential equations
 * <pre>
 *   w_k = w_k(t, x, p, u, w)      temporaries, each evaluated once
 *   dx_i/dt = f_i(t, x, p, u, w)
 *   y_j = y_j(t, x, p, u, w)      outputs
 * </pre>
 * with states x, parameters p, inputs u and the time t, which expressions call {@link #TIME}. The system is immutable;
 * its faults are found when it is built, see {@link Builder#build()}. Names are case-sensitive.
 */
public final class EquationSystem {

    /** The name of the time in expressions. */
    public static final String TIME = "t";

    private final String name;
    private final List<State> states;
    private final List<Parameter> parameters;
    private final List<Input> inputs;
    private final List<Definition> temporaries;
    private final List<Definition> outputs;
    private final SystemFormulas formulas;

    private EquationSystem(Builder builder, List<Definition> ordered) {
        name = builder.name;
        states = List.copyOf(builder.states);
        parameters = List.copyOf(builder.parameters);
        inputs = List.copyOf(builder.inputs);
        temporaries = List.copyOf(ordered);
        outputs = List.copyOf(builder.outputs);
        formulas = new SystemFormulas(this);
    }

    /** The same equations with other values. */
    private EquationSystem(EquationSystem equations, List<State> states, List<Parameter> parameters,
            List<Input> inputs) {
        name = equations.name;
        this.states = states;
        this.parameters = parameters;
        this.inputs = inputs;
        temporaries = equations.temporaries;
        outputs = equations.outputs;
        formulas = equations.formulas;
    }

    /**
     * Starts a system.
     *
     * @param name what messages call it
     * @return a builder without equations
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * What messages call the system.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The states in the order of the state vector.
     *
     * @return at least one
     */
    public List<State> states() {
        return states;
    }

    /**
     * The parameters.
     *
     * @return in the order in which they were added
     */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * The inputs.
     *
     * @return in the order of the input vector, may be empty
     */
    public List<Input> inputs() {
        return inputs;
    }

    /**
     * The temporaries in an order in which they can be evaluated: each uses only those before it.
     *
     * @return may be empty
     */
    public List<Definition> temporaries() {
        return temporaries;
    }

    /**
     * The outputs.
     *
     * @return in the order in which they were added, may be empty
     */
    public List<Definition> outputs() {
        return outputs;
    }

    /**
     * Whether the right-hand sides depend on the time.
     *
     * @return false if the system is autonomous
     */
    public boolean dependsOnTime() {
        return formulas.dependsOnTime();
    }

    /**
     * The same equations with other values of parameters, of inputs, or initial values of states.
     *
     * @param values the new values by name
     * @return the system; it shares all compiled code with this one
     * @throws IllegalArgumentException naming a quantity that does not exist or a value that is not finite
     */
    public EquationSystem with(Map<String, Double> values) {
        values.forEach((quantity, value) -> {
            if (states.stream().noneMatch(s -> s.name().equals(quantity))) {
                requireParameterOrInput(quantity);
            }
            requireFinite(quantity, value);
        });
        return new EquationSystem(this,
                states.stream().map(s -> new State(s.name(), s.derivative(),
                        values.getOrDefault(s.name(), s.initial()), s.unit(), s.comment())).toList(),
                parameters.stream().map(p -> new Parameter(p.name(), values.getOrDefault(p.name(), p.value()),
                        p.unit(), p.comment())).toList(),
                inputs.stream().map(i -> new Input(i.name(), values.getOrDefault(i.name(), i.value()), i.unit(),
                        i.comment())).toList());
    }

    /**
     * The same equations with one parameter as an input, the only one; inputs become parameters. So every analysis by
     * the input is one by any parameter.
     *
     * @param parameter the name of a parameter or input
     * @return the system
     * @throws IllegalArgumentException if there is no such parameter or input
     * @throws InvalidSystemException   if no equation depends on it
     */
    public EquationSystem withInput(String parameter) {
        requireParameterOrInput(parameter);
        Builder builder = builder(name);
        states.forEach(builder::state);
        for (Parameter p : parameters) {
            if (p.name().equals(parameter)) {
                builder.input(new Input(p.name(), p.value(), p.unit(), p.comment()));
            } else {
                builder.parameter(p);
            }
        }
        for (Input i : inputs) {
            if (i.name().equals(parameter)) {
                builder.input(i);
            } else {
                builder.parameter(new Parameter(i.name(), i.value(), i.unit(), i.comment()));
            }
        }
        temporaries.forEach(builder::temporary);
        outputs.forEach(builder::output);
        return builder.build();
    }

    /**
     * The same system in the form in which it is computed: removable singularities such as that of
     * {@code x/(1-exp(-x))} are calls of {@link Function#LINOID}, so that the text of the equations in another language
     * has a value wherever the compiled code has one. Parts that are used more than once are temporaries
     * {@code w1, w2, ..}.
     *
     * @return a system whose derivatives and outputs have the values of this one's
     */
    public EquationSystem regular() {
        return new RegularForm(this).system();
    }

    void requireParameterOrInput(String quantity) {
        if (parameters.stream().noneMatch(p -> p.name().equals(quantity))
                && inputs.stream().noneMatch(i -> i.name().equals(quantity))) {
            throw new IllegalArgumentException(name + " has no parameter or input '" + quantity + "'; allowed: "
                    + Stream.concat(parameters.stream().map(Parameter::name), inputs.stream().map(Input::name))
                            .collect(Collectors.joining(", ")));
        }
    }

    /**
     * The system at its parameter values, ready to be evaluated.
     *
     * @return compiled code for all times, states and inputs
     */
    public CompiledSystem compile() {
        return new CompiledSystem(this, formulas);
    }

    /**
     * The vector field as a function of the states and the first input.
     *
     * @return the field at the system's parameter values; without inputs, the field's input has no effect
     * @throws IllegalArgumentException if the system depends on the time
     */
    public SystemField field() {
        return field(0);
    }

    /**
     * The vector field as a function of the states and one of several inputs; the others have their own values.
     *
     * @param input the name of the input
     * @return the field at the system's parameter values
     * @throws IllegalArgumentException if there is no such input, or if the system depends on the time
     */
    public SystemField field(String input) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(input)) {
                return field(i);
            }
        }
        throw new IllegalArgumentException(name + " has no input '" + input + "'; allowed: "
                + inputs.stream().map(Input::name).collect(Collectors.joining(", ")));
    }

    private SystemField field(int input) {
        if (dependsOnTime()) {
            throw new IllegalArgumentException(name + " depends on the time " + TIME
                    + "; allowed: an autonomous system");
        }
        return new SystemField(compile(), formulas.enclosure(
                parameters.stream().mapToDouble(Parameter::value).toArray()), inputs.isEmpty() ? -1 : input);
    }

    static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed: finite numbers");
        }
    }

    /** Collects the quantities of a system in any order. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final List<State> states = new ArrayList<>();
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Input> inputs = new ArrayList<>();
        private final List<Definition> temporaries = new ArrayList<>();
        private final List<Definition> outputs = new ArrayList<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Adds a state.
         *
         * @param state the state
         * @return this builder
         */
        public Builder state(State state) {
            states.add(Objects.requireNonNull(state));
            return this;
        }

        /**
         * Adds a parameter.
         *
         * @param parameter the parameter
         * @return this builder
         */
        public Builder parameter(Parameter parameter) {
            parameters.add(Objects.requireNonNull(parameter));
            return this;
        }

        /**
         * Adds an input.
         *
         * @param input the input
         * @return this builder
         */
        public Builder input(Input input) {
            inputs.add(Objects.requireNonNull(input));
            return this;
        }

        /**
         * Adds a temporary, which may use temporaries that are added later.
         *
         * @param temporary the temporary
         * @return this builder
         */
        public Builder temporary(Definition temporary) {
            temporaries.add(Objects.requireNonNull(temporary));
            return this;
        }

        /**
         * Adds an output, which no expression may use.
         *
         * @param output the output
         * @return this builder
         */
        public Builder output(Definition output) {
            outputs.add(Objects.requireNonNull(output));
            return this;
        }

        /**
         * Checks everything and builds the system.
         *
         * @return the system
         * @throws InvalidSystemException with all faults: no state, a name that is invalid, defined twice or unknown, a
         *                                cycle of temporaries, an input that no equation depends on, a division by the
         *                                constant 0
         */
        public EquationSystem build() {
            SystemCheck check = new SystemCheck(states, parameters, inputs, temporaries, outputs);
            if (!check.faults().isEmpty()) {
                throw new InvalidSystemException(check.faults());
            }
            return new EquationSystem(this, check.ordered());
        }
    }
}
