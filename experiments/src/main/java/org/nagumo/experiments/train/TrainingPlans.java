package org.nagumo.experiments.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.protocol.NeuronReader;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.experiments.configuration.RecordReader;
import org.nagumo.experiments.configuration.RecordText;
import org.nagumo.experiments.configuration.Sections;
import org.nagumo.experiments.network.Scaling;

/** Training plans as files in YAML: those that ship, and a person's own. */
public final class TrainingPlans {

    private static final List<String> SHIPPED = List.of("gru-2", "gru-2-quick", "gru-2-plain", "gru-2-readout", "gru-3",
            "gru-3-quick", "gru-8", "fhn-2", "bvp-2", "recording-2", "recording-3");

    private static final Sections SECTIONS = Sections.of(TrainingPlan.STANDARD, Model.STANDARD, DataSource.STANDARD,
            Scaling.HODGKIN_HUXLEY, TrainingPlan.STANDARD.loss(), SampleWeights.STANDARD, Optimiser.STANDARD,
            Stage.STANDARD, Encoder.STANDARD, Start.STANDARD, Validation.STANDARD, HeldOut.STANDARD, Polish.STANDARD);

    private static final RecordText TEXT = new RecordText(SECTIONS,
            Map.of(Neuron.class, neuron -> NeuronReader.write((Neuron) neuron),
                    ProtocolScale.class, scale -> ((ProtocolScale) scale).text()));

    private TrainingPlans() {
    }

    /** Names of the plans that ship with this project, the first being that of the main job. */
    public static List<String> names() {
        return SHIPPED;
    }

    /**
     * A plan that ships, or the one in a file.
     *
     * @throws InputException naming file, line, column, fault and what is allowed: one line for each fault
     */
    public static TrainingPlan named(String nameOrFile) {
        if (SHIPPED.contains(nameOrFile)) {
            try (InputStream in = TrainingPlans.class.getResourceAsStream(nameOrFile + ".yaml")) {
                return parse(nameOrFile + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Path file = Path.of(nameOrFile);
        try {
            return parse(nameOrFile, Files.readString(file)).from(file.getParent());
        } catch (NoSuchFileException e) {
            throw new InputException("there is no training plan '" + nameOrFile + "'; allowed: " + SHIPPED
                    + " or the path of a plan in YAML", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getMessage() + "); allowed: a text file in UTF-8",
                    e);
        }
    }

    /**
     * Reads a plan from its text.
     *
     * @param file named in faults
     * @throws InputException as for {@link #named}
     */
    public static TrainingPlan parse(String file, String text) {
        return new RecordReader(SECTIONS, Map.of(Neuron.class, NeuronReader::read, ProtocolScale.class,
                ProtocolScale::read)).read(file, text,
                "a training plan", TrainingPlan.class);
    }

    /** A plan with all its values, as a file that gives the same plan. */
    public static String write(TrainingPlan plan) {
        return TEXT.yaml(plan);
    }

    /** Every key of a plan and its meaning. */
    public static String describe() {
        return TEXT.describe(TrainingPlan.class);
    }
}
