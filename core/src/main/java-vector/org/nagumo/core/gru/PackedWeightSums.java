package org.nagumo.core.gru;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WeightSums} in vector instructions: the operations of {@link RowWeightSums} in the same order on every lane.
 *
 * <p>Two rows of gradients times four rows of sources make a tile. Its eight sums, and what they need, fit into sixteen
 * registers; larger tiles do not, and sums that go to memory and back cost more than rows that are loaded again. To find a
 * row behind two pointers takes longer than to multiply it. Therefore the rows of some evaluations are copied first, in fours,
 * in the order in which tiles read them, and the sums stand tile by tile until they are asked for.
 */
final class PackedWeightSums implements WeightSums {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int L = SPECIES.length();

    private static final int FOUR = 4;
    private static final int TILE_ROWS = 2;
    private static final int TILE = TILE_ROWS * FOUR;

    /** Size of the copies, a part of the second cache. */
    private static final int PACK_FLOATS = 1 << 17;

    private final float[][] rows;
    private final int lanes;
    private final List<float[][][]> tables = new ArrayList<>();
    private final int fours;            // in all tables
    private final int[] gradientFour;   // [tiles]
    private final int[] gradientOffset; // [tiles]: of the two rows in their four
    private final int[] sourceFour;     // [tiles]
    private final int[] places;         // [tiles][2][4], -1 for none
    private final float[] sums;         // [lanes / L][tiles][2][4][L]
    private float[] pack = new float[0]; // [some lanes / L][fours][evaluations][4][L], the last evaluation first
    private boolean stored;

    /**
     * @param rows   of the weights
     * @param groups each begins at an even row
     */
    PackedWeightSums(float[][] rows, List<WeightGroup<float[]>> groups) {
        this.rows = rows;
        lanes = rows[0].length;
        int tiles = 0;
        for (WeightGroup<float[]> group : groups) {
            tiles += blocks(group.rows(), TILE_ROWS) * blocks(group.sources(), FOUR);
        }
        gradientFour = new int[tiles];
        gradientOffset = new int[tiles];
        sourceFour = new int[tiles];
        places = new int[tiles * TILE];
        sums = new float[Math.multiplyExact(places.length, lanes)];
        int tile = 0;
        for (WeightGroup<float[]> group : groups) {
            int d = firstFour(group.d());
            int x = firstFour(group.x());
            for (int j = 0; j < group.rows(); j += TILE_ROWS) {
                for (int k = 0; k < group.sources(); k += FOUR, tile++) {
                    gradientFour[tile] = d + (group.at() + j) / FOUR;
                    gradientOffset[tile] = (group.at() + j) % FOUR * L;
                    sourceFour[tile] = x + k / FOUR;
                    for (int i = 0; i < TILE; i++) {
                        places[tile * TILE + i] = group.place(j + i / FOUR, k + i % FOUR);
                    }
                }
            }
        }
        fours = tables.stream().mapToInt(table -> blocks(table[0].length, FOUR)).sum();
        load();
    }

    private static int blocks(int count, int size) {
        return (count + size - 1) / size;
    }

    /** Place of a table's first four; from now on the table is copied. */
    private int firstFour(float[][][] table) {
        int at = 0;
        for (float[][][] other : tables) {
            if (other == table) {
                return at;
            }
            at += blocks(other[0].length, FOUR);
        }
        tables.add(table);
        return at;
    }

    @Override
    public void clear() {
        Arrays.fill(sums, 0);
        stored = false;
    }

