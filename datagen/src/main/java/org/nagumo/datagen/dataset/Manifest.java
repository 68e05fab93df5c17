package org.nagumo.datagen.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nagumo.datagen.dataset.DatasetGenerator.Format;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.EquationNeuron;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.recording.set.PreparedRecordings;
import org.nagumo.datagen.recording.set.RecordedSequence;
import org.nagumo.datagen.recording.set.RecordingSet;

/**
 * What a data set was made from, so that it can be made again: as JSON, {@code manifest.json} in its folder. It holds
 * the protocol's text or the names of recordings, seed, neuron with all parameters, method, version of this program,
 * and the SHA-256 checksum of every file.
 *
 * @param json the content; not to be modified
 */
public record Manifest(ObjectNode json) {

    /** Its name in the folder of a data set. */
    public static final String NAME = "manifest.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT_VERSION = 2;

    /**
     * What there is to say before anything has been made.
     *
     * @param inputs the files that the data set is made from, under the names they have in its folder
     */
    static Manifest of(Protocol protocol, List<String> columns, Iterable<Format> formats, Map<String, Path> inputs)
            throws IOException {
        ObjectNode root = begin(protocol.name(), protocol.dtMs(), protocol.sequences().size(), columns, formats);
        root.put("seed", protocol.seed());
        neuron(root.putObject("neuron"), protocol.neuron());
        root.put("integrator", protocol.integration().describe());
        inputs(root, inputs);
        root.put("protocol", protocol.text());
        return new Manifest(root);
    }

    /** A neuron of the user's own has its equations, and its parameters apart, for they may have any name. */
    private static void neuron(ObjectNode node, Neuron neuron) {
        node.put("name", neuron.name());
        ObjectNode parameters = node;
        if (neuron instanceof EquationNeuron own && !own.ships()) {
            node.put("equations", own.file().text());
            node.put("input", own.choice().input());
            node.put("output", own.choice().output());
            parameters = node.putObject("parameters");
        }
        for (Parameter p : neuron.parameters()) {
            parameters.put(p.name(), p.value());
        }
    }

    /**
     * For recordings.
     *
     * @param names names of their files in the folder of the data set
     */
    static Manifest of(RecordingSet set, PreparedRecordings prepared, Iterable<Format> formats,
            Map<Path, String> names) throws IOException {
        ObjectNode root = begin(set.name(), prepared.dtMs(), prepared.sequences().size(), prepared.columns(), formats);
        Map<String, Path> inputs = new TreeMap<>();
        names.forEach((file, name) -> inputs.put(name, file));
        inputs(root, inputs);
        RecordedMarks.write(root, set, prepared, names);
        return new Manifest(root);
    }

