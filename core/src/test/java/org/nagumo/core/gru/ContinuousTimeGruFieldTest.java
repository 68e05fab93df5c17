package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nagumo.core.dynamics.CertifiedEquilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.interval.Interval;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The flow in a layer, whatever its options: the layer moves along it, and rests where it does. */
class ContinuousTimeGruFieldTest {

    private static final double DT = 0.05;
    private static final double[] DIRECTION = {0.7, -1.2};

    private record Options(int units, Integrator integrator, boolean learnTau, boolean inputInGates,
            boolean irregularTime, boolean sameDiff, int features) {

        private <B extends GruOptions<B>> void set(B builder, double[] start) {
            builder.dt(DT).tau(IntStream.range(0, units).mapToDouble(j -> 2 + j).toArray()).integrator(integrator)
                    .substeps(units).learnTau(learnTau).inputInGates(inputInGates).irregularTime(irregularTime)
                    .initialState(InitialState.FIXED, start).features(features);
        }

        MultiLayerNetwork network(double... start) {
            int nIn = DIRECTION.length + (irregularTime ? 1 : 0);
            if (sameDiff) {
                var builder = new SameDiffContinuousTimeGru.Builder().nIn(nIn).nOut(units);
                set(builder, start);
                return Networks.network(DataType.DOUBLE, new Sgd(1), units, builder.build());
            }
            var builder = new ContinuousTimeGru.Builder().nIn(nIn).nOut(units);
            set(builder, start);
            return Networks.network(DataType.DOUBLE, new Sgd(1), units, builder.build());
        }

        /** The states that the layer passes under a constant input. */
        double[][] run(double input, int steps, double... start) {
            INDArray data = Nd4j.create(DataType.DOUBLE, 1, DIRECTION.length + (irregularTime ? 1 : 0), steps);
            for (int t = 0; t < steps; t++) {
                for (int k = 0; k < DIRECTION.length; k++) {
                    data.putScalar(new int[] {0, k, t}, input * DIRECTION[k]);
                }
                if (irregularTime) {
                    data.putScalar(new int[] {0, DIRECTION.length, t}, DT);
                }
            }
            INDArray states = network(start).feedForward(data).get(1);
            return IntStream.range(0, steps).mapToObj(t -> IntStream.range(0, units)
                    .mapToDouble(j -> states.getDouble(0, j, t)).toArray()).toArray(double[][]::new);
        }
    }

    static Stream<Options> options() {
        return Stream.of(1, 2, 3).flatMap(units -> Arrays.stream(Integrator.values()).map(integrator -> new Options(units,
                integrator, units != 2, integrator != Integrator.HEUN, integrator == Integrator.EULER && units == 2,
                units == 3 && integrator == Integrator.RUNGE_KUTTA_4, integrator.ordinal() + units - 1)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void theLayerRestsAtTheFlowsProvenEquilibriaAndElsewhereMovesAlongIt(Options options) {
        double input = 0.6;
        double[] zero = new double[options.units()];
        ContinuousTimeGruField field = ContinuousTimeGruField.of(options.network(zero).getLayer(0), DIRECTION);
        Interval[] cube = new Interval[options.units()];
        Arrays.fill(cube, new Interval(-1.001, 1.001));
        EquilibriumSearch search = CertifiedEquilibria.in(field, input, cube);
        assertThat(search.complete()).isTrue();
        assertThat(search.equilibria()).isNotEmpty();
        for (Equilibrium e : search.equilibria()) {
            for (double[] state : options.run(input, 5, e.state())) {
                assertThat(state).containsExactly(e.state(), within(1e-12));
            }
        }
        double[] start = IntStream.range(0, options.units()).mapToDouble(j -> 0.4 - 0.3 * j).toArray();
        double[] flow = new double[options.units()];
        field.derivative(start, input, flow);
        double[] next = options.run(input, 1, start)[0];
        for (int j = 0; j < flow.length; j++) {
            // A step of Euler's method is the flow itself; those of the others bend by dt^2.
            assertThat((next[j] - start[j]) / DT).isCloseTo(flow[j], within(
                    options.integrator() == Integrator.EULER && options.units() == 1 ? 1e-12 : DT));
        }
    }

    @Test
    void otherLayersAndDirectionsAreRefused() {
        MultiLayerNetwork lstm = Networks.network(DataType.DOUBLE, new Sgd(1), 2, new LSTM.Builder().nIn(1).nOut(2)
                .build());
        assertThatThrownBy(() -> ContinuousTimeGruField.of(lstm.getLayer(0), 1))
                .hasMessage("the layer is a LSTM; allowed: ContinuousTimeGru and SameDiffContinuousTimeGru");
        MultiLayerNetwork gru = new Options(2, Integrator.EULER, true, true, false, false, 0).network(0);
        assertThatThrownBy(() -> ContinuousTimeGruField.of(gru.getLayer(0), 1))
                .hasMessage("the direction has 1 numbers; allowed: 2, one for each channel of data");
    }
}
