package org.nagumo.datagen.stimulus;

import java.util.SplittableRandom;

/**
 * Independent streams of random numbers, each found from a seed and a name: what one stream draws never shifts
 * another, so a protocol keeps its numbers when something else in it changes.
 */
public final class RandomStreams {

    private RandomStreams() {
    }

    /** The stream of that name and index under a seed. */
    public static SplittableRandom named(long seed, String name, long index) {
        long state = mix(seed + 0x9E3779B97F4A7C15L);
        for (int i = 0; i < name.length(); i++) {
            state = mix(state ^ name.charAt(i));
        }
        return new SplittableRandom(mix(state ^ index));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, figure 18). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A standard normal number by Marsaglia's polar method, the same bits on every machine. */
    public static double gaussian(SplittableRandom random) {
        while (true) {
            double u = random.nextDouble(-1, 1);
            double v = random.nextDouble(-1, 1);
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
