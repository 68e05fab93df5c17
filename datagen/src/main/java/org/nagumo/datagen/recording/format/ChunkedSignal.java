package org.nagumo.datagen.recording.format;

import io.jhdf.api.dataset.ChunkedDataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Signal;

/** Samples in a chunked, perhaps compressed data set of HDF5; one chunk is in memory at a time. */
final class ChunkedSignal implements Signal {

    private final Path file;
    private final ChunkedDataset data;
    private final SampleType type;
    private final ByteOrder order;
    private final int[] chunkShape;
    private final double stepMs;
    private final double gain;
    private final double offset;
    private int held = -1;
    private ByteBuffer chunk;

    ChunkedSignal(Path file, ChunkedDataset data, SampleType type, ByteOrder order, double stepMs, double gain,
            double offset) {
        this.file = file;
        this.data = data;
        this.type = type;
        this.order = order;
        this.chunkShape = data.getChunkDimensions();
        this.stepMs = stepMs;
        this.gain = gain;
        this.offset = offset;
    }

    @Override
    public int length() {
        return (int) data.getDimensionsAsLong()[0];
    }

    @Override
    public double stepMs() {
        return stepMs;
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        for (int i = from; i < from + count;) {
            int number = i / chunkShape[0];
            hold(number);
            int end = (int) Math.min(from + count, (number + 1L) * chunkShape[0]);
            int shift = number * chunkShape[0];
            for (; i < end; i++) {
                into[at + i - from] = gain * type.at(chunk, (i - shift) * type.bytes()) + offset;
            }
        }
    }

    private void hold(int number) {
        if (number == held) {
            return;
        }
        int[] place = new int[chunkShape.length];
        place[0] = number * chunkShape[0];
        try {
            chunk = ByteBuffer.wrap(data.getDecompressedChunk(place)).order(order);
        } catch (RuntimeException | OutOfMemoryError e) {
            // The HDF5 library meets damaged bytes with exceptions of many kinds, and believes damaged lengths.
            throw new InputException(file + ": " + data.getPath() + " is truncated or damaged at sample " + place[0]
                    + "; allowed: the whole file as it was recorded", e);
        }
        if (chunk.capacity() < chunkShape[0] * type.bytes()) {
            throw new InputException(file + ": " + data.getPath() + " is truncated or damaged at sample " + place[0]
                    + "; allowed: the whole file as it was recorded");
        }
        held = number;
    }
}
