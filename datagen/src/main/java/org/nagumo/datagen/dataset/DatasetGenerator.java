package org.nagumo.datagen.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Integration;
import org.nagumo.datagen.simulate.NeuronSimulator;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.datagen.simulate.TraceFile;

/**
 * Makes a data set from a protocol: {@code sequences.bin}, on demand one CSV file a sequence in {@code csv/}, and
 * {@code manifest.json}, which says what it was made from. The same protocol gives the same bytes with any number of
 * threads.
 */
public final class DatasetGenerator {

    /** File of sequences in a data set's folder. */
    public static final String SEQUENCES = "sequences.bin";

    /** Description in a data set's folder. */
    public static final String MANIFEST = "manifest.json";

    private static final int FORMAT_VERSION = 1;

    /** Forms in which the sequences are written. */
    public enum Format {
        BINARY, CSV
    }

    private DatasetGenerator() {
    }

    /**
     * Generates a data set.
     *
     * @param folder   where it is put; made when missing
     * @param formats  forms to write
     * @param threads  worker threads
     * @param progress told the number of sequences that are done
     * @throws InputException when the folder cannot be written
     */
    public static void generate(Protocol protocol, Path folder, Set<Format> formats, int threads,
            IntConsumer progress) {
        NeuronSimulator simulator = new NeuronSimulator(protocol.neuron(), threads);
        List<String> columns = protocol.columns().stream().map(DatasetGenerator::withUnit).toList();
        BinarySequenceRecordWriter writer = null;
        try {
            Files.createDirectories(folder);
            // An older manifest would vouch for files that are about to change.
            Files.deleteIfExists(folder.resolve(MANIFEST));
            if (formats.contains(Format.BINARY)) {
                writer = new BinarySequenceRecordWriter(folder.resolve(SEQUENCES),
                        new SequenceHeader(protocol.dtMs(), columns));
            }
            int block = 16 * threads;
            for (int from = 0; from < protocol.sequences().size(); from += block) {
                int to = Math.min(from + block, protocol.sequences().size());
                List<CurrentTrace> currents = protocol.sequences().subList(from, to);
                List<Trace> traces = simulator.respond(currents);
                for (int k = 0; k < traces.size(); k++) {
                    if (writer != null) {
                        writer.write(select(protocol.columns(), traces.get(k)));
                    }
                    if (formats.contains(Format.CSV)) {
                        TraceFile.write(folder.resolve(csv(from + k)), traces.get(k));
                    }
                }
                progress.accept(to);
            }
            if (writer != null) {
                writer.close();
            }
            AtomicFile.write(folder.resolve(MANIFEST), manifest(protocol, columns, folder, formats));
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(folder + ": cannot be written (" + e.getClass().getSimpleName() + ": "
                    + e.getMessage() + "); allowed: a writable folder with room", e);
        } finally {
            if (writer != null) {
                writer.abandon();
            }
        }
    }

    private static String csv(int sequence) {
        return String.format(Locale.ROOT, "csv/sequence-%05d.csv", sequence);
    }

    private static String withUnit(String column) {
        return switch (column) {
            case "time" -> "time_ms";
            case "current" -> "current_uA_per_cm2";
            case "voltage" -> "voltage_mV";
            default -> column;
        };
    }

    private static float[][] select(List<String> columns, Trace trace) {
        float[][] selected = new float[columns.size()][trace.length()];
        for (int k = 0; k < selected.length; k++) {
            double[] values = switch (columns.get(k)) {
                case "time" -> times(trace);
                case "current" -> trace.current().currentUaPerCm2();
                case "voltage" -> trace.voltageMv();
                default -> trace.states()[trace.stateNames().indexOf(columns.get(k))];
            };
            for (int i = 0; i < values.length; i++) {
                selected[k][i] = (float) values[i];
            }
        }
        return selected;
    }

    private static double[] times(Trace trace) {
        double[] times = new double[trace.length()];
        for (int i = 0; i < times.length; i++) {
            times[i] = i * trace.dtMs();
        }
        return times;
    }

    private static String manifest(Protocol protocol, List<String> columns, Path folder, Set<Format> formats)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        root.put("format_version", FORMAT_VERSION);
        String version = DatasetGenerator.class.getPackage().getImplementationVersion();
        root.put("nagumo_version", version == null ? "development" : version);
        root.put("name", protocol.name());
        root.put("seed", protocol.seed());
        root.put("dt_ms", protocol.dtMs());
        root.put("sequences", protocol.sequences().size());
        columns.forEach(root.putArray("columns")::add);
        ObjectNode neuron = root.putObject("neuron");
        neuron.put("name", protocol.neuron().name());
        for (Parameter p : protocol.neuron().parameters()) {
            neuron.put(p.name(), p.value());
        }
        root.put("integrator", Integration.ADAPTIVE.describe());
        ObjectNode files = root.putObject("sha256");
        if (formats.contains(Format.BINARY)) {
            files.put(SEQUENCES, sha256(folder.resolve(SEQUENCES)));
        }
        if (formats.contains(Format.CSV)) {
            for (int k = 0; k < protocol.sequences().size(); k++) {
                files.put(csv(k), sha256(folder.resolve(csv(k))));
            }
        }
        root.put("protocol", protocol.text());
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SHA-256 checksum of a file, in hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
