package org.nagumo.experiments.reproduce;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.simulate.ExcitableSystem;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.experiments.evaluate.Battery;
import org.nagumo.experiments.evaluate.Evaluation;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.evaluate.Origin;
import org.nagumo.experiments.evaluate.Recorded;
import org.nagumo.experiments.evaluate.Response;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.NetworkSystem;

/** Any student beside any teacher. */
public final class Evaluations {

    private static final String REDUCED = "hh";
    private static final String REDUCTION = "rinzel";

    /** Keys of a neuron that is given by its equations. */

    private Evaluations() {
    }

    /**
     * A neuron that was measured, beside which any number of students can be held.
     *
     * @param battery   how
     * @param teacher   what it is
     * @param response  what was measured of it
     * @param reduction what was measured of its reduction; null where there is none
     */
    public record Measured(Battery battery, Origin teacher, Response response, Response reduction) {

        /** Whether this is what a battery measures of a neuron. */
        public boolean isOf(Battery other, Neuron neuron) {
            return battery.equals(other) && teacher.equals(origin(neuron));
        }

        /**
         * Measures a student beside it.
         *
         * @param student  a network or a neuron
         * @param partDone told after each of {@link Battery#parts} parts
         */
        public Evaluation beside(ExcitableSystem student, Runnable partDone) {
            return Evaluation.of(battery, teacher, origin(student), response, battery.measure(student, partDone),
                    reduction);
        }
    }

    /** Parts of an evaluation beside a neuron that is measured too, for its progress. */
    public static long parts(Battery battery, Neuron teacher) {
        return (reduction(teacher).isPresent() ? 3L : 2L) * battery.parts();
    }

    /**
     * Measures a neuron and, where that is Hodgkin and Huxley's, its reduction with the same parameters, unless that
     * does not rest.
     *
     * @param threads  worker threads; do not change the results
     * @param partDone told after each part: those of {@link #parts} without the student's
     */
    public static Measured measure(Battery battery, Neuron teacher, int threads, Runnable partDone) {
        return new Measured(battery, origin(teacher), battery.measure(new NeuronSimulator(teacher, threads), partDone),
                reduction(teacher).map(neuron -> battery.measure(new NeuronSimulator(neuron, threads), partDone))
                        .orElse(null));
    }

    /**
     * Measures a neuron, as {@link #measure} does, and a student beside it.
     *
     * @param student  a network or a neuron
     * @param threads  worker threads; do not change the results
     * @param partDone told after each of {@link #parts} parts
     */
    public static Evaluation of(Battery battery, Neuron teacher, ExcitableSystem student, int threads,
            Runnable partDone) {
        return measure(battery, teacher, threads, partDone).beside(student, partDone);
    }

    /**
     * Measures a student beside a recording.
     *
     * @param name     name of the recording
     * @param sha256   checksum of its file
     * @param progress told how many more samples are done
     */
    public static Evaluation of(Recorded recorded, String name, String sha256, ExcitableSystem student,
            LongConsumer progress) {
        return Evaluation.of(null, new Origin(Origin.Kind.RECORDING, name, Map.of(), Map.of("sha256", sha256)),
                origin(student), recorded.teacher(name), recorded.measure(student, progress), null);
    }

    /**
     * The neuron that a network imitates, with the parameters that it had.
     *
     * @throws InputException when what it was trained on is no neuron
     */
    public static Neuron teacher(NetworkCard card) {
        return card.provenance().neuron().orElseThrow(() -> new InputException(card.name() + " was trained on '"
                + card.provenance().teacher() + "', which is no neuron; allowed: --teacher with one of "
                + Neurons.names() + " or a recording"));
    }

    /** Whether an evaluation is that of a student beside a neuron by a battery. */
    static boolean isOf(Evaluation evaluation, Battery battery, Neuron teacher, ExcitableSystem student) {
        return battery.equals(evaluation.battery()) && origin(teacher).equals(evaluation.teacherOrigin())
                && origin(student).equals(evaluation.studentOrigin());
    }

    /** The battery for a network beside the neuron that it imitates. */
    public static Battery battery(NetworkCard card, int trials) {
        return new Battery(card.dtMs(), trials, card.provenance().neuron().map(NeuronScale::of)
                .orElse(NeuronScale.MEMBRANE));
    }

    /** The reduction with the teacher's parameters; none where it fires of itself, though the teacher rests. */
    private static Optional<Neuron> reduction(Neuron teacher) {
        if (!teacher.name().equals(REDUCED)) {
            return Optional.empty();
        }
        Neuron reduction = Neurons.named(REDUCTION).with(values(teacher));
        try {
            reduction.restState();
            return Optional.of(reduction);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Double> values(Neuron neuron) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : neuron.parameters()) {
            values.put(parameter.name(), parameter.value());
        }
        return values;
    }

    /** What a neuron is. */
    public static Origin origin(Neuron neuron) {
        return new Origin(Origin.Kind.NEURON, neuron.name(), values(neuron), equations(neuron));
    }

    /** The equations of a neuron that a name does not identify. */
    private static Map<String, String> equations(Neuron neuron) {
        Map<String, String> equations = new LinkedHashMap<>();
        if (neuron instanceof EquationNeuron own && !own.ships()) {
            equations.put(Origin.EQUATIONS, own.file().text());
            if (own.choice().input() != null) {
                equations.put(Origin.INPUT, own.choice().input());
            }
            if (own.choice().output() != null) {
                equations.put(Origin.OUTPUT, own.choice().output());
            }
        }
        return equations;
    }

    private static Origin origin(ExcitableSystem student) {
        if (student instanceof NetworkSystem network) {
            return new Origin(Origin.Kind.NETWORK, network.name(), Map.of(), strings(network.card()));
        }
        if (student instanceof NeuronSimulator simulator) {
            return origin(simulator.neuron());
        }
        throw new IllegalArgumentException(student.name() + " is a " + student.getClass().getSimpleName()
                + "; allowed: a network or a neuron");
    }

    /** What a network is, and all that its card says of where it comes from, whatever that is. */
    private static Map<String, String> strings(NetworkCard card) {
        Map<String, String> strings = new LinkedHashMap<>();
        new ObjectMapper().valueToTree(card.provenance()).properties().forEach(field -> strings.put(field.getKey(),
                field.getValue().isValueNode() ? field.getValue().asText() : field.getValue().toString()));
        strings.put("units", Integer.toString(card.units()));
        strings.put("features", Integer.toString(card.features()));
        strings.put("readoutUnits", Integer.toString(card.readoutUnits()));
        strings.put(Origin.PARAMETER_COUNT, Integer.toString(card.parameters()));
        return strings;
    }
}
