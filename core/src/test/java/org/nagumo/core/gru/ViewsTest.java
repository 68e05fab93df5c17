package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nagumo.core.gru.Networks.largestDifference;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;
import static org.nagumo.core.gru.Networks.raggedMask;
import static org.nagumo.core.gru.Networks.tau;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The recurrent layer gives the numbers of the SameDiff layer, which differentiates the definition by itself. */
class ViewsTest {

    /** One network in both views; the graph is built once for all minibatches of a length. */
    private static final class Pair {
        final int inputs;
        final GruEquations equations;
        final MultiLayerNetwork fused;
        final MultiLayerNetwork graph;

        Pair(int inputs, int units, Options options) {
            ContinuousTimeGru.Builder builder = new ContinuousTimeGru.Builder();
            SameDiffContinuousTimeGru.Builder graphBuilder = new SameDiffContinuousTimeGru.Builder();
            options.set(builder, units);
            options.set(graphBuilder, units);
            this.inputs = inputs;
            equations = builder.draft().build();
            int channels = inputs + equations.extraChannels(units);
            fused = network(DataType.DOUBLE, new NoOp(), units, builder.nIn(channels).nOut(units).build());
            graph = network(DataType.DOUBLE, new NoOp(), units, graphBuilder.nIn(channels).nOut(units).build());
            assertThat(fused.paramTable().keySet()).isEqualTo(graph.paramTable().keySet());
            if (equations.learnTau()) {
                fused.getLayer(0).getParam(GruParameters.LOG_TAU).assign(Nd4j.createFromArray(tau(units)).add(0.5));
            }
            graph.setParams(fused.params());
        }

        void agree(int lanes, int steps, boolean masked) {
            int channels = (int) ((ContinuousTimeGru) fused.getLayer(0).conf().getLayer()).getNIn();
            INDArray x = normal(DataType.DOUBLE, 5, lanes, channels, steps);
            if (equations.irregularTime()) {
                INDArray interval = x.get(NDArrayIndex.all(), NDArrayIndex.point(inputs), NDArrayIndex.all());
                interval.assign(Transforms.sigmoid(normal(DataType.DOUBLE, 6, lanes, steps)).muli(equations.dtMs()));
            }
            INDArray y = normal(DataType.DOUBLE, 7, lanes, 2, steps);
            INDArray mask = masked ? raggedMask(DataType.DOUBLE, lanes, steps) : null;
            assertThat(largestDifference(fused.output(x, false, mask, mask), graph.output(x, false, mask, mask)))
                    .isLessThan(1e-12);
            var gradients = fused.calculateGradients(x, y, mask, mask);
            var expected = graph.calculateGradients(x, y, mask, mask);
            // calculateGradients leaves the masks in the layers.
            fused.clearLayerMaskArrays();
            graph.clearLayerMaskArrays();
            INDArray byParameters = gradients.getFirst().gradient();
            assertThat(byParameters.norm2Number().doubleValue()).isGreaterThan(1e-3);
            assertThat(largestDifference(byParameters, expected.getFirst().gradient())).isLessThan(1e-12);
            assertThat(largestDifference(gradients.getSecond(), expected.getSecond())).isLessThan(1e-12);
        }
    }

    /** Options of the equations for either builder. */
    private interface Options {

        void set(GruOptions<?> builder, int units);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 57})
    void overTheWholeGridOfSizes(int steps) {
        for (int inputs : new int[] {1, 3}) {
            for (int units : new int[] {1, 2, 4, 33}) {
                Pair pair = new Pair(inputs, units, (builder, h) -> {
                    builder.dt(0.1);
                    builder.tau(tau(h));
                    builder.learnTau(h % 2 == 0);
                });
                for (int lanes : new int[] {1, 3}) {
                    pair.agree(lanes, steps, false);
                    pair.agree(lanes, steps, true);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "3,4,3,2", "1,4,1,3"})
    void overTheOptionsOfTheEquations(int lanes, int steps, int inputs, int units) {
        SplittableRandom random = new SplittableRandom(31);
        for (int round = 0; round < 24; round++) {
            Integrator integrator = Integrator.values()[round % 4];
            InitialState start = InitialState.values()[round % 3];
            int substeps = random.nextInt(1, 3);
            boolean inGates = random.nextBoolean();
            boolean irregular = random.nextBoolean();
            boolean learnTau = random.nextBoolean();
            boolean masked = random.nextBoolean();
            int features = round % 2 == 0 ? 0 : random.nextInt(1, 5);
            new Pair(inputs, units, (builder, h) -> {
                builder.dt(0.1);
                builder.tau(tau(h));
                builder.learnTau(learnTau);
                builder.integrator(integrator);
                builder.substeps(substeps);
                builder.inputInGates(inGates);
                builder.irregularTime(irregular);
                builder.features(features);
                builder.initialState(start, new SplittableRandom(2).doubles(h, -1, 1).toArray());
            }).agree(lanes, steps, masked);
        }
    }
}
