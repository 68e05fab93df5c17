package org.nagumo.experiments.train;

import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/** The optimiser, Adam (Kingma and Ba 2015) in the eigenbasis of the gradient's second moment, fresh at each stage. */
public record Optimiser(
        @Described("decay of the mean of the gradient: from 0, below 1") double beta1,
        @Described("decay of the mean of its square: from 0, below 1") double beta2,
        @Described("what is added to the root of that mean: positive") double epsilon,
        @Described("norm to which the gradient of a minibatch is shortened: positive") double gradientClip,
        @Described("steps after which the basis is chosen anew; 0 for the parameters' own, which is plain Adam")
        int basisSteps) {

    static final Optimiser STANDARD = new Optimiser(0.95, 0.99, 1e-8, 0.1, 50);

    public Optimiser {
        Range.check("beta1", beta1, beta1 >= 0 && beta1 < 1, "numbers from 0, below 1");
        Range.check("beta2", beta2, beta2 >= 0 && beta2 < 1, "numbers from 0, below 1");
        Range.positive("epsilon", epsilon);
        Range.positive("gradientClip", gradientClip);
        Range.notNegative("basisSteps", basisSteps);
    }
}
