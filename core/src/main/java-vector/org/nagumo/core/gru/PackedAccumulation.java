package org.nagumo.core.gru;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The weight gradients of a wide layer, {@link RowMath#accumulate(Object[], int[], Object[][], int, Object[][], int,
 * boolean, int, int)} with the same operations in the same order on every lane.
 *
 * <p>A tile of four gradients and four sources reads eight rows for each evaluation. To find them in as many arrays takes
 * longer than the sixteen products; so rows that many tiles read are copied first, in the order in which a tile reads them.
 * The object holds the buffers of one thread.
 */
final class PackedAccumulation {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int L = SPECIES.length();
    private static final int TILE = 4;

    private float[] gradients = new float[0];   // [evaluations][lanes / L][4][L], the last evaluation first
    private float[] sources = new float[0];     // [sources / 4] of the same
    private float[] spare = new float[0];

    void accumulate(float[][] acc, int[] place, float[][][] d, int at, float[][][] x, int sourceCount, int from, int to) {
        int lanes = acc[0].length;
        int rows = place.length / sourceCount;
        int block = TILE * lanes * (to - from);
        int blocks = (sourceCount + TILE - 1) / TILE;
        if (gradients.length < block) {
            gradients = new float[block];
        }
        if (sources.length < blocks * block) {
            sources = new float[blocks * block];
        }
        if (spare.length != lanes) {
            spare = new float[lanes];
        }
        for (int k = 0; k < blocks; k++) {
            pack(sources, k * block, x, k * TILE, sourceCount - 1, from, to);
        }
        float[][] sums = new float[TILE * TILE][];
        for (int j = 0; j < rows; j += TILE) {
            pack(gradients, 0, d, at + j, at + rows - 1, from, to);
            for (int k = 0; k < blocks; k++) {
                for (int n = 0; n < sums.length; n++) {
                    int row = j + n / TILE;
                    int source = k * TILE + n % TILE;
                    int p = row < rows && source < sourceCount ? place[row * sourceCount + source] : -1;
                    sums[n] = p < 0 ? spare : acc[p];
                }
                for (int b = 0; b < lanes; b += L) {
                    tile(sums, b, gradients, sources, k * block, to - from);
                }
            }
        }
    }

    /** Copies four rows of each evaluation; the last row stands for those that there are not. */
    private static void pack(float[] pack, int packAt, float[][][] rows, int first, int last, int from, int to) {
        int step = TILE * rows[from][first].length;
        for (int n = 0; n < TILE; n++) {
            int row = Math.min(first + n, last);
            for (int e = from; e < to; e++) {
                copy(rows[e][row], pack, packAt + (to - 1 - e) * step + n * L);
            }
        }
    }

    private static void copy(float[] row, float[] pack, int at) {
        for (int b = 0, p = at; b < row.length; b += L, p += TILE * L) {
            FloatVector.fromArray(SPECIES, row, b).intoArray(pack, p);
        }
    }

    /**
     * Four gradients times four sources, one vector wide. It is {@link VectorRowMath}'s tile again, but for where it reads: the
     * sums stay in registers only where one method loads, adds and stores them.
     */
    private static void tile(float[][] sums, int b, float[] d, float[] x, int xAt, int evaluations) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums[0], b);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums[1], b);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums[2], b);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums[3], b);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums[4], b);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums[5], b);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums[6], b);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums[7], b);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums[8], b);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums[9], b);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums[10], b);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums[11], b);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums[12], b);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums[13], b);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums[14], b);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums[15], b);
        int step = TILE * sums[0].length;
        for (int n = 0, i = TILE * b; n < evaluations; n++, i += step) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, xAt + i + L);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, xAt + i + 2 * L);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, xAt + i + 3 * L);
            FloatVector v = FloatVector.fromArray(SPECIES, d, i);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            s02 = v.fma(x2, s02);
            s03 = v.fma(x3, s03);
            v = FloatVector.fromArray(SPECIES, d, i + L);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
            s12 = v.fma(x2, s12);
            s13 = v.fma(x3, s13);
            v = FloatVector.fromArray(SPECIES, d, i + 2 * L);
            s20 = v.fma(x0, s20);
            s21 = v.fma(x1, s21);
            s22 = v.fma(x2, s22);
            s23 = v.fma(x3, s23);
            v = FloatVector.fromArray(SPECIES, d, i + 3 * L);
            s30 = v.fma(x0, s30);
            s31 = v.fma(x1, s31);
            s32 = v.fma(x2, s32);
            s33 = v.fma(x3, s33);
        }
        s00.intoArray(sums[0], b);
        s01.intoArray(sums[1], b);
        s02.intoArray(sums[2], b);
        s03.intoArray(sums[3], b);
        s10.intoArray(sums[4], b);
        s11.intoArray(sums[5], b);
        s12.intoArray(sums[6], b);
        s13.intoArray(sums[7], b);
        s20.intoArray(sums[8], b);
        s21.intoArray(sums[9], b);
        s22.intoArray(sums[10], b);
        s23.intoArray(sums[11], b);
        s30.intoArray(sums[12], b);
        s31.intoArray(sums[13], b);
        s32.intoArray(sums[14], b);
        s33.intoArray(sums[15], b);
    }
}
