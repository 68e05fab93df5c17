package org.nagumo.experiments.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nagumo.core.bifurcation.BifurcationDiagram;
import org.nagumo.core.bifurcation.CycleBranch;
import org.nagumo.core.bifurcation.EulerMap;
import org.nagumo.core.bifurcation.PeriodicOrbit;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.Equilibrium;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.VectorField;
import org.nagumo.core.gru.GruGallery;
import org.nagumo.core.gru.Integrator;
import org.nagumo.core.interval.Interval;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.datagen.neuron.PhysicalUnits;
import org.nagumo.datagen.neuron.PlaneAxis;
import org.nagumo.experiments.evaluate.NeuronScale;
import org.nagumo.experiments.network.RecordedData;
import org.nagumo.experiments.network.TrainedNetwork;

/**
 * A neuron or a trained network as a dynamical system under constant current: its flow, its membrane potential in every
 * state, and where and in which units it is examined.
 *
 * @param name         short name, with the changed parameters of a neuron
 * @param field        the flow, with the current in uA/cm2 as input
 * @param voltageMv    membrane potential in a state
 * @param regions      a box that holds all equilibria at the currents of a range
 * @param units        typical range of each state variable
 * @param plane        what a picture shows of a state
 * @param map          the flow in the steps in which a network runs it, for networks of Euler steps, which are not the
 *                     flow; none for others and for neurons
 * @param teacher      the neuron that a network imitates; none for a neuron
 * @param timeUnit     time that corresponds to 1 ms of Hodgkin and Huxley's neuron
 * @param settling     how long orbits are followed at most until they settle
 * @param probeCurrent a current at which the system fires, and whose opposite holds it far from firing
 * @param physical     units of current, potential and time
 */
