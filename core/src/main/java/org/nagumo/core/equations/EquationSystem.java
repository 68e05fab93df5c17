package org.nagumo.core.equations;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    private EquationSystem(Builder builder, List<Definition> ordered) {
        name = builder.name;
        states = List.copyOf(builder.states);
        parameters = List.copyOf(builder.parameters);
        inputs = List.copyOf(builder.inputs);
        temporaries = List.copyOf(ordered);
        outputs = List.copyOf(builder.outputs);
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
