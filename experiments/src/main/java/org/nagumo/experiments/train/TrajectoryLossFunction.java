package org.nagumo.experiments.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * {@link TrajectoryLoss} as a loss of Deeplearning4j, for an {@code RnnOutputLayer} with one output, the scaled
 * voltage, in a network of one's own. The network's score is that loss, averaged over time and minibatch.
 *
 * <p>The label is the scaled voltage, from which the weights of samples are taken too ({@link SampleWeights}). A sample
 * that is masked counts as if the network had met it.
 *
 * <p>{@code RnnOutputLayer} hands over rows {@code [time * minibatch, 1]}, the minibatch changing fastest, in which the
 * number of time steps is lost. It is therefore an argument here, and all minibatches must have it. Properties can be
 * set for the sake of Deeplearning4j's JSON.
 */
public final class TrajectoryLossFunction implements ILossFunction {

    private static final long serialVersionUID = 1L;

    private double huberDelta;
    private double fastWeight;
    private double slowWeight;
    private double spikeThreshold;
    private double spikeWidth;
    private double peakWeight;
    private double toleratedError;
    private double toleratedShiftMs;
    private double reachMs;
    private double stillWeight;
    private double stillSlope;
    private double stillReachMs;
    private double flankWeight;
    private double dtMs;
    private int steps;

    /** For Deeplearning4j's JSON. */
    public TrajectoryLossFunction() {
    }

    /**
     * @param loss        the loss
     * @param weights     how much samples count
     * @param flankWeight the weight that they are left with at least
     * @param dtMs        time between samples in ms
     * @param steps       time steps of every sequence
     */
    public TrajectoryLossFunction(TrajectoryLoss loss, SampleWeights weights, double flankWeight, double dtMs,
            int steps) {
        if (!(dtMs > 0) || Double.isInfinite(dtMs) || steps < 1) {
            throw new IllegalArgumentException("dtMs is " + dtMs + " and steps " + steps
                    + "; allowed: a positive, finite step and at least one");
        }
        this.huberDelta = loss.huberDelta();
        this.fastWeight = loss.fastWeight();
        this.slowWeight = loss.slowWeight();
        this.spikeThreshold = loss.spikeThreshold();
        this.spikeWidth = loss.spikeWidth();
        this.peakWeight = loss.peakWeight();
        this.toleratedError = weights.toleratedError();
        this.toleratedShiftMs = weights.toleratedShiftMs();
        this.reachMs = weights.reachMs();
        this.stillWeight = weights.stillWeight();
        this.stillSlope = weights.stillSlope();
        this.stillReachMs = weights.stillReachMs();
        this.flankWeight = flankWeight;
        this.dtMs = dtMs;
        this.steps = steps;
    }