    private static ObjectNode begin(String name, double dtMs, int sequences, List<String> columns,
            Iterable<Format> formats) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format_version", FORMAT_VERSION);
        String version = Manifest.class.getPackage().getImplementationVersion();
        root.put("nagumo_version", version == null ? "development" : version);
        root.put("name", name);
        root.put("dt_ms", dtMs);
        root.put("sequences", sequences);
        columns.forEach(root.putArray("columns")::add);
        formats.forEach(format -> root.withArray("formats").add(format.name().toLowerCase(Locale.ROOT)));
        return root;
    }

    private static void inputs(ObjectNode root, Map<String, Path> inputs) throws IOException {
        ObjectNode node = root.putObject("inputs");
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            node.put(input.getKey(), Checksums.of(input.getValue()));
        }
    }

    /** The same with the checksums of the files that were made. */
    Manifest with(Map<String, String> checksums) {
        ObjectNode root = json.deepCopy();
        ObjectNode files = root.putObject("sha256");
        new TreeMap<>(checksums).forEach(files::put);
        return new Manifest(root);
    }

    /**
     * Reads a manifest.
     *
     * @throws InputException naming the file and its fault
     */
    public static Manifest read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (!(root instanceof ObjectNode object) || !root.path("format_version").isInt()) {
                throw new InputException(file + ": is not a manifest; allowed: one that 'generate' wrote");
            }
            if (root.path("format_version").asInt() != FORMAT_VERSION) {
                throw new InputException(file + ": has format version " + root.path("format_version").asInt()
                        + "; allowed: " + FORMAT_VERSION);
            }
            return new Manifest(object);
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": is not a manifest (" + e.getOriginalMessage() + "); allowed: one that"
                    + " 'generate' wrote", e);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a manifest", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e + "); allowed: a manifest", e);
        }
    }

    /** Whether both tell of the same data set, made or to be made. */
    boolean describesTheSameAs(Manifest other) {
        return differences(other).isEmpty();
    }

    /** The entries in which two manifests differ, checksums of what was made aside. */
    List<String> differences(Manifest other) {
        List<String> different = new ArrayList<>();
        ObjectNode all = json.deepCopy();
        all.setAll(other.json);
        for (Iterator<String> names = all.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!name.equals("sha256") && !json.path(name).toString().equals(other.json.path(name).toString())) {
                different.add(name);
            }
        }
        return different;
    }

    /** The neuron with its parameters, or null when the data set holds recordings. */
    public Neuron neuron() {
        if (!json.path("neuron").isObject()) {
            return null;
        }
        JsonNode neuron = json.path("neuron");
        boolean own = neuron.path("equations").isTextual();
        Map<String, Double> parameters = new TreeMap<>();
        (own ? neuron.path("parameters") : neuron).properties().stream().filter(entry -> entry.getValue().isNumber())
                .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asDouble()));
        String name = neuron.path("name").asText();
        Neuron standard = own ? EquationNeuron.parse(name, neuron.path("equations").asText(),
                new OdeChoice(neuron.path("input").textValue(), neuron.path("output").textValue()))
                : Neurons.named(name);
        return standard.with(parameters);
    }

    /** The text of the protocol, or null when the data set holds recordings. */
    public String protocol() {
        return json.path("protocol").isTextual() ? json.path("protocol").asText() : null;
    }

    /** The text that lists the recordings, or null when the data set holds none. */
    public String recordings() {
        return json.path(RecordedMarks.TEXT).isTextual() ? json.path(RecordedMarks.TEXT).asText() : null;
    }

    /**
     * Where each sequence of a data set of recordings comes from, which of them are held out, and which repeat one
     * current.
     *
     * @return one entry for each sequence, their files by the names in the manifest; empty when the data set was
     *         simulated
     */
    public List<RecordedSequence> recorded() {
        return RecordedMarks.read(json);
    }

    /** Number of sequences. */
    public int sequences() {
        return json.path("sequences").asInt();
    }

    /** Forms in which the sequences were written. */
    public List<Format> formats() {
        List<Format> formats = new ArrayList<>();
        json.path("formats").forEach(name -> formats.add(Format.named(name.asText())));
        return formats;
    }

    /** SHA-256 checksums of the files that the data set was made from, by their names. */
    public Map<String, String> inputs() {
        return texts("inputs");
    }

    /** SHA-256 checksums of the files that were made, by their names in the folder. */
    public Map<String, String> checksums() {
        return texts("sha256");
    }

    /**
     * Makes sure that it vouches for every file of its data set.
     *
     * @param file where it was read, for the message
     * @throws InputException naming it and the first file whose checksum it lacks
     */
    void requireChecksums(Path file) {
        Map<String, String> checksums = checksums();
        for (String name : DatasetFolder.files(formats(), sequences())) {
            if (!checksums.containsKey(name)) {
                throw new InputException(file + ": has no checksum of " + name + "; allowed: the manifest as it was"
                        + " made, with the checksum of every file");
            }
        }
    }

    private Map<String, String> texts(String field) {
        Map<String, String> texts = new TreeMap<>();
        json.path(field).properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
