package org.nagumo.core.gru;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The flat arrays of a network that its updater has made views of. */
final class OwnArrays {

    private final INDArray gradients;
    private final long parametersAt;

    OwnArrays(INDArray gradients, INDArray parameters) {
        this.gradients = gradients;
        parametersAt = address(parameters);
    }

    private static long address(INDArray array) {
        return array.data().address();
    }

    /**
     * A gradient in the form in which Deeplearning4j's updaters know it as the network's own, if it is, and as long as
     * the network still has the arrays that it had.
     */
    Gradient recognise(Gradient gradient, INDArray presentGradients, INDArray presentParameters) {
        INDArray flat = gradient.gradient();
        boolean isOwn = presentGradients == gradients && flat.length() == gradients.length()
                && address(flat) == address(gradients) && address(presentParameters) == parametersAt;
        return isOwn ? new Own(gradient, gradients) : gradient;
    }

    /** Hands out the array itself instead of a new view of it. */
    private static final class Own extends DefaultGradient {

        private static final long serialVersionUID = 1L;

        private final transient INDArray array;

        Own(Gradient gradient, INDArray array) {
            super(array);
            this.array = array;
            gradient.gradientForVariable().forEach(this::setGradientFor);
        }

        @Override
        public INDArray gradient() {
            return array;
        }
    }
}
