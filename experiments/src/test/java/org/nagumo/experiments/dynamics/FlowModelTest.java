package org.nagumo.experiments.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.BifurcationPoint.Kind;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.Certificate;
import org.nagumo.core.dynamics.CycleSearch;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.VectorField;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.Integrator;
import org.nagumo.core.interval.Interval;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.Provenance;
import org.nagumo.experiments.network.Scaling;
import org.nagumo.experiments.network.TrainedCurrents;
import org.nagumo.experiments.network.TrainedNetwork;
import org.nagumo.experiments.report.PortraitFigure;

/** Neurons and networks as dynamical systems, in the units of the laboratory. */
class FlowModelTest {

    /** FitzHugh and Nagumo's equations as a user writes them in Java: the derivative alone. */
    private static final VectorField PLAIN = new VectorField() {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public List<String> stateNames() {
            return List.of("v", "w");
        }

        @Override
        public void derivative(double[] state, double input, double[] derivative) {
            derivative[0] = state[0] - state[0] * state[0] * state[0] / 3 - state[1] + input;
            derivative[1] = 0.08 * (state[0] + 0.7 - 0.8 * state[1]);
        }
    };

    @Test
    void aFieldWithNothingButItsDerivativeIsSearchedNotProven(@TempDir Path folder) {
        FlowModel plain = FlowModel.of("plain", PLAIN, 0.5, PhysicalUnits.DIMENSIONLESS, new Interval(-4, 4),
                new Interval(-4, 4));
        BifurcationDiagram diagram = plain.diagram(0.45, 0.55);
        assertThat(diagram.certificate()).isEqualTo(Certificate.SEARCHED);
        assertThat(diagram.gaps()).isEmpty();
        PortraitRecord portrait = Portraits.of(plain, diagram, 0.5);
        assertThat(portrait.equilibria()).hasSize(1).noneMatch(PortraitRecord.Rest::certified);
        assertThat(portrait.known()).isEqualTo(Certificate.SEARCHED);
        assertThat(portrait.box()).isDeepEqualTo(new double[][] {{-4, 4}, {-4, 4}});
        assertThat(portrait.limitCycles()).singleElement()
                .satisfies(cycle -> assertThat(cycle.periodMs()).isCloseTo(39.474, within(1e-3)));
        assertThat(PortraitFigure.draw(portrait).caption()).contains("one equilibrium (searched, not proven)");
        // Dimensionless: no name ends in a unit, and the file is read back.
        String json = RecordFile.toJson(portrait).toString();
        assertThat(json).contains("\"certificate\":\"searched\"").contains("\"period\":").contains("\"voltage\":")
                .doesNotContain("_mV").doesNotContain("_ms");
        RecordFile.write(folder.resolve("portrait.json"), portrait);
        assertThat(RecordFile.read(folder.resolve("portrait.json"), PortraitRecord.class).limitCycles().get(0)
                .periodMs()).isEqualTo(portrait.limitCycles().get(0).periodMs());
    }

    /** The trace of the Jacobian, 1 - v^2 - 0.064, vanishes there. */
    @Test
    void theHopfPointOfASearchedFieldIsWhereTheTraceVanishes() {
        BifurcationDiagram diagram = FlowModel.of("plain", PLAIN, 0.5, PhysicalUnits.DIMENSIONLESS,
                new Interval(-4, 4), new Interval(-4, 4)).diagram(0.33, 0.34);
        assertThat(diagram.points(Kind.HOPF)).singleElement().satisfies(p -> {
            assertThat(p.state()[0]).isCloseTo(-Math.sqrt(0.936), within(1e-9));
            assertThat(p.input()).isCloseTo(0.331281, within(1e-6));
        });
    }

