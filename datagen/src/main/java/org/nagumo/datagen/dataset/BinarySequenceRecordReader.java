package org.nagumo.datagen.dataset;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * value for each column, or as plain arrays, the fast way. Random access gives {@link SequenceFile}.
 *
 * <p>Several files of the same columns are read one after the other. A file that is not of this form, of another
 * version, damaged or truncated is refused with an {@link InputException} naming the file and the place.
 */
public final class BinarySequenceRecordReader extends BaseRecordReader implements SequenceRecordReader {

    private static final long serialVersionUID = 1L;

    private transient Configuration configuration;
    private transient List<SequenceFile> files = List.of();
    private List<String> names = List.of();
    private int fileIndex;
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
        names = paths.stream().map(Path::toString).toList();
        files = paths.stream().map(SequenceFile::open).toList();
        for (SequenceFile file : files) {
            if (!file.header().equals(header())) {
                throw new InputException(file.path() + ": has " + file.header() + "; allowed: the same as in "
                        + files.get(0).path() + ", " + header());
            }
        }
        reset();
    }

    /** Step and columns of the files that are being read. */
    public SequenceHeader header() {
        return files.get(0).header();
    }

    /** The next sequence as {@code [column][sample]}. */
    public float[][] nextColumns() {
        if (!hasNext()) {
            throw new NoSuchElementException("no further sequence");
        }
        float[][] columns = files.get(fileIndex).sequence(sequence++);
        skipEnds();
        return columns;
    }

    /** Goes to the next file when there is none left in this one. */
    private void skipEnds() {
        while (fileIndex < files.size() && sequence == files.get(fileIndex).size()) {
            fileIndex++;
            sequence = 0;
        }
    }

    @Override
    public List<List<Writable>> sequenceRecord() {
        List<List<Writable>> steps = steps(nextColumns());
        invokeListeners(steps);
        return steps;
    }

    private static List<List<Writable>> steps(float[][] columns) {
        List<List<Writable>> steps = new ArrayList<>(columns[0].length);
        for (int t = 0; t < columns[0].length; t++) {
            List<Writable> step = new ArrayList<>(columns.length);
            for (float[] column : columns) {
                step.add(new FloatWritable(column[t]));
            }
            steps.add(step);
        }
        return steps;
    }

    @Override
    public SequenceRecord nextSequence() {
        if (!hasNext()) {
            throw new NoSuchElementException("no further sequence");
        }
        RecordMetaData meta = new RecordMetaDataIndex(sequence, files.get(fileIndex).path().toUri(),
                BinarySequenceRecordReader.class);
        return new org.datavec.api.records.impl.SequenceRecord(sequenceRecord(), meta);
    }

    @Override
    public boolean hasNext() {
        return fileIndex < files.size();
    }

    @Override
    public List<String> getLabels() {
        return header().columns();
    }

    @Override
    public void reset() {
        fileIndex = 0;
        sequence = 0;
        skipEnds();
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
        Map<URI, SequenceFile> opened = new HashMap<>();
        List<SequenceRecord> records = new ArrayList<>();
        for (RecordMetaData meta : metas) {
            SequenceFile file = opened.computeIfAbsent(meta.getURI(), uri -> SequenceFile.open(Path.of(uri)));
            int index = Math.toIntExact(((RecordMetaDataIndex) meta).getIndex());
            records.add(new org.datavec.api.records.impl.SequenceRecord(steps(file.sequence(index)), meta));
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

    /** A reader that was sent elsewhere opens its files again. */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        files = names.stream().map(name -> SequenceFile.open(Path.of(name))).toList();
    }

    @Override
    public void close() {
        files = List.of();
        fileIndex = 0;
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
