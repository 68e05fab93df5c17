package org.nagumo.datagen.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Integration;

/**
 * A data set as a person writes it down: a neuron, a sampling step, a seed and groups of sequences, each with a
 * stimulus. The same text gives the same currents, to the last bit.
 *
 * <pre>
 *   name: steps-and-noise
 *   model: {name: hh, parameters: {gNa: 120}}
 *   sampling: {dt_ms: 0.1, columns: [current, voltage, m, h, n]}
 *   integration: {method: adaptive}
 *   seed: 42
 *   clip: [-20, 40]
 *   sequences:
 *     - {duration_ms: 600, count: 21, stimulus: {kind: step, amplitude: {from: 0, to: 20, steps: 21}, onset_ms: 50,
 *        duration_ms: 500}}
 * </pre>
 *
 * <p>A neuron of your own is a file of equations beside the protocol, <code>model: {file: my-neuron.ode}</code>; see
 * {@link NeuronReader}.
 *
 * <p>The currents and times of a protocol may be meant on the scale of another neuron: {@code scale: {current: 14.1,
 * time: 8.3}} multiplies them, see {@link ProtocolScale}.
 *
 * <p>{@code name}, {@code sampling.dt_ms} and {@code sequences} have to be there. {@code integration} is
 * {@code adaptive} unless it says {@code runge-kutta-4} or {@code exponential-euler}, with a {@code step_ms}.
 *
 * @param name        name of the data set
 * @param text        the YAML text it was read from
 * @param neuron      the neuron with its parameters
 * @param dtMs        sampling step in ms, on the neuron's scale
 * @param columns     columns of the data set in order, from time, current, voltage and the neuron's other states
 * @param integration how the neuron is integrated
 * @param seed        seed of all draws
 * @param scale       the scale on which the currents and times of the text are meant
 * @param files       the files that the protocol names, by the name in the text
 * @param sequences   the currents, each drawn when it is asked for
 */
public record Protocol(String name, String text, Neuron neuron, double dtMs, List<String> columns,
        Integration integration, long seed, ProtocolScale scale, Map<String, Path> files, List<CurrentTrace> sequences) {

    public Protocol {
        columns = List.copyOf(columns);
        files = Map.copyOf(files);
    }

    private static final List<String> SHIPPED = List.of("training-mix", "validation-noise",
            "validation-responses", "polish-noise", "polish-responses", "fhn-training", "bvp-training",
            "steps-and-noise", "strength-duration", "fitzhugh-nagumo");

    /** Samples in one sequence: a sequence is held in memory. */
    public static final int MOST_SAMPLES = 10_000_000;

    /**
     * Reads a protocol.
     *
     * @throws InputException naming file, line, column, fault and what is allowed: one line for each fault in the file
     */
    public static Protocol read(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return parse(file.toString(), Files.readString(file), folder::resolve);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a protocol in YAML", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getMessage() + "); allowed: a text file in UTF-8",
                    e);
        }
    }

    /** Names of the protocols that ship with this module. */
    public static List<String> shippedNames() {
        return SHIPPED;
    }

    /** Reads a protocol that ships with this module, such as {@code training-mix}. */
    public static Protocol shipped(String name) {
        String resource = "/org/nagumo/datagen/protocols/" + name + ".yaml";
        try (InputStream in = Protocol.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new InputException("no protocol '" + name + "' ships with this project; allowed: " + SHIPPED);
            }
            return parse(name + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8), file -> Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same currents injected into another neuron, of which all columns are written.
     *
     * @throws InputException when the protocol's currents are none for this neuron
     */
    public Protocol withNeuron(Neuron other) {
        return with(other, Map.of());
    }

    /**
     * The same currents on the scale of another neuron, of which all columns are written.
     *
     * @param other  the neuron
     * @param units  its scale in units of this protocol's
     * @param lowest smallest current, before it is scaled; smaller ones are raised to it
     * @param highest largest current, before it is scaled; larger ones are lowered to it
     * @return the protocol
     * @throws InputException when the protocol's currents are none for this neuron
     */
    public Protocol onScale(Neuron other, ProtocolScale units, double lowest, double highest) {
        return with(other, Map.of("scale", scale.times(units).text(), "clip", "[" + lowest + ", " + highest + "]"));
    }

    private Protocol with(Neuron other, Map<String, String> values) {
        return parse(name + " with " + other.name(), ProtocolReader.withNeuron(text, other, values), files::get);
    }

    /**
     * The protocol of that name that ships, or the one in a file.
     *
     * @throws InputException as for {@link #read(Path)}
     */
    public static Protocol named(String nameOrFile) {
        return SHIPPED.contains(nameOrFile) ? shipped(nameOrFile) : read(Path.of(nameOrFile));
    }

    /** Samples of each sequence, which are known before it is drawn. */
    public int[] lengths() {
        return ((DrawnCurrents) sequences).lengths();
    }

    /** Samples of all sequences. */
    public long samples() {
        return Arrays.stream(lengths()).asLongStream().sum();
    }

    /**
     * Reads a protocol from its text.
     *
     * @param file  named in faults
     * @param where finds the files that stimuli name
     * @throws InputException as for {@link #read(Path)}
     */
    public static Protocol parse(String file, String text, Function<String, Path> where) {
        return new ProtocolReader(file, text, where).read();
    }
}
