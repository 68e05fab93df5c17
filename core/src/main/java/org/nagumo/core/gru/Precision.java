package org.nagumo.core.gru;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What differs between single and double precision at the border to ND4J: the kernel, and copies of whole arrays.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface Precision<A> {

    FusedGru<A> kernel(GruEquations equations, int inputs, int units);

    RowMath<A> math();

    A array(int length);

    /** An array of rows, still empty. */
    A[] rowTable(int count);

    /** Copies an array that is contiguous in its own order. */
    void read(INDArray from, A to);

    void write(A from, INDArray to);

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
        public float[][] rowTable(int count) {
            return new float[count][];
        }

        @Override
        public void read(INDArray from, float[] to) {
            pointer(from).get(to, 0, (int) from.length());
        }

        @Override
        public void write(float[] from, INDArray to) {
            pointer(to).put(from, 0, (int) to.length());
        }

        private static FloatPointer pointer(INDArray array) {
            return new FloatPointer(array.data().addressPointer()).capacity(array.length());
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
        public double[][] rowTable(int count) {
            return new double[count][];
        }

        @Override
        public void read(INDArray from, double[] to) {
            pointer(from).get(to, 0, (int) from.length());
        }

        @Override
        public void write(double[] from, INDArray to) {
            pointer(to).put(from, 0, (int) to.length());
        }

        private static DoublePointer pointer(INDArray array) {
            return new DoublePointer(array.data().addressPointer()).capacity(array.length());
        }
    }
}
