package org.nagumo.experiments.benchmark;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark took, in one setting.
 *
 * @param work            what was done
 * @param against         the work that it is compared with; empty when it is compared with none
 * @param size            how much of it
 * @param vectorModule    whether the vector module was there
 * @param medianNs        median over all iterations, in ns for each sample and step
 * @param lowerQuartileNs a quarter of the iterations took less
 * @param upperQuartileNs a quarter of the iterations took more
 */
public record Timing(String work, String against, Size size, boolean vectorModule, double medianNs,
        double lowerQuartileNs, double upperQuartileNs) {

    static Timing of(RunResult result) {
        BenchmarkParams params = result.getParams();
        Size size = Size.of(params.getParam("size"));
        Work work = method(params.getBenchmark()).getAnnotation(Work.class);
        double[] ns = result.getBenchmarkResults().stream().flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore() / size.sampleSteps()).toArray();
        return of(work.value(), work.against(), size, VectorModule.isIn(params.getJvmArgs()), ns);
    }

    /** From the iterations' ns for each sample and step. */
    static Timing of(String work, String against, Size size, boolean vectorModule, double... ns) {
        double[] sorted = DoubleStream.of(ns).sorted().toArray();
        return new Timing(work, against, size, vectorModule, quantile(sorted, 0.5), quantile(sorted, 0.25),
                quantile(sorted, 0.75));
    }

    /** Linear between the order statistics. */
    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static Method method(String name) {
        int dot = name.lastIndexOf('.');
        try {
            return Arrays.stream(Class.forName(name.substring(0, dot)).getMethods())
                    .filter(m -> m.getName().equals(name.substring(dot + 1))).findFirst().orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