    @Override
    public double computeScore(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask,
            boolean average) {
        double score = evaluate(labels, preOutput, activation, mask).scores.sumNumber().doubleValue();
        return average ? score * steps / labels.size(0) : score;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        return evaluate(labels, preOutput, activation, mask).scores.castTo(preOutput.dataType());
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        INDArray slope = evaluate(labels, preOutput, activation, mask).slope.castTo(preOutput.dataType());
        return activation.backprop(preOutput, slope).getFirst();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(INDArray labels, INDArray preOutput, IActivation activation,
            INDArray mask, boolean average) {
        return new Pair<>(computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "TrajectoryLossFunction";
    }

    /** Contribution of each sample, and the derivative by its output; columns. */
    private record Evaluated(INDArray scores, INDArray slope) {
    }

    private Evaluated evaluate(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        if (labels.size(0) % steps != 0 || labels.size(1) != 1 || labels.size(0) != preOutput.size(0)) {
            throw new IllegalArgumentException("labels have the shape [" + labels.size(0) + ", " + labels.size(1)
                    + "]; allowed: one output and sequences of " + steps + " steps");
        }
        double[] output = doubles(activation.getActivation(preOutput.dup(), true));
        double[] target = doubles(labels);
        double[] present = mask == null ? null : doubles(mask);
        double[] scores = new double[output.length];
        double[] slope = new double[output.length];
        for (int b = 0; b < output.length / steps; b++) {
            evaluate(b, output.length / steps, output, target, present, scores, slope);
        }
        return new Evaluated(Nd4j.createFromArray(scores).reshape(scores.length, 1),
                Nd4j.createFromArray(slope).reshape(slope.length, 1));
    }

    /** One sequence; sample t of it is in row {@code b + lanes t}. */
    private void evaluate(int b, int lanes, double[] output, double[] target, double[] present, double[] scores,
            double[] slope) {
        TrajectoryLoss loss = new TrajectoryLoss(huberDelta, fastWeight, slowWeight, spikeThreshold, spikeWidth,
                peakWeight);
        double[] weights = new SampleWeights(toleratedError, toleratedShiftMs, reachMs, stillWeight,
                stillSlope, stillReachMs).of(
                IntStream.range(0, steps).mapToDouble(t -> target[b + lanes * t]).toArray(), dtMs);
        double aFast = dtMs / TrajectoryLoss.FAST_MS;
        double aSlow = dtMs / TrajectoryLoss.SLOW_MS;
        double[] fast = new double[steps];
        double[] slow = new double[steps];
        for (int t = 0; t < steps; t++) {
            int row = b + lanes * t;
            double value = value(output, target, present, row);
            double difference = loss.mark(value) - loss.mark(target[row]);
            double fastBefore = t == 0 ? 0 : fast[t - 1];
            double slowBefore = t == 0 ? 0 : slow[t - 1];
            fast[t] = fastBefore + aFast * (difference - fastBefore);
            slow[t] = slowBefore + aSlow * (difference - slowBefore);
            double error = value - target[row];
            double root = Math.sqrt(1 + error * error / (huberDelta * huberDelta));
            double w = Math.max(flankWeight, weights[t]);
            scores[row] = (w * huberDelta * huberDelta * (root - 1) + fastWeight * fast[t] * fast[t]
                    + slowWeight * slow[t] * slow[t]) / steps;
            slope[row] = w * error / root / steps;
        }
        addHeights(b, lanes, output, target, present, scores, slope);
        double lambdaFast = 0;
        double lambdaSlow = 0;
        for (int t = steps - 1; t >= 0; t--) {
            int row = b + lanes * t;
            lambdaFast = 2 * fastWeight * fast[t] / steps + (1 - aFast) * lambdaFast;
            lambdaSlow = 2 * slowWeight * slow[t] / steps + (1 - aSlow) * lambdaSlow;
            if (present == null || present[row] != 0) {
                double mark = loss.mark(output[row]);
                slope[row] += (aFast * lambdaFast + aSlow * lambdaSlow) * mark * (1 - mark) / spikeWidth;
            }
        }
    }

    private void addHeights(int b, int lanes, double[] output, double[] target, double[] present, double[] scores,
            double[] slope) {
        int reach = (int) Math.round(PeakHeights.REACH_MS / dtMs);
        for (int t = 0; peakWeight > 0 && t < steps; t++) {
            int peak = PeakHeights.answering(s -> target[b + lanes * s],
                    s -> value(output, target, present, b + lanes * s), t, reach, steps, spikeThreshold);
            int row = b + lanes * Math.max(0, peak);
            if (peak >= 0 && (present == null || present[row] != 0)) {
                double error = output[row] - target[b + lanes * t];
                scores[row] += peakWeight / dtMs * error * error / steps;
                slope[row] += 2 * peakWeight / dtMs * error / steps;
            }
        }
    }

    /** The network's voltage; where the mask has nothing, the neuron's. */
    private static double value(double[] output, double[] target, double[] present, int row) {
        return present != null && present[row] == 0 ? target[row] : output[row];
    }

    private static double[] doubles(INDArray column) {
        return column.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    public double getHuberDelta() {
        return huberDelta;
    }

    public void setHuberDelta(double huberDelta) {
        this.huberDelta = huberDelta;
    }

    public double getFastWeight() {
        return fastWeight;
    }

    public void setFastWeight(double fastWeight) {
        this.fastWeight = fastWeight;
    }

    public double getSlowWeight() {
        return slowWeight;
    }

    public void setSlowWeight(double slowWeight) {
        this.slowWeight = slowWeight;
    }

    public double getSpikeThreshold() {
        return spikeThreshold;
    }

    public void setSpikeThreshold(double spikeThreshold) {
        this.spikeThreshold = spikeThreshold;
    }

    public double getSpikeWidth() {
        return spikeWidth;
    }

    public void setSpikeWidth(double spikeWidth) {
        this.spikeWidth = spikeWidth;
    }

    public double getPeakWeight() {
        return peakWeight;
    }

    public void setPeakWeight(double peakWeight) {
        this.peakWeight = peakWeight;
    }

    public double getToleratedError() {
        return toleratedError;
    }

    public void setToleratedError(double toleratedError) {
        this.toleratedError = toleratedError;
    }

    public double getToleratedShiftMs() {
        return toleratedShiftMs;
    }

    public void setToleratedShiftMs(double toleratedShiftMs) {
        this.toleratedShiftMs = toleratedShiftMs;
    }

    public double getReachMs() {
        return reachMs;
    }

    public void setReachMs(double reachMs) {
        this.reachMs = reachMs;
    }

    public double getStillWeight() {
        return stillWeight;
    }

    public void setStillWeight(double stillWeight) {
        this.stillWeight = stillWeight;
    }

    public double getStillSlope() {
        return stillSlope;
    }

    public void setStillSlope(double stillSlope) {
        this.stillSlope = stillSlope;
    }

    public double getStillReachMs() {
        return stillReachMs;
    }

    public void setStillReachMs(double stillReachMs) {
        this.stillReachMs = stillReachMs;
    }

    public double getFlankWeight() {
        return flankWeight;
    }

    public void setFlankWeight(double flankWeight) {
        this.flankWeight = flankWeight;
    }

    public double getDtMs() {
        return dtMs;
    }

    public void setDtMs(double dtMs) {
        this.dtMs = dtMs;
    }

    public int getSteps() {
        return steps;
    }

    public void setSteps(int steps) {
        this.steps = steps;
    }

    private double[] properties() {
        return new double[] {huberDelta, fastWeight, slowWeight, spikeThreshold, spikeWidth, peakWeight,
            toleratedError, toleratedShiftMs, reachMs, stillWeight, stillSlope, stillReachMs, flankWeight, dtMs, steps};
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrajectoryLossFunction function
                && Arrays.equals(properties(), function.properties());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(properties());
    }
}
