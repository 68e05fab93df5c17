/**
 * How fast the network computes, measured by JMH: the kernel, whole iterations of training, a trained network at work,
 * and beside them, in the same run, the SameDiff form of the layer and Deeplearning4j's own recurrent layers; and how
 * fast data sets are made and read. A class for each subject; {@link org.nagumo.experiments.benchmark.BenchmarkRun}
 * runs them, {@link org.nagumo.experiments.benchmark.TimingTable} prints what they found.
 *
 * <p>JMH's average time is taken, of wall clock, over many short iterations, and the table shows the median over them
 * with the quartiles. On a machine whose few cores do other work as well, an interrupted iteration is an outlier that
 * a median ignores; within an iteration nothing is left out, garbage collection included, and threads count as long as
 * the slowest takes. CPU time would hide both.
 */
package org.nagumo.experiments.benchmark;