public record FlowModel(String name, VectorField field, ToDoubleFunction<double[]> voltageMv, Regions regions,
        List<Double> units, Plane plane, Optional<EulerMap> map, Optional<Neuron> teacher, double timeUnit,
        double settling, double probeCurrent, PhysicalUnits physical) {

    /** How long orbits are followed, in units of time, and in slowest time constants of a neuron at rest. */
    private static final double SETTLING = 500;
    private static final double LONGEST_SETTLING = 10_000;
    private static final double TIME_CONSTANTS = 40;

    /** A side of a region that is wider than this many typical ranges encloses nothing of use. */
    private static final double WIDEST = 1000;
    private static final double PROBE_UA_PER_CM2 = 10;

    /** The states of a network lie between -1 and 1, and its equilibria with them. */
    private static final Interval UNIT = new Interval(-1.001, 1.001);

    /** Where equilibria can be. */
    @FunctionalInterface
    public interface Regions {
        /** A box for the currents from one to another. */
        Interval[] between(double from, double to);
    }

    /**
     * A projection of the states on two axes.
     *
     * @param x     name of the first axis
     * @param xUnit its unit, {@code 1} when dimensionless
     * @param y     name of the second axis
     * @param yUnit its unit, {@code 1} when dimensionless
     * @param of    both coordinates of a state
     */
    public record Plane(String x, String xUnit, String y, String yUnit, UnaryOperator<double[]> of) {

        /** The points of an orbit, {@code [point][2]}. */
        public double[][] project(double[][] states) {
            return Arrays.stream(states).map(of).toArray(double[][]::new);
        }

        private static Plane ofFirstTwo(List<String> names) {
            return new Plane(names.get(0), "1", names.get(1), "1", x -> new double[] {x[0], x[1]});
        }

        /**
         * The potential against what the neuron states, else against its slowest state: that whose own rate, the
         * diagonal element of the Jacobian, is the smallest at rest.
         */
        private static Plane of(Neuron neuron) {
            List<String> names = neuron.stateNames();
            List<String> stateUnits = neuron.traits().stateUnits();
            PlaneAxis y = neuron.traits().plane().orElseGet(() -> {
                int slowest = slowest(neuron);
                return new PlaneAxis(names.get(slowest), stateUnits.get(slowest), x -> x[slowest]);
            });
            return new Plane(names.get(0), stateUnits.get(0), y.label(), y.unit(),
                    x -> new double[] {x[0], y.of().applyAsDouble(x)});
        }

        /**
         * The slowest state of a neuron besides its potential: that whose own rate, the diagonal element of the
         * Jacobian, is the smallest at rest.
         *
         * @param neuron a neuron of at least two states
         * @return the number of the state
         */
        public static int slowest(Neuron neuron) {
            int n = neuron.dimension();
            if (n == 2) {
                return 1;
            }
            double[][] jacobian = new double[n][n];
            neuron.jacobian(rest(neuron), 0, jacobian);
            return IntStream.range(1, n).boxed().min(Comparator.comparingDouble(i -> Math.abs(jacobian[i][i])))
                    .orElse(0);
        }

        /** The rest; of a neuron that does not rest, the middle of where its equilibria can be. */
        private static double[] rest(Neuron neuron) {
            try {
                return neuron.restState();
            } catch (IllegalArgumentException e) {
                return Arrays.stream(neuron.equilibriumRegion(0, 0)).mapToDouble(Interval::middle).toArray();
            }
        }
    }

    public FlowModel {
        units = List.copyOf(units);
    }

    /**
     * A neuron, whose first state variable is its potential. Equilibria of one that does not enclose itself are
     * searched, not proven.
     *
     * @param neuron the neuron
     * @return the model
     */
    public static FlowModel of(Neuron neuron) {
        NeuronScale.Probe probe = NeuronScale.probe(neuron);
        double settling = SETTLING * probe.timeUnit();
        double slow = Math.min(LONGEST_SETTLING * probe.timeUnit(), TIME_CONSTANTS * slowestTimeConstant(neuron));
        return new FlowModel(Neurons.label(neuron), neuron, state -> state[0], neuron::equilibriumRegion,
                Arrays.stream(neuron.units()).boxed().toList(),
                Plane.of(neuron), Optional.empty(), Optional.empty(), probe.timeUnit(), Math.max(settling, slow),
                probe.current(), neuron.traits().units());
    }

    /**
     * Any field, whose first state variable is its potential. Its time is in units of its own; an orbit is followed for
     * 500 of them until it settles.
     *
     * @param name         short name
     * @param field        the field; its equilibria are proven if it encloses itself
     * @param probeCurrent an input at which the field leaves its rest, and whose opposite does not
     * @param physical     units of input, potential and time
     * @param box          where equilibria are looked for, one interval for each state variable; their widths are the
     *                     typical ranges of the states
     * @return the model
     */
    public static FlowModel of(String name, VectorField field, double probeCurrent, PhysicalUnits physical,
            Interval... box) {
        Interval[] copy = box.clone();
        Plane plane = field.dimension() > 1 ? Plane.ofFirstTwo(field.stateNames())
                : new Plane(field.stateNames().get(0), "1", field.stateNames().get(0), "1",
                        x -> new double[] {x[0], x[0]});
        return new FlowModel(name, field, state -> state[0], (from, to) -> copy.clone(),
                Arrays.stream(box).map(Interval::width).toList(), plane, Optional.empty(), Optional.empty(), 1,
                SETTLING, probeCurrent, physical);
    }

    /** The slowest time constant of a neuron where it rests; 0 when it does not rest. */
    private static double slowestTimeConstant(Neuron neuron) {
        try {
            return Equilibrium.at(neuron, neuron.restState(), 0).eigenvalues().stream()
                    .mapToDouble(e -> -1 / e.getReal()).max().orElse(0);
        } catch (IllegalArgumentException e) {
            // A neuron without rest.
            return 0;
        }
    }

    /** The units of records; null for those that records have without saying it. */
    PhysicalUnits statedUnits() {
        return physical.equals(PhysicalUnits.MEMBRANE) ? null : physical;
    }

    /** A network of the gallery; its first state variable stands for a potential, its input for a current. */
    static FlowModel of(GruGallery.Example example) {
        return new FlowModel(example.name(), example.field(), state -> state[0], (from, to) -> cube(2),
                List.of(1.0, 1.0), Plane.ofFirstTwo(example.field().stateNames()), Optional.empty(), Optional.empty(),
                1, SETTLING, 1, PhysicalUnits.DIMENSIONLESS);
    }

    private static Interval[] cube(int units) {
        return IntStream.range(0, units).mapToObj(j -> UNIT).toArray(Interval[]::new);
    }

    /** A network, whose readout gives the potential. */
    public static FlowModel of(TrainedNetwork network) {
        int n = network.card().units();
        VectorField field = network.field();
        Optional<Neuron> teacher = network.card().provenance().neuron();
        RecordedData recorded = network.card().recorded();
        PhysicalUnits physical = recorded != null ? recorded.units()
                : teacher.map(neuron -> neuron.traits().units()).orElse(PhysicalUnits.MEMBRANE);
        double current = recorded != null && network.card().trained() != null ? network.card().trained().highest() / 2
                : PROBE_UA_PER_CM2;
        NeuronScale.Probe probe = teacher.map(NeuronScale::probe).orElse(new NeuronScale.Probe(current, 1));
        Plane plane = n > 1 ? Plane.ofFirstTwo(field.stateNames())
                : new Plane("h1", "1", "V", physical.potential(), x -> new double[] {x[0], network.voltageMv(x)});
        return new FlowModel(network.card().name(), field, network::voltageMv, (from, to) -> cube(n),
                IntStream.range(0, n).mapToObj(j -> 1.0).toList(), plane,
                Optional.of(new EulerMap(field, network.card().dtMs()))
                        .filter(map -> network.card().integrator() == Integrator.EULER), teacher, probe.timeUnit(),
                SETTLING * probe.timeUnit(), probe.current(), physical);
    }

    /**
     * Equilibria and periodic orbits between two currents in uA/cm2.
     *
     * @param alsoAt currents at which all equilibria and what orbits settle to are sought beside evenly spread ones
     */
    public BifurcationDiagram diagram(double from, double to, double... alsoAt) {
        return diagram(() -> { }, from, to, alsoAt);
    }

    /**
     * As {@link #diagram(double, double, double...)}, for work that takes long.
     *
     * @param partDone told after each of {@link BifurcationDiagram#PARTS} parts
     */
    public BifurcationDiagram diagram(Runnable partDone, double from, double to, double... alsoAt) {
        Place place = place(from, to);
        return BifurcationDiagram.of(place.field(), from, to, new BifurcationDiagram.Search(List.of(place.box()),
                units, settling, Arrays.stream(alsoAt).boxed().toList()), partDone);
    }

    /** All equilibria at a current, proven where that can be done. */
    public EquilibriumSearch equilibria(double current) {
        Place place = place(current, current);
        return Equilibria.in(place.field(), current, place.box());
    }

    /** Where equilibria are looked for, and with what. */
    private record Place(VectorField field, Interval[] box) {
    }

    /**
     * The region of a range of currents. When the enclosure of the field bounds it too loosely, it is cut to two
     * typical ranges around zero in which the field without its enclosure is searched.
     */
    private Place place(double from, double to) {
        Interval[] box = regions.between(from, to);
        if (IntStream.range(0, box.length).allMatch(i -> box[i].width() <= WIDEST * units.get(i))) {
            return new Place(field, box);
        }
        return new Place(new WithoutEnclosure(field), units.stream()
                .map(unit -> new Interval(-2 * unit, 2 * unit)).toArray(Interval[]::new));
    }

    /** A field of which nothing is proven. */
    private record WithoutEnclosure(VectorField field) implements VectorField {

        @Override
        public int dimension() {
            return field.dimension();
        }

        @Override
        public List<String> stateNames() {
            return field.stateNames();
        }

        @Override
        public void derivative(double[] state, double input, double[] derivative) {
            field.derivative(state, input, derivative);
        }

        @Override
        public void jacobian(double[] state, double input, double[][] jacobian) {
            field.jacobian(state, input, jacobian);
        }
    }

    /** The periodic orbits of a diagram at one current. */
    public List<PeriodicOrbit> orbits(BifurcationDiagram diagram, double current) {
        List<PeriodicOrbit> orbits = new ArrayList<>();
        double[] unit = units.stream().mapToDouble(u -> u).toArray();
        for (CycleBranch branch : diagram.cycleBranches()) {
            for (PeriodicOrbit orbit : branch.at(field, unit, current)) {
                // Two branches may begin at one orbit, in both directions.
                if (orbits.stream().noneMatch(known -> known.isSame(orbit, unit))) {
                    orbits.add(orbit);
                }
            }
        }
        return orbits;
    }

    /** Lowest and highest potential on an orbit, in mV. */
    public double[] voltageRangeMv(PeriodicOrbit orbit) {
        double[] voltage = Arrays.stream(orbit.sampled(field)).mapToDouble(voltageMv).toArray();
        return new double[] {Arrays.stream(voltage).min().orElse(Double.NaN),
            Arrays.stream(voltage).max().orElse(Double.NaN)};
    }
}
