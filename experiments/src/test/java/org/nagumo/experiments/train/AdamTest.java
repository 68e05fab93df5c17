package org.nagumo.experiments.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class AdamTest {

    private static final int N = 6;

    private static Optimiser settings(int basisSteps) {
        return new Optimiser(0.9, 0.99, 1e-8, 1, basisSteps);
    }

    private static double[] gaussian(Random random, double scale) {
        double[] x = new double[N];
        for (int p = 0; p < N; p++) {
            x[p] = scale * random.nextGaussian();
        }
        return x;
    }

    /** An orthogonal matrix. */
    private static RealMatrix rotation(Random random) {
        double[][] m = new double[N][];
        for (int p = 0; p < N; p++) {
            m[p] = gaussian(random, 1);
        }
        return new QRDecomposition(new Array2DRowRealMatrix(m)).getQ();
    }

    /** Half of sum_k 10^k (R^T theta)_k^2, curved by factors of up to 10^5 along directions that are no parameter's. */
    private static RealMatrix valley(Random random) {
        RealMatrix r = rotation(random);
        RealMatrix curvature = new Array2DRowRealMatrix(N, N);
        for (int k = 0; k < N; k++) {
            curvature.setEntry(k, k, Math.pow(10, k));
        }
        return r.multiply(curvature).multiplyTransposed(r);
    }

    @Test
    void withoutABasisItIsTheAlgorithmOfThePaper() {
        Random random = new Random(1);
        Adam adam = new Adam(settings(0), new boolean[N]);
        double[] theta = gaussian(random, 1);
        double[] m = new double[N];
        double[] v = new double[N];
        for (int t = 1; t <= 20; t++) {
            double[] g = gaussian(random, 1);
            double[] expected = theta.clone();
            for (int p = 0; p < N; p++) {
                m[p] = 0.9 * m[p] + 0.1 * g[p];
                v[p] = 0.99 * v[p] + 0.01 * g[p] * g[p];
                expected[p] -= 0.01 * (m[p] / (1 - Math.pow(0.9, t))) / (Math.sqrt(v[p] / (1 - Math.pow(0.99, t))) + 1e-8);
            }
            adam.update(theta, g, 0.01);
            assertThat(theta).containsExactly(expected, within(1e-13));
        }
    }

    /** From a state with a basis, turned parameters give turned steps: no parameter's direction is special. */
    @Test
    void itsStepsTurnWithTheParameters() {
        Random random = new Random(2);
        RealMatrix turn = rotation(random);
        RealMatrix second = new Array2DRowRealMatrix(N, N);
        for (int k = 0; k < 40; k++) {
            RealMatrix g = new Array2DRowRealMatrix(gaussian(random, Math.pow(2, k % 7)));
            second = second.add(g.multiplyTransposed(g).scalarMultiply(0.02));
        }
        Adam straight = new Adam(settings(5), new boolean[N], new double[N], packed(second), 5);
        Adam turned = new Adam(settings(5), new boolean[N], new double[N],
                packed(turn.multiply(second).multiplyTransposed(turn)), 5);
        double[] theta = gaussian(random, 1);
        double[] other = turn.operate(theta);
        for (int t = 0; t < 30; t++) {
            double[] g = gaussian(random, 1);
            straight.update(theta, g, 0.01);
            turned.update(other, turn.operate(g), 0.01);
            assertThat(other).containsExactly(turn.operate(theta), within(1e-9));
        }
    }

    private static double[] packed(RealMatrix symmetric) {
        double[] packed = new double[N * (N + 1) / 2];
        for (int p = 0, at = 0; p < N; p++) {
            for (int q = 0; q <= p; q++) {
                packed[at++] = symmetric.getEntry(p, q);
            }
        }
        return packed;
    }

    @Test
    void itGoesDownAValleyThatIsNoParametersOwnInFewerSteps() {
        RealMatrix valley = valley(new Random(3));
        double plain = descend(settings(0), valley);
        double turned = descend(settings(10), valley);
        assertThat(turned).isLessThan(plain / 100);
    }

    /** What is left of the loss after 600 steps of falling length. */
    private static double descend(Optimiser settings, RealMatrix valley) {
        Random random = new Random(4);
        Adam adam = new Adam(settings, new boolean[N]);
        double[] theta = gaussian(random, 1);
        for (int t = 0; t < 600; t++) {
            adam.update(theta, valley.operate(theta), 0.05 * Math.pow(1e-4, t / 600.0));
        }
        double loss = 0;
        double[] gradient = valley.operate(theta);
        for (int p = 0; p < N; p++) {
            loss += 0.5 * theta[p] * gradient[p];
        }
        return loss;
    }

    @Test
    void frozenParametersStayAndDoNotMoveTheOthers() {
        Random random = new Random(5);
        boolean[] frozen = {false, true, false, false, true, false};
        Adam adam = new Adam(settings(5), frozen);
        Adam blind = new Adam(settings(5), frozen);
        double[] theta = gaussian(random, 1);
        double[] first = theta.clone();
        double[] same = theta.clone();
        for (int t = 0; t < 30; t++) {
            double[] g = gaussian(random, 1);
            adam.update(theta, g, 0.01);
            g[1] = 100;
            g[4] = -100;
            blind.update(same, g, 0.01);
        }
        assertThat(theta).isEqualTo(same);
        for (int p = 0; p < N; p++) {
            assertThat(theta[p] == first[p]).isEqualTo(frozen[p]);
        }
    }

    @Test
    void fromAFreshStateItGoesOnToTheLastBit() {
        Random random = new Random(6);
        Adam adam = new Adam(settings(8), new boolean[N]);
        double[] theta = gaussian(random, 1);
        double[][] gradients = new double[50][];
        for (int t = 0; t < gradients.length; t++) {
            gradients[t] = gaussian(random, 1);
        }
        Adam resumed = null;
        double[] other = null;
        int fresh = 0;
        for (int t = 0; t < gradients.length; t++) {
            assertThat(adam.isFresh()).isEqualTo(t % 8 == 0);
            if (adam.isFresh()) {
                fresh++;
                resumed = new Adam(settings(8), new boolean[N], adam.mean(), adam.moments(), t);
                other = theta.clone();
            }
            adam.update(theta, gradients[t], 0.01);
            resumed.update(other, gradients[t], 0.01);
            assertThat(Arrays.equals(theta, other)).isTrue();
        }
        assertThat(fresh).isEqualTo(7);
    }
}
