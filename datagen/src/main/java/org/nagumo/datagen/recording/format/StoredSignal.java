package org.nagumo.datagen.recording.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nagumo.datagen.recording.Signal;

/**
 * Numbers that are stored one after the other, alone or interleaved with those of other channels. Each value is
 * {@code gain * number + offset}.
 */
final class StoredSignal implements Signal {

    private final ByteFile file;
    private final SampleType type;
    private final long first;
    private final int strideBytes;
    private final int length;
    private final double stepMs;
    private final double gain;
    private final double offset;
    private final ByteOrder order;

    /**
     * @param file   where the numbers are stored
     * @param type   how each number is stored
     * @param order  order of the bytes of a number
     * @param first  position of the first number in the file
     * @param stride numbers from one of this signal to the next; 1 where it is alone
     * @param length number of samples
     * @param stepMs sampling interval in ms
     * @param gain   value of a unit of the stored number
     * @param offset value of a stored 0
     */
    StoredSignal(ByteFile file, SampleType type, ByteOrder order, long first, int stride, int length, double stepMs,
            double gain, double offset) {
        this.file = file;
        this.type = type;
        this.first = first;
        this.strideBytes = stride * type.bytes();
        this.length = length;
        this.stepMs = stepMs;
        this.gain = gain;
        this.offset = offset;
        this.order = order;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double stepMs() {
        return stepMs;
    }

    @Override
    public void read(int from, int count, double[] into, int at) {
        ByteBuffer piece = file.piece(order);
        int most = piece.capacity() / strideBytes;
        for (int done = 0; done < count;) {
            int now = Math.min(most, count - done);
            // The numbers of other channels after the last one need not be there.
            piece.clear().limit((now - 1) * strideBytes + type.bytes());
            file.read(first + (long) (from + done) * strideBytes, piece, "its data");
            for (int k = 0, index = 0; k < now; k++, index += strideBytes) {
                into[at + done + k] = gain * type.at(piece, index) + offset;
            }
            done += now;
        }
    }
}