    private void load() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                float[] row = rows[places[i]];
                for (int b = 0, at = i * L; b < lanes; b += L, at += places.length * L) {
                    FloatVector.fromArray(SPECIES, row, b).intoArray(sums, at);
                }
            }
        }
        stored = true;
    }

    @Override
    public void store() {
        if (stored) {
            return;
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                float[] row = rows[places[i]];
                for (int b = 0, at = i * L; b < lanes; b += L, at += places.length * L) {
                    FloatVector.fromArray(SPECIES, sums, at).intoArray(row, b);
                }
            }
        }
        stored = true;
    }

    @Override
    public void add(int from, int to) {
        if (places.length == 0) {
            return;
        }
        stored = false;
        int four = FOUR * L * (to - from);
        int step = step(four);
        int width = Math.max(2, Math.min(lanes / L, PACK_FLOATS / step) / 2 * 2);
        if (pack.length < width * step) {
            pack = new float[width * step];
        }
        for (int b = 0; b < lanes; b += width * L) {
            int end = Math.min(lanes, b + width * L);
            pack(from, to, b, end);
            for (int at = 0, c = b; c < end; c += L, at += step) {
                for (int tile = 0; tile < gradientFour.length; tile++) {
                    tile(sums, (c / L * gradientFour.length + tile) * TILE * L, pack,
                            at + gradientFour[tile] * four + gradientOffset[tile], at + sourceFour[tile] * four, four);
                }
            }
        }
    }

    /** From the copies of some lanes to those of the next: not a power of two, whose multiples share lines of a cache. */
    private int step(int four) {
        return fours * four + FOUR * L;
    }

    /** Copies the lanes from b to end of some evaluations' rows. */
    private void pack(int from, int to, int b, int end) {
        int four = FOUR * L * (to - from);
        int step = step(four);
        int at = 0;
        for (float[][][] table : tables) {
            int last = table[from].length - 1;
            for (int j = 0; j <= last; j += FOUR, at += four) {
                for (int e = to - 1, p = at; e >= from; e--, p += FOUR * L) {
                    float[][] row = table[e];
                    copy(row[j], row[Math.min(j + 1, last)], row[Math.min(j + 2, last)], row[Math.min(j + 3, last)], b,
                            end, pack, p, step);
                }
            }
        }
    }

    private static void copy(float[] r0, float[] r1, float[] r2, float[] r3, int from, int to, float[] pack, int at,
            int step) {
        for (int b = from, p = at; b < to; b += L, p += step) {
            FloatVector.fromArray(SPECIES, r0, b).intoArray(pack, p);
            FloatVector.fromArray(SPECIES, r1, b).intoArray(pack, p + L);
            FloatVector.fromArray(SPECIES, r2, b).intoArray(pack, p + 2 * L);
            FloatVector.fromArray(SPECIES, r3, b).intoArray(pack, p + 3 * L);
        }
    }

    /** Two gradients times four sources, one vector wide. */
    private static void tile(float[] sums, int at, float[] pack, int d, int x, int length) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, at);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, at + L);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, at + 2 * L);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, at + 3 * L);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, at + 4 * L);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, at + 5 * L);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, at + 6 * L);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, at + 7 * L);
        for (int i = 0; i < length; i += FOUR * L) {
            FloatVector x0 = FloatVector.fromArray(SPECIES, pack, x + i);
            FloatVector x1 = FloatVector.fromArray(SPECIES, pack, x + i + L);
            FloatVector x2 = FloatVector.fromArray(SPECIES, pack, x + i + 2 * L);
            FloatVector x3 = FloatVector.fromArray(SPECIES, pack, x + i + 3 * L);
            FloatVector v = FloatVector.fromArray(SPECIES, pack, d + i);
            s00 = v.fma(x0, s00);
            s01 = v.fma(x1, s01);
            s02 = v.fma(x2, s02);
            s03 = v.fma(x3, s03);
            v = FloatVector.fromArray(SPECIES, pack, d + i + L);
            s10 = v.fma(x0, s10);
            s11 = v.fma(x1, s11);
            s12 = v.fma(x2, s12);
            s13 = v.fma(x3, s13);
        }
        s00.intoArray(sums, at);
        s01.intoArray(sums, at + L);
        s02.intoArray(sums, at + 2 * L);
        s03.intoArray(sums, at + 3 * L);
        s10.intoArray(sums, at + 4 * L);
        s11.intoArray(sums, at + 5 * L);
        s12.intoArray(sums, at + 6 * L);
        s13.intoArray(sums, at + 7 * L);
    }
}
