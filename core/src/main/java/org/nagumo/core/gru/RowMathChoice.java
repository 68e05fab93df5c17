package org.nagumo.core.gru;

/**
 * Which arithmetic a call of the kernel uses.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
@FunctionalInterface
interface RowMathChoice<A> {

    /**
     * The arithmetic for a call.
     *
     * @param lanes number of lanes
     * @param work  lanes times steps times units
     */
    RowMath<A> choose(int lanes, long work);
}
