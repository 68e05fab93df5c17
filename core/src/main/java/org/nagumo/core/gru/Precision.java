package org.nagumo.core.gru;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What differs between single and double precision at the border to ND4J: the kernel, and access to whole arrays.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface Precision<A> {

    /** Largest number of elements of a buffer: its bytes are counted in an int. */
    long MOST_ELEMENTS = 1 << 27;

    FusedGru<A> kernel(GruEquations equations, int inputs, int units);

    /** The arithmetic outside of the kernel. */
    RowMath<A> math();

    A array(int length);

    /** Access to an array in 'f' order without gaps, taken as {@code [minibatch, channels, time]}. */
    Channels<A> channels(INDArray array, int channels);

    /** Copies an array that is contiguous in its own order. */
    void read(INDArray from, A to);

    void write(A from, INDArray to);

    /** The numbers of an array in 'f' order. */
    default double[] doubles(INDArray from) {
        A values = array((int) from.length());
        read(contiguous(from), values);
        RowMath<A> math = math();
        double[] numbers = new double[(int) from.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = math.get(values, i);
        }
        return numbers;
    }

    /** Sets all elements. */
    void fill(A row, double value);

    /** An array of these numbers. */
    A array(double[] values);

    /**
     * The array itself if its numbers lie in 'f' order without gaps, one row of the minibatch for each time step and
     * feature; else a copy that does. What ND4J says of orders and strides is not enough: vectors may be called 'c'.
     */
    static INDArray contiguous(INDArray array) {
        long stride = 1;
        for (int d = 0; d < array.rank(); d++) {
            if (array.size(d) != 1 && array.stride(d) != stride) {
                return array.dup('f');
            }
            stride *= array.size(d);
        }
        return array;
    }

    /** The precision of a network's data type. */
    static Precision<?> of(DataType type) {
        return switch (type) {
            case FLOAT -> new Single();
            case DOUBLE -> new Twice();
            default -> throw new IllegalArgumentException("data type " + type + "; allowed: FLOAT and DOUBLE");
        };
    }

    /** Where the elements of an array lie, in buffers that each hold whole time steps. */
    final class Layout {
        private final int minibatch;
        private final int channels;
        private final int steps;
        private final int stepsPerBuffer;

        Layout(INDArray array, int channels) {
            this.channels = channels;
            minibatch = (int) array.size(0);
            steps = (int) (array.length() / minibatch / channels);
            stepsPerBuffer = (int) Math.max(1, MOST_ELEMENTS / ((long) channels * minibatch));
        }

        int buffers() {
            return (steps + stepsPerBuffer - 1) / stepsPerBuffer;
        }

        long start(int buffer) {
            return (long) buffer * stepsPerBuffer * channels * minibatch;
        }

        long end(int buffer) {
            return Math.min(start(buffer + 1), (long) steps * channels * minibatch);
        }

        int buffer(int t) {
            return t / stepsPerBuffer;
        }

        int at(int t, int channel, int first) {
            return (t % stepsPerBuffer * channels + channel) * minibatch + first;
        }
    }

    /** Single precision. */
    final class Single implements Precision<float[]> {

        @Override
        public FusedGru<float[]> kernel(GruEquations equations, int inputs, int units) {
            return FusedGru.ofFloats(equations, inputs, units);
        }

        @Override
        public RowMath<float[]> math() {
            return new FloatRowMath();
        }

        @Override
        public float[] array(int length) {
            return new float[length];
        }

        @Override
        public void read(INDArray from, float[] to) {
            new FloatPointer(from.data().addressPointer()).get(to, 0, (int) from.length());
        }

        @Override
        public void write(float[] from, INDArray to) {
            new FloatPointer(to.data().addressPointer()).put(from, 0, (int) to.length());
        }

        @Override
        public void fill(float[] row, double value) {
            Arrays.fill(row, (float) value);
        }

        @Override
        public float[] array(double[] values) {
            float[] array = new float[values.length];
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) values[i];
            }
            return array;
        }

        @Override
        public Channels<float[]> channels(INDArray array, int channels) {
            Layout layout = new Layout(array, channels);
            FloatBuffer[] buffers = new FloatBuffer[layout.buffers()];
            for (int k = 0; k < buffers.length; k++) {
                buffers[k] = new FloatPointer(array.data().addressPointer()).position(layout.start(k))
                        .limit(layout.end(k)).asBuffer();
            }
            return new Channels<>(array) {
                @Override
                void read(int t, int channel, int first, float[] row, int at, int count) {
                    buffers[layout.buffer(t)].get(layout.at(t, channel, first), row, at, count);
                }

                @Override
                void write(int t, int channel, int first, float[] row, int at, int count) {
                    buffers[layout.buffer(t)].put(layout.at(t, channel, first), row, at, count);
                }
            };
        }
    }

    /** Double precision. */
    final class Twice implements Precision<double[]> {

        @Override
        public FusedGru<double[]> kernel(GruEquations equations, int inputs, int units) {
            return FusedGru.ofDoubles(equations, inputs, units);
        }

        @Override
        public RowMath<double[]> math() {
            return new DoubleRowMath();
        }

        @Override
        public double[] array(int length) {
            return new double[length];
        }

        @Override
        public void read(INDArray from, double[] to) {
            new DoublePointer(from.data().addressPointer()).get(to, 0, (int) from.length());
        }

        @Override
        public void write(double[] from, INDArray to) {
            new DoublePointer(to.data().addressPointer()).put(from, 0, (int) to.length());
        }

        @Override
        public void fill(double[] row, double value) {
            Arrays.fill(row, value);
        }

        @Override
        public double[] array(double[] values) {
            return values.clone();
        }

        @Override
        public Channels<double[]> channels(INDArray array, int channels) {
            Layout layout = new Layout(array, channels);
            DoubleBuffer[] buffers = new DoubleBuffer[layout.buffers()];
            for (int k = 0; k < buffers.length; k++) {
                buffers[k] = new DoublePointer(array.data().addressPointer()).position(layout.start(k))
                        .limit(layout.end(k)).asBuffer();
            }
            return new Channels<>(array) {
                @Override
                void read(int t, int channel, int first, double[] row, int at, int count) {
                    buffers[layout.buffer(t)].get(layout.at(t, channel, first), row, at, count);
                }

                @Override
                void write(int t, int channel, int first, double[] row, int at, int count) {
                    buffers[layout.buffer(t)].put(layout.at(t, channel, first), row, at, count);
                }
            };
        }
    }
}
