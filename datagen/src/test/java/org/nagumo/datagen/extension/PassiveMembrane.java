package org.nagumo.datagen.extension;

import java.util.List;
import java.util.Map;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Interval;
import org.nagumo.core.interval.Jet;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.Parameter;
import org.nagumo.datagen.neuron.Parameters;
import org.nagumo.datagen.neuron.Rest;

/** A neuron that somebody else added: C dV/dt = I - g (V - E). */
public final class PassiveMembrane implements Neuron, EnclosedField {

    private final Parameters parameters;

    public PassiveMembrane() {
        this(new Parameters("passive", new Parameter("C", 1, "uF/cm2", "membrane capacitance"),
                new Parameter("g", 0.1, "mS/cm2", "conductance"),
                new Parameter("E", -70, "mV", "reversal potential")));
    }

    private PassiveMembrane(Parameters parameters) {
        this.parameters = parameters;
        parameters.positive("C");
        parameters.positive("g");
    }

    @Override
    public String name() {
        return "passive";
    }

    @Override
    public List<Parameter> parameters() {
        return parameters.list();
    }

    @Override
    public PassiveMembrane with(Map<String, Double> overrides) {
        return new PassiveMembrane(parameters.with(overrides));
    }

    @Override
    public int dimension() {
        return 1;
    }

    @Override
    public List<String> stateNames() {
        return List.of("V");
    }

    @Override
    public void derivative(double[] state, double current, double[] derivative) {
        derivative[0] = (current - parameters.value("g") * (state[0] - parameters.value("E"))) / parameters.value("C");
    }

    @Override
    public void jacobian(double[] state, double current, double[][] jacobian) {
        jacobian[0][0] = -parameters.value("g") / parameters.value("C");
    }

    @Override
    public void enclose(Jet[] state, double current, Jet[] derivative) {
        derivative[0] = state[0].plus(-parameters.value("E")).times(-parameters.value("g")).plus(current)
                .over(parameters.value("C"));
    }

    @Override
    public Interval[] equilibriumRegion(double from, double to) {
        double e = parameters.value("E");
        double g = parameters.value("g");
        return new Interval[] {new Interval(e + from / g - 1, e + to / g + 1)};
    }

    @Override
    public double[] units() {
        return new double[] {100};
    }

    @Override
    public double[] restState() {
        return Rest.near(this, new double[] {0});
    }
}
