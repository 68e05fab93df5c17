package org.nagumo.experiments.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nagumo.datagen.dataset.Checksums;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;

/**
 * The file in which a training keeps its state, so that it can be killed at any moment and gone on with. It appears
 * whole or not at all, and says by its checksums what plan and what data it belongs to and whether it is as it was
 * written.
 *
 * <p>Big-endian: the characters {@code NGMCHECK}, the format version, the checksums of plan and data, the state, and
 * the SHA-256 checksum of all that, as text.
 */
public final class CheckpointFile {

    private static final String MAGIC = "NGMCHECK";
    private static final int FORMAT_VERSION = 3;
    private static final int DIGEST_LENGTH = 64;

    private final Path file;
    private final String plan;
    private final String data;
    private final long everyMs;

    /**
     * @param file    the file
     * @param plan    checksum of the plan
     * @param data    checksum of the data
     * @param everyMs how often the state is kept
     */
    public CheckpointFile(Path file, String plan, String data, long everyMs) {
        if (everyMs < 1) {
            throw new IllegalArgumentException("everyMs is " + everyMs + "; allowed: positive numbers");
        }
        this.file = file;
        this.plan = plan;
        this.data = data;
        this.everyMs = everyMs;
    }

    /** Keeps nothing. */
    static CheckpointFile none() {
        return new CheckpointFile(null, "", "", 1000);
    }

    long everyMs() {
        return everyMs;
    }

    /** Removes the checkpoint and what a killed process left of one. */
    public void clear() {
        try {
            Files.deleteIfExists(file);
            removeParts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeParts() throws IOException {
        if (Files.isDirectory(file.toAbsolutePath().getParent())) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(file.toAbsolutePath().getParent(),
                    "." + file.getFileName() + ".*.part")) {
                for (Path part : parts) {
                    Files.delete(part);
                }
            }
        }
    }

    void write(CurriculumState state) {
        if (file != null) {
            byte[] content = encode(state);
            AtomicFile.write(file, out -> {
                out.write(content);
                out.write(Checksums.of(content).getBytes());
            });
        }
    }

    /**
     * The state that was kept last, or null when there is none.
     *
     * @throws InputException when the file is damaged or belongs to another training
     */
    CurriculumState read() {
        if (file == null) {
            return null;
        }
        byte[] bytes;
        try {
            removeParts();
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e + "); allowed: a checkpoint", e);
        }
        int length = bytes.length - DIGEST_LENGTH;
        if (length < MAGIC.length() || !new String(bytes, 0, MAGIC.length()).equals(MAGIC)) {
            throw new InputException(file + ": is no checkpoint or cut off" + allowed());
        }
        byte[] content = Arrays.copyOf(bytes, length);
        if (!Checksums.of(content).equals(new String(bytes, length, DIGEST_LENGTH))) {
            throw new InputException(file + ": is damaged: its checksum is not that of its content" + allowed());
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            in.skipBytes(MAGIC.length());
            return decode(in);
        } catch (IOException e) {
            throw new InputException(file + ": is damaged (" + e + ")" + allowed(), e);
        }
    }

    private static String allowed() {
        return "; allowed: the checkpoint of this plan and these data, or a new start without --resume";
    }

    private byte[] encode(CurriculumState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBytes(MAGIC);
            out.writeInt(FORMAT_VERSION);
            out.writeUTF(plan);
            out.writeUTF(data);
            out.writeInt(state.stage());
            out.writeInt(state.candidates().size());
            for (CandidateState candidate : state.candidates()) {
                out.writeInt(candidate.start());
                out.writeInt(candidate.readoutUnits());
                out.writeDouble(candidate.trainingLoss());
                write(out, candidate.theta());
                out.writeInt(candidate.iteration());
                write(out, candidate.mean());
                write(out, candidate.moments());
                write(out, candidate.average());
                HeldOutBest heldOut = candidate.heldOut();
                out.writeDouble(heldOut.score());
                write(out, heldOut.theta());
                out.writeInt(heldOut.readoutUnits());
                out.writeInt(heldOut.checks());
                out.writeInt(heldOut.waiting());
                out.writeBoolean(heldOut.ended());
            }
            out.writeInt(state.history().size());
            for (StageLosses losses : state.history()) {
                out.writeInt(losses.stage());
                out.writeDouble(losses.windowMs());
                out.writeInt(losses.starts().length);
                for (int start : losses.starts()) {
                    out.writeInt(start);
                }
                write(out, losses.losses());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private CurriculumState decode(DataInputStream in) throws IOException {
        int version = in.readInt();
        if (version != FORMAT_VERSION) {
            throw new InputException(file + ": has format version " + version + "; allowed: " + FORMAT_VERSION
                    + ", or a new start without --resume");
        }
        refuseOther("plan", in.readUTF(), plan);
        refuseOther("data set", in.readUTF(), data);
        int stage = in.readInt();
        List<CandidateState> candidates = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            candidates.add(new CandidateState(in.readInt(), in.readInt(), in.readDouble(), doubles(in), in.readInt(),
                    doubles(in), doubles(in), doubles(in), new HeldOutBest(in.readDouble(), doubles(in), in.readInt(),
                            in.readInt(), in.readInt(), in.readBoolean())));
        }
        List<StageLosses> history = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int number = in.readInt();
            double windowMs = in.readDouble();
            int[] starts = new int[in.readInt()];
            for (int k = 0; k < starts.length; k++) {
                starts[k] = in.readInt();
            }
            history.add(new StageLosses(number, windowMs, starts, doubles(in)));
        }
        return new CurriculumState(stage, candidates, history);
    }

    private void refuseOther(String what, String there, String wanted) {
        if (!there.equals(wanted)) {
            throw new InputException(file + ": belongs to another " + what + " (checksum " + there.substring(0, 12)
                    + " instead of " + wanted.substring(0, 12) + ")" + allowed());
        }
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static double[] doubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readDouble();
        }
        return values;
    }
}
