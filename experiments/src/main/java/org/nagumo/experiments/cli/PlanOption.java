package org.nagumo.experiments.cli;

import java.util.Map;
import org.nagumo.experiments.train.TrainingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command changes in a training plan: its neuron and its seed. */
final class PlanOption {

    @Option(names = "--model", paramLabel = "NEURON", description = "Neuron in the place of the plan's: one that"
            + " ships, or a file of equations (.ode). The plan's currents and times are then meant on its scale.")
    private String model;

    @Mixin
    private ModelOption parameters;

    @Option(names = "--seed", paramLabel = "N", description = "Seed in the place of the plan's.")
    private Long seed;

    /** The neuron that is asked for, or null. */
    String model() {
        return model;
    }

    /** The plan with what is asked for. */
    TrainingPlan change(TrainingPlan plan) {
        TrainingPlan changed = seed == null ? plan : plan.withSeed(seed);
        if (model != null) {
            return changed.withNeuron(parameters.neuron(model));
        }
        return parameters.changes() ? changed.withNeuron(parameters.changed(plan.neuron())) : changed;
    }

    /** The neuron as it was typed. */
    String typedNeuron() {
        StringBuilder typed = new StringBuilder(model == null ? "" : " --model " + model);
        for (Map.Entry<String, Double> change : parameters.changed().entrySet()) {
            typed.append(" --set ").append(change.getKey()).append('=').append(change.getValue());
        }
        return typed.toString();
    }
}
