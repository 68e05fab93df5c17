package org.nagumo.experiments.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;

/**
 * Where a network comes from: enough to make it again.
 *
 * @param command           the command that trained it
 * @param teacher           the neuron it imitates
 * @param teacherParameters the neuron's parameters that are not the standard ones
 * @param teacherSha256     checksum of the neuron's file of equations; null for a neuron that ships and for recordings
 * @param seed              seed of the training
 * @param planSha256        checksum of the plan of the training, null where none is known
 * @param dataSha256        checksum of the training data
 * @param trainingLoss      loss by which it was chosen
 * @param validationScore   score by which it was chosen among the last, the lower the better; null where there was none
 * @param version           version of this project
 * @param java              version of Java
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Provenance(String command, String teacher, Map<String, Double> teacherParameters,
        String teacherSha256, long seed, String planSha256, String dataSha256, double trainingLoss,
        Double validationScore, String version, String java) {

    public Provenance {
        teacherParameters = teacherParameters == null ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(teacherParameters));
    }

    /**
     * The neuron that was imitated, with the parameters that it had.
     *
     * @return none for recordings, and for a neuron of the user's own, whose equations are in its data set's manifest
     */
    public Optional<Neuron> neuron() {
        return teacherSha256 == null && Neurons.names().contains(teacher)
                ? Optional.of(Neurons.named(teacher).with(teacherParameters)) : Optional.empty();
    }

    /** Of a network whose plan is not known, with a neuron of standard parameters. */
    public Provenance(String command, String teacher, long seed, String dataSha256, double trainingLoss,
            String version, String java) {
        this(command, teacher, Map.of(), null, seed, null, dataSha256, trainingLoss, null, version, java);
    }
}
