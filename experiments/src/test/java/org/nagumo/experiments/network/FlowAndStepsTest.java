package org.nagumo.experiments.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint.Criticality;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.datagen.simulate.CurrentTrace;
import org.nagumo.datagen.simulate.Trace;
import org.nagumo.experiments.dynamics.DiagramRecord;
import org.nagumo.experiments.dynamics.FlowModel;
import org.nagumo.experiments.spikes.SpikeDetector;

/** The network as it runs, step by step, begins and ceases to fire within 0.05 uA/cm2 of where its flow does. */
class FlowAndStepsTest {

    private static final double DT_MS = 0.1;
    private static final double BAR = 0.05;

    private static TrainedNetwork network;
    private static DiagramRecord flow;

    @BeforeAll
    static void diagram() {
        network = ShippedNetworks.named("gru-2");
        FlowModel model = FlowModel.of(network);
        BifurcationDiagram diagram = model.diagram(5, 11);
        flow = DiagramRecord.of(model, diagram);
    }

    private static int samples(double ms) {
        return (int) Math.round(ms / DT_MS);
    }

    /** Whether the network as it runs still fires in the last second. */
    private static boolean firesAtLast(double[] current) {
        Trace trace = new NetworkSystem(network).respond(List.of(new CurrentTrace(DT_MS, current))).get(0);
        double from = current.length * DT_MS - 1000;
        return SpikeDetector.detect(trace).stream().anyMatch(spike -> spike.timeMs() > from);
    }

    /** From firing at 12 uA/cm2 the current falls to its value, over 2 s so that the cycle is followed. */
    private static boolean goesOnFiring(double current) {
        double[] all = new double[samples(12_000)];
        Arrays.fill(all, current);
        for (int i = 0; i < samples(2000); i++) {
            all[i] = 12 + (current - 12) * i / samples(2000);
        }
        return firesAtLast(all);
    }

    /** The current rises to its value in 4 s; then kicks of 0.02 uA/cm2, far below threshold, try the rest. */
    private static boolean leavesItsRest(double current) {
        double[] all = new double[samples(40_000)];
        Arrays.fill(all, current);
        for (int i = 0; i < samples(4000); i++) {
            all[i] = current * Math.sqrt((double) i / samples(4000));
        }
        for (int at = samples(4500); at < all.length; at += samples(1000)) {
            Arrays.fill(all, at, at + samples(1), current + 0.02);
        }
        return firesAtLast(all);
    }

    @Test
    void firingCeasesAtTheFoldOfTheFlow() {
        double fold = flow.currents(Kind.FOLD_OF_CYCLES, null).get(0);
        assertThat(goesOnFiring(fold + BAR)).isTrue();
        assertThat(goesOnFiring(fold - BAR)).isFalse();
    }

    @Test
    void theRestEndsAtTheHopfPointOfTheFlow() {
        double hopf = flow.currents(Kind.HOPF, Criticality.SUB).get(0);
        assertThat(leavesItsRest(hopf + BAR)).isTrue();
        assertThat(leavesItsRest(hopf - BAR)).isFalse();
    }
}
