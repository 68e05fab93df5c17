package org.nagumo.datagen.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.SequenceRecord;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataIndex;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.records.reader.SequenceRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.FloatWritable;
import org.datavec.api.writable.Writable;
import org.nagumo.datagen.io.InputException;

/**
 * Reads sequences that {@link BinarySequenceRecordWriter} wrote: as a DataVec reader, a list of time steps with one
 * value for each column, or as plain arrays, the fast way.
 *
 * <p>Several files of the same columns are read one after the other. A file that is not of this form, of a newer
 * version, damaged or truncated is refused with an {@link InputException} naming the file and the sequence.
 */
public final class BinarySequenceRecordReader extends BaseRecordReader implements SequenceRecordReader {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_HEADER = 1 << 24;

    private List<Path> files = List.of();
    private int fileIndex = -1;
    private transient DataInputStream in;
    private transient Configuration configuration;
    private transient float[][] ahead;
    private SequenceHeader header;
    private int sequence;

    @Override
    public void initialize(InputSplit split) throws IOException {
        open(Arrays.stream(split.locations()).map(Path::of).toList());
    }

    @Override
    public void initialize(Configuration conf, InputSplit split) throws IOException {
        configuration = conf;
        initialize(split);
    }

    /** Starts reading one file. */
    public void open(Path file) {
        open(List.of(file));
    }

    private void open(List<Path> paths) {
        closeStream();
        files = List.copyOf(paths);
        fileIndex = -1;
        ahead = null;
        nextFile();
        advance();
    }

    /** Step and columns of the file that is being read. */
    public SequenceHeader header() {
        return header;
    }

    private void nextFile() {
        closeStream();
        fileIndex++;
        sequence = 0;
        Path file = files.get(fileIndex);
        try {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            byte[] magic = in.readNBytes(BinarySequences.MAGIC.length);
            if (!Arrays.equals(magic, BinarySequences.MAGIC)) {
                throw new InputException(file + ": is not a file of sequences; allowed: files that 'generate' wrote");
            }
            int version = readInt();
            if (version != BinarySequences.VERSION) {
                throw new InputException(file + ": has format version " + version + "; allowed: "
                        + BinarySequences.VERSION);
            }
            int length = readInt();
            if (length < 0 || length > LONGEST_HEADER) {
                throw damaged("the header");
            }
            byte[] json = in.readNBytes(length);
            if (json.length != length || readInt() != BinarySequenceRecordWriter.checksum(json)) {
                throw damaged("the header");
            }
            SequenceHeader read = SequenceHeader.fromJson(new String(json, StandardCharsets.UTF_8));
            if (header != null && fileIndex > 0 && !header.equals(read)) {
                throw new InputException(file + ": has " + read + "; allowed: the same as in " + files.get(0));
            }
            header = read;
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a file that 'generate' wrote", e);
        } catch (EOFException | JsonProcessingException e) {
            throw damaged("the header");
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e + "); allowed: a file that 'generate' wrote", e);
        }
    }

    private InputException damaged(String what) {
        return new InputException(files.get(fileIndex) + ": " + what + " is damaged or cut off; allowed: the whole file"
                + " as 'generate' wrote it");
    }

    private int readInt() throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    /** Reads the next sequence ahead, so that a missing end is found before the last sequence is handed out. */
    private void advance() {
        try {
            int samples = readInt();
            if (samples == BinarySequences.END) {
                if (readInt() != sequence || in.read() >= 0) {
                    throw damaged("the end");
                }
                ahead = null;
                if (fileIndex + 1 < files.size()) {
                    nextFile();
                    advance();
                }
                return;
            }
            int checksum = readInt();
            int columns = header.columns().size();
            if (samples < 1 || (long) samples * columns > BinarySequences.MOST_VALUES) {
                throw damaged("sequence " + sequence);
            }
            byte[] bytes = in.readNBytes(4 * columns * samples);
            if (bytes.length != 4 * columns * samples || BinarySequenceRecordWriter.checksum(bytes) != checksum) {
                throw damaged("sequence " + sequence);
            }
            ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            ahead = new float[columns][samples];
            for (float[] column : ahead) {
                values.asFloatBuffer().get(column);
                values.position(values.position() + 4 * samples);
            }
            sequence++;
        } catch (EOFException e) {
            throw damaged("sequence " + sequence);
        } catch (IOException e) {
            throw new UncheckedIOException(files.get(fileIndex) + ": cannot be read", e);
        }
    }

    /** The next sequence as {@code [column][sample]}. */
    public float[][] nextColumns() {
        if (ahead == null) {
            throw new NoSuchElementException("no further sequence");
        }
        float[][] columns = ahead;
        advance();
        return columns;
    }

    @Override
    public List<List<Writable>> sequenceRecord() {
        float[][] columns = nextColumns();
        List<List<Writable>> steps = new ArrayList<>(columns[0].length);
        for (int t = 0; t < columns[0].length; t++) {
            List<Writable> step = new ArrayList<>(columns.length);
            for (float[] column : columns) {
                step.add(new FloatWritable(column[t]));
            }
            steps.add(step);
        }
        invokeListeners(steps);
        return steps;
    }

    @Override
    public SequenceRecord nextSequence() {
        URI uri = files.get(fileIndex).toUri();
        RecordMetaData meta = new RecordMetaDataIndex(sequence - 1L, uri, BinarySequenceRecordReader.class);
        return new org.datavec.api.records.impl.SequenceRecord(sequenceRecord(), meta);
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public List<String> getLabels() {
        return header.columns();
    }

    @Override
    public void reset() {
        open(files);
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public SequenceRecord loadSequenceFromMetaData(RecordMetaData meta) throws IOException {
        return loadSequenceFromMetaData(List.of(meta)).get(0);
    }

    @Override
    public List<SequenceRecord> loadSequenceFromMetaData(List<RecordMetaData> metas) throws IOException {
        List<SequenceRecord> records = new ArrayList<>();
        for (RecordMetaData meta : metas) {
            BinarySequenceRecordReader reader = new BinarySequenceRecordReader();
            reader.open(Path.of(meta.getURI()));
            for (long skipped = 0; skipped < ((RecordMetaDataIndex) meta).getIndex(); skipped++) {
                reader.nextColumns();
            }
            records.add(reader.nextSequence());
            reader.close();
        }
        return records;
    }

    @Override
    public List<List<Writable>> sequenceRecord(URI uri, DataInputStream stream) {
        throw onlySequences();
    }

    @Override
    public List<Writable> next() {
        throw onlySequences();
    }

    @Override
    public List<Writable> record(URI uri, DataInputStream stream) {
        throw onlySequences();
    }

    @Override
    public Record nextRecord() {
        throw onlySequences();
    }

    @Override
    public Record loadFromMetaData(RecordMetaData meta) {
        throw onlySequences();
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> metas) {
        throw onlySequences();
    }

    private static IllegalStateException onlySequences() {
        return new IllegalStateException("these files hold sequences; allowed: sequenceRecord() and nextSequence()");
    }

    @Override
    public void close() {
        closeStream();
    }

    private void closeStream() {
        if (in != null) {
            InputStream closing = in;
            in = null;
            try {
                closing.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }
}
