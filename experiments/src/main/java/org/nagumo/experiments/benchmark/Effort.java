package org.nagumo.experiments.benchmark;

/**
 * How long each benchmark is measured.
 *
 * @param forks       Java processes, one after the other, 0 for this one
 * @param warmups     warm-up iterations in each
 * @param warmupMs    least duration of one
 * @param iterations  measured iterations in each
 * @param iterationMs least duration of one
 */
public record Effort(int forks, int warmups, long warmupMs, int iterations, long iterationMs) {

    /** What can be measured only once in a process has so many times the processes. */
    private static final int ONCE = 5;

    /** Some seconds for each benchmark. */
    public static final Effort QUICK = new Effort(1, 3, 1000, 8, 250);

    /** Half a minute for each benchmark: processes differ in how their code was compiled. */
    public static final Effort FULL = new Effort(3, 5, 1000, 10, 500);

    public Effort {
        if (forks < 0 || warmups < 0 || warmupMs < 1 || iterations < 1 || iterationMs < 1) {
            throw new IllegalArgumentException("forks " + forks + ", warmups " + warmups + " of " + warmupMs
                    + " ms, iterations " + iterations + " of " + iterationMs
                    + " ms; allowed: at least 0, 0, 1, 1 and 1");
        }
    }

    /** Java processes for what is measured once in each. */
    int processes() {
        return ONCE * forks;
    }
}
