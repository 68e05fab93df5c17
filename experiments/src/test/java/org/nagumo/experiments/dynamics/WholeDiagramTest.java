package org.nagumo.experiments.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.network.ShippedNetworks;

/** The two-unit network that ships has the neuron's bifurcation diagram, from the onset of firing to its end. */
class WholeDiagramTest {

    private static final double FROM = -10;
    private static final double TO = 170;

    private static final double[] CURRENTS = {6.5, 7, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 140, 150};

    private static double current(DiagramRecord diagram, Kind kind, Criticality critical) {
        return diagram.currents(kind, critical).get(0);
    }

    private static PeriodicOrbit firing(FlowModel model, BifurcationDiagram diagram, double current) {
        List<PeriodicOrbit> stable = model.orbits(diagram, current).stream().filter(PeriodicOrbit::stable).toList();
        assertThat(stable).as("stable cycles of %s at %s", model.name(), current).hasSize(1);
        return stable.get(0);
    }

    @Test
    void theNetworkHasTheNeuronsDiagramFromTheOnsetOfFiringToItsEnd() {
        FlowModel neuron = FlowModel.of(Neurons.named("hh"));
        FlowModel network = FlowModel.of(ShippedNetworks.named("gru-2"));
        List<BifurcationDiagram> diagrams = Comparison.diagrams(List.of(neuron, network), FROM, TO, () -> { });
        DiagramRecord teacher = DiagramRecord.of(neuron, diagrams.get(0));
        DiagramRecord student = DiagramRecord.of(network, diagrams.get(1));
        assertThat(student.complete()).as("proven").isTrue();
        assertThat(current(student, Kind.FOLD_OF_CYCLES, null))
                .isCloseTo(current(teacher, Kind.FOLD_OF_CYCLES, null), within(0.1));
        assertThat(current(student, Kind.HOPF, Criticality.SUB))
                .isCloseTo(current(teacher, Kind.HOPF, Criticality.SUB), within(0.3));
        assertThat(current(student, Kind.HOPF, Criticality.SUPER))
                .isCloseTo(current(teacher, Kind.HOPF, Criticality.SUPER), within(2.0));
        for (double current : CURRENTS) {
            PeriodicOrbit expected = firing(neuron, diagrams.get(0), current);
            PeriodicOrbit found = firing(network, diagrams.get(1), current);
            assertThat(expected.periodMs() / found.periodMs()).as("frequency at %s", current)
                    .isCloseTo(1, within(0.005));
            double[] range = network.voltageRangeMv(found);
            double[] wanted = neuron.voltageRangeMv(expected);
            for (int k = 0; k < 2; k++) {
                assertThat(range[k]).as(k == 0 ? "lowest at %s" : "highest at %s", current)
                        .isCloseTo(wanted[k], within(1.0));
            }
        }
    }
}
