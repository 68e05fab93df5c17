package org.nagumo.datagen.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nagumo.datagen.io.Beginning;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.protocol.Protocol;
import org.nagumo.datagen.recording.set.RecordingSet;
import org.nagumo.datagen.simulate.BatchSimulator;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.DivergenceException;

/**
 * Makes a data set from a protocol: {@code sequences.bin}, on demand one CSV file a sequence in {@code csv/}, the files
 * that the protocol names in {@code inputs/}, and {@code manifest.json}, from which the same can be made again. The
 * same protocol gives the same bytes with any number of threads and on any machine; an interrupted run goes on where it
 * was. No more than some sequences are in memory at a time.
 */
public final class DatasetGenerator {

    /** File of sequences in a data set's folder. */
    public static final String SEQUENCES = "sequences.bin";

    /** Forms in which the sequences are written. */
    public enum Format {
        BINARY, CSV;

        /** @throws InputException naming the formats there are */
        public static Format named(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "binary" -> BINARY;
                case "csv" -> CSV;
                default -> throw new InputException("format '" + name + "' is unknown; allowed: binary, csv");
            };
        }
    }

    /**
     * How a data set is made; none of it changes the bytes of a file.
     *
     * @param formats   forms to write
     * @param threads   worker threads
     * @param beginning what becomes of a data set that is in the folder
     * @param progress  told how far it is
     */
    public record Options(Set<Format> formats, int threads, Beginning beginning, DatasetProgress progress) {

        public Options {
            formats = EnumSet.copyOf(formats);
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + "; allowed: at least 1");
            }
        }
    }

    /** Hexadecimal digits of the SHA-256 of a name that make the name of its copy: 64 bits. */
    private static final int HASH_DIGITS = 16;

    private DatasetGenerator() {
    }

    /**
     * Generates a data set.
     *
     * @param folder where it is put; made when missing
     * @return the manifest that was written
     * @throws InputException when the folder cannot be written, or holds another data set that was to be resumed or may
     *                        not be replaced
     */
    public static Manifest generate(Protocol protocol, Path folder, Options options) {
        List<String> columns = protocol.columns().stream().map(DatasetGenerator::withUnit).toList();
        SequenceHeader header = new SequenceHeader(protocol.dtMs(), columns);
        Map<String, Path> inputs = new TreeMap<>();
        protocol.files().forEach((name, path) -> inputs.put(kept(name), path));
        return inFolder(folder, () -> {
            Manifest manifest = Manifest.of(protocol, columns, options.formats(), inputs);
            DatasetFolder target = new DatasetFolder(folder, manifest, header, inputs,
                    protocol.lengths(), options);
            try {
                simulate(protocol, columns, target, options);
            } finally {
                target.suspend();
            }
            return Manifest.read(folder.resolve(Manifest.NAME));
        });
    }

    /** The name under which a file that a protocol names is kept: no folders, and different for different files. */
    static String kept(String name) {
        Path path = Path.of(name);
        String last = path.getFileName().toString();
        return path.getNameCount() == 1 && !path.isAbsolute() ? last
                : Checksums.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS) + "-" + last;
    }

    /** A copy keeps its name when the data set is made again. */
    private static String lastName(String name) {
        return Path.of(name).getFileName().toString();
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    static <T> T inFolder(Path folder, Work<T> work) {
        try {
            return work.run();
        } catch (IOException | UncheckedIOException e) {
            Throwable fault = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
            throw new InputException(folder + ": cannot be written (" + fault.getClass().getSimpleName() + ": "
                    + fault.getMessage() + "); what is finished stays, --resume goes on with it; allowed: a writable"
                    + " folder with room", e);
        }
    }

    private static void simulate(Protocol protocol, List<String> columns, DatasetFolder target, Options options)
            throws IOException {
        int[] lengths = protocol.lengths();
        options.progress().accept(Arrays.stream(lengths).limit(target.finished()).asLongStream().sum()
                * DatasetProgress.rounds(options.formats()));
        if (target.complete()) {
            return;
        }
        ExecutorService workers = options.threads() == 1 ? null
                : Executors.newFixedThreadPool(options.threads(), task -> {
                    Thread thread = new Thread(task, "simulation");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            Deque<Running> running = new ArrayDeque<>();
            Deque<BatchBytes> free = new ArrayDeque<>();
            int next = target.finished();
            // Two batches for each of several threads, so that the checksum of the first runs beside the second.
            int batches = options.threads() == 1 ? 1 : 2 * options.threads();
            int lanes = BatchSimulator.lanes(lengths.length - next, batches);
            long at = target.end();
            while (next < lengths.length || !running.isEmpty()) {
                while (next < lengths.length && running.size() <= (workers == null ? 0 : options.threads())) {
                    int from = next;
                    next = end(lengths, from, lanes, columns.size(), options.threads());
                    BatchBytes bytes = free.isEmpty() ? new BatchBytes() : free.remove();
                    Batch batch = new Batch(protocol, bytes, target, at, options.progress(), from, next);
                    at += BatchBytes.sizeOf(Arrays.copyOfRange(lengths, from, next), columns.size());
                    running.add(Running.begin(batch, workers == null ? Runnable::run : workers));
                }
                Running first = running.remove();
                BatchBytes made = result(first.sealed);
                // The checksum goes through the bytes of one batch after the other, while others are written.
                for (int k = 0; k < made.size(); k++) {
                    target.add(made.sequence(k));
                }
                free.add(result(first.written));
            }
            target.finish();
        } finally {
            if (workers != null) {
                workers.shutdownNow();
            }
        }
    }

    private static BatchBytes result(Future<BatchBytes> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulation was interrupted", e);
        }
    }

    /** Where a batch ends: at so many lanes, or where it would take too much of the memory. */
    private static int end(int[] lengths, int from, int lanes, int columns, int threads) {
        long room = Runtime.getRuntime().maxMemory() / 4 / (threads + 1);
        int to = from;
        do {
            // The current, and the columns.
            room -= lengths[to] * (8L + 4L * columns);
            to++;
        } while (to < lengths.length && to < from + lanes && room > 0);
        return to;
    }

    /** A batch under way: its bytes are complete, and then they are written. */
    private record Running(CompletableFuture<BatchBytes> sealed, CompletableFuture<BatchBytes> written) {

        static Running begin(Batch batch, Executor executor) {
            CompletableFuture<BatchBytes> sealed = CompletableFuture.supplyAsync(batch::make, executor);
            return new Running(sealed, sealed.thenApply(batch::write));
        }
    }

    /** Sequences that are simulated together, and written where the file has them; the checksum follows in order. */
    private record Batch(Protocol protocol, BatchBytes bytes, DatasetFolder target, long at, DatasetProgress progress,
            int from, int to) {

        BatchBytes make() {
            List<CurrentTrace> currents = new ArrayList<>(protocol.sequences().subList(from, to));
            List<String> names = protocol.columns();
            bytes.lay(currents.stream().mapToInt(CurrentTrace::length).toArray(), names.size());
            int[] variable = new int[names.size()];
            for (int c = 0; c < variable.length; c++) {
                String name = names.get(c);
                boolean given = name.equals("time") || name.equals("current");
                variable[c] = given ? -1 : name.equals("voltage") ? 0 : protocol.neuron().stateNames().indexOf(name);
                for (int k = 0; given && k < currents.size(); k++) {
                    give(name, currents.get(k), k, c);
                }
            }
            record(currents, variable);
            bytes.seal();
            return bytes;
        }

        BatchBytes write(BatchBytes made) {
            try {
                target.put(made.all(), at);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (int k = 0; target.wantsCsv() && k < made.size(); k++) {
                float[][] columns = made.columns(k);
                target.writeCsv(from + k, columns);
                progress.accept(columns[0].length);
            }
            return made;
        }

        private void give(String name, CurrentTrace current, int sequence, int column) {
            for (int t = 0; t < current.length(); t++) {
                double value = name.equals("time") ? t * current.dtMs() : current.currentUaPerCm2()[t];
                if (Math.abs(value) > Float.MAX_VALUE) {
                    throw new InputException("sequence " + (from + sequence) + ": " + name + " is " + value
                            + "; allowed: numbers that float32 holds");
                }
                bytes.put(sequence, column, t, value);
            }
        }

        private void record(List<CurrentTrace> currents, int[] variable) {
            try {
                new BatchSimulator(protocol.neuron(), protocol.neuron().restState(), protocol.integration(),
                        currents.size()).run(currents, (trace, sample, states, lane) -> {
                            for (int c = 0; c < variable.length; c++) {
                                if (variable[c] >= 0) {
                                    bytes.put(trace, c, sample, states[variable[c]][lane]);
                                }
                            }
                        }, progress::accept);
            } catch (DivergenceException e) {
                throw new DivergenceException(from + e.trace(), "sequence " + (from + e.trace()) + ": "
                        + e.getMessage());
            }
        }
    }

    private static String withUnit(String column) {
        return switch (column) {
            case "time" -> "time_ms";
            case "current" -> "current_uA_per_cm2";
            case "voltage" -> "voltage_mV";
            default -> column;
        };
    }

    /** How much there is to do to {@link #regenerate}, in the units of {@link DatasetProgress#accept}. */
    public static long work(Path file, Set<Format> formats) {
        Manifest old = Manifest.read(file);
        return old.protocol() == null ? Recordings.work(recordings(file, old), formats)
                : work(protocol(file, old), formats);
    }

    /** How much there is to do to {@link #generate}, in the units of {@link DatasetProgress#accept}. */
    public static long work(Protocol protocol, Set<Format> formats) {
        return protocol.samples() * DatasetProgress.rounds(formats);
    }

    private static Path home(Path file) {
        return file.toAbsolutePath().getParent();
    }

    /** The recordings of a manifest, read from the copies beside it. */
    private static RecordingSet recordings(Path file, Manifest manifest) {
        if (manifest.recordings() == null) {
            throw new InputException(file + ": has neither a protocol nor recordings, so that the data set cannot be"
                    + " made again; allowed: a manifest that 'generate' wrote");
        }
        return RecordingSet.parse(file + " (recordings)", manifest.recordings(), pattern ->
                RecordedMarks.files(manifest.json(), pattern).stream()
                        .map(name -> DatasetFolder.input(home(file), name)).toList());
    }

    private static Protocol protocol(Path file, Manifest manifest) {
        return Protocol.parse(file + " (protocol)", manifest.protocol(),
                name -> DatasetFolder.input(home(file), kept(name)));
    }

    /**
     * Makes a data set again from its manifest, and holds the result to its checksums.
     *
     * @param file   the manifest; the files that the data set was made from are beside it, in {@code inputs/}
     * @param folder where the data set is put; may be the same
     * @throws InputException when a file has changed, or the result is not the same
     */
    public static Manifest regenerate(Path file, Path folder, Options options) {
        Manifest old = Manifest.read(file);
        old.requireChecksums(file);
        Path home = home(file);
        inFolder(folder, () -> {
            for (Map.Entry<String, String> input : old.inputs().entrySet()) {
                Path kept = DatasetFolder.input(home, input.getKey());
                if (!Files.exists(kept) || !Checksums.of(kept).equals(input.getValue())) {
                    throw new InputException(kept + ": is missing or has changed; allowed: the file that " + file
                            + " was made with");
                }
            }
            return null;
        });
        Manifest made = old.protocol() == null
                ? Recordings.make(recordings(file, old), DatasetGenerator::lastName, folder, options)
                : generate(protocol(file, old), folder, options);
        Collection<String> both = new ArrayList<>(old.checksums().keySet());
        both.retainAll(made.checksums().keySet());
        for (String name : both) {
            if (!old.checksums().get(name).equals(made.checksums().get(name))) {
                throw new InputException(folder.resolve(name) + ": is not what " + file + " tells of, made by version "
                        + old.json().path("nagumo_version").asText() + " of this program; allowed: the same version");
            }
        }
        return made;
    }
}