    /** The squid's sodium channel has a time constant of 0.02 ms here, which a step of 0.02 ms does not resolve. */
    @Test
    void fastNeuronsAreFollowed() {
        FlowModel hot = FlowModel.of(Neurons.named("hh").with(Map.of("T", 30.0)));
        BifurcationDiagram diagram = hot.diagram(9, 11, 10);
        assertThat(diagram.gaps()).isEmpty();
        PortraitRecord rest = Portraits.of(hot, diagram, 10);
        assertThat(rest.view().outcome()).isEqualTo(CycleSearch.Outcome.REST);
        FlowModel psi = FlowModel.of(Neurons.named("fhn-psi"));
        BifurcationDiagram fast = psi.diagram(1.1, 1.3, 1.2);
        assertThat(fast.gaps()).isEmpty();
        PortraitRecord firing = Portraits.of(psi, fast, 1.2);
        assertThat(firing.view().outcome()).isEqualTo(CycleSearch.Outcome.CYCLE);
        assertThat(firing.limitCycles()).singleElement()
                .satisfies(cycle -> assertThat(cycle.periodMs()).isCloseTo(1.1553, within(1e-4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hh", "rinzel", "fhn", "bvp"})
    void everyNeuronHasAPortraitOfRestAndOneOfFiring(String name) {
        FlowModel model = FlowModel.of(Neurons.named(name));
        double probe = model.probeCurrent();
        BifurcationDiagram diagram = model.diagram(-Math.abs(probe), Math.abs(probe), 0, probe);
        PortraitRecord rest = Portraits.of(model, diagram, 0);
        assertThat(rest.view().outcome()).isEqualTo(CycleSearch.Outcome.REST);
        assertThat(rest.equilibria()).anyMatch(PortraitRecord.Rest::stable).allMatch(PortraitRecord.Rest::certified);
        assertThat(rest.complete()).isTrue();
        PortraitRecord firing = Portraits.of(model, diagram, probe);
        assertThat(firing.view().outcome()).isEqualTo(CycleSearch.Outcome.CYCLE);
        assertThat(firing.limitCycles()).anyMatch(PortraitRecord.Cycle::stable);
        assertThat(firing.view().cycles()).hasSameSizeAs(firing.limitCycles()).allSatisfy(cycle ->
                assertThat(Arrays.asList(cycle)).allMatch(p -> firing.view().frame().contains(p[0], p[1])));
        assertThat(firing.view().xNullcline().isEmpty()).isEqualTo(name.equals("hh"));
        assertThat(Portraits.facts(model, diagram, probe)).usingRecursiveComparison().isEqualTo(firing.with(null));
    }

    @Test
    void aNetworksTeacherHasTheParametersThatItHadAndIsLookedAtInItsUnits() {
        Map<String, Double> changed = new LinkedHashMap<>();
        for (String name : List.of("T", "gNa", "ENa", "C", "gK")) {
            changed.put(name, Neurons.named("hh").parameters().stream().filter(p -> p.name().equals(name)).findFirst()
                    .orElseThrow().value() * 1.01);
        }
        assertThat(provenance("hh", changed).teacherParameters().keySet()).as("files have one order")
                .containsExactly("T", "gNa", "ENa", "C", "gK");
        FlowModel model = FlowModel.of(network(provenance("hh", changed)));
        assertThat(Neurons.changed(model.teacher().orElseThrow())).isEqualTo(changed);
        assertThat(FlowModel.of(Neurons.named("hh").with(Map.of("gNa", 110.0, "EK", -77.5))).name())
                .isEqualTo("hh with gNa = 110, EK = -77.5");
        assertThat(FlowModel.of(network(provenance("fhn", Map.of()))).probeCurrent())
                .isEqualTo(FlowModel.of(Neurons.named("fhn")).probeCurrent());
        assertThat(FlowModel.of(network(provenance("recording", Map.of()))).teacher()).isEmpty();
        assertThat(model.map()).as("steps of second order are the flow").isEmpty();
    }

    private static Provenance provenance(String teacher, Map<String, Double> changed) {
        return new Provenance("none", teacher, changed, null, 1, null, "none", 1, null, "test", "17");
    }

    private static TrainedNetwork network(Provenance provenance) {
        return new TrainedNetwork(new NetworkCard(NetworkCard.FORMAT_VERSION, "any", 2, 0, 0, 0.1, Integrator.HEUN,
                Scaling.HODGKIN_HUXLEY,
                new TrainedCurrents(-30, 170), provenance), new double[FusedGru.parameterCount(1, 2)
                + FusedReadout.parameterCount(2, 0)]);
    }

    /** Networks of other than two units are shown in a projection, with the same facts. */
    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "3, 2"})
    void networksOfAnyNumberOfUnitsHaveAPortrait(int units, int features) {
        int count = FusedGru.parameterCount(1, units, features) + FusedReadout.parameterCount(units, 0);
        double[] p = new SplittableRandom(units).doubles(count, -2, 2).toArray();
        TrainedNetwork network = new TrainedNetwork(new NetworkCard(NetworkCard.FORMAT_VERSION, "any", units, 0,
                features, 0.1, Integrator.EULER, Scaling.HODGKIN_HUXLEY,
                new TrainedCurrents(-30, 170),
                new Provenance("none", "hh", 1, "none", 1, "test", "17")), p);
        FlowModel model = FlowModel.of(network);
        assertThat(model.teacher().orElseThrow().name()).isEqualTo("hh");
        PortraitRecord portrait = Portraits.of(model, model.diagram(-5, 5), 2);
        assertThat(portrait.complete()).isTrue();
        assertThat(portrait.equilibria()).isNotEmpty().allSatisfy(e -> {
            assertThat(e.eigenvalues().length).isEqualTo(units);
            assertThat(e.stepped().multipliers().length).isEqualTo(units);
        });
        assertThat(portrait.view().xNullcline()).isEmpty();
        assertThat(portrait.view().orbit()).isNotEmpty();
        assertThat(PortraitFigure.draw(portrait).caption()).startsWith("Projection of the states");
    }

    @Test
    void orbitsOfADiagramAreFoundAtACurrentBetweenItsPoints() {
        FlowModel model = FlowModel.of(Neurons.named("fhn"));
        BifurcationDiagram diagram = model.diagram(0, 1);
        List<PeriodicOrbit> orbits = model.orbits(diagram, 0.328);
        assertThat(orbits).hasSize(2).allSatisfy(o -> assertThat(o.input()).isEqualTo(0.328));
        assertThat(orbits).extracting(PeriodicOrbit::stable).containsExactlyInAnyOrder(true, false);
        for (PeriodicOrbit orbit : orbits) {
            double[] range = model.voltageRangeMv(orbit);
            assertThat(range[1] - range[0]).isBetween(0.3, 4.0);
        }
        assertThat(model.orbits(diagram, 0.2)).isEmpty();
    }

    /** One unit that obeys dh/dt = (1 - z)(tanh(x / 10) - h): its equilibrium is known in closed form. */
    @Test
    void aNetworksVoltageIsThatOfItsReadout() {
        double[] p = new double[FusedGru.parameterCount(1, 1) + FusedReadout.parameterCount(1, 0)];
        p[2] = 0.5;
        p[p.length - 2] = 1;
        TrainedNetwork network = new TrainedNetwork(new NetworkCard(1, "one", 1, 0, 0, 0.1, Integrator.EULER,
                Scaling.HODGKIN_HUXLEY, new TrainedCurrents(-30, 170),
                new Provenance("none", "hh", 1, "none", 1, "test", "17")), p);
        FlowModel model = FlowModel.of(network);
        double h = Math.tanh(0.5 * Scaling.HODGKIN_HUXLEY.input(7));
        Equilibrium only = model.equilibria(7).equilibria().get(0);
        assertThat(only.state()[0]).isCloseTo(h, within(1e-12));
        assertThat(model.voltageMv().applyAsDouble(only.state()))
                .isCloseTo(Scaling.HODGKIN_HUXLEY.voltageMv(h), within(1e-9));
        assertThat(model.map()).isPresent();
        assertThat(model.diagram(-5, 5).points(Kind.HOPF)).isEmpty();
    }

    @Test
    void everyPartOfADiagramAndOfAComparisonIsToldOnce() {
        AtomicInteger told = new AtomicInteger();
        FlowModel firing = FlowModel.of(Neurons.named("fhn"));
        firing.diagram(told::incrementAndGet, 0, 1, 0.5);
        assertThat(told).as("with a Hopf point").hasValue(BifurcationDiagram.PARTS);
        told.set(0);
        firing.diagram(told::incrementAndGet, -0.2, 0.1);
        assertThat(told).as("without").hasValue(BifurcationDiagram.PARTS);
        told.set(0);
        Comparison.of(List.of(firing, firing), -0.2, 0.6, told::incrementAndGet);
        assertThat(told).hasValue(Comparison.parts(2));
    }
}
