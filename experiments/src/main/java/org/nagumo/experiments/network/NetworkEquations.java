package org.nagumo.experiments.network;

import static org.nagumo.core.equations.Expression.constant;
import static org.nagumo.core.equations.Expression.variable;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Input;
import org.nagumo.core.equations.State;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.PhysicalUnits;

/** Writes a trained network as a system of equations with its numbers, see {@link TrainedNetwork#equations()}. */
final class NetworkEquations {

    private static final int RESET = 1;
    private static final int CANDIDATE = 2;
    private static final Expression ONE = constant(1);

    private final NetworkCard card;
    private final double[] p;
    private final int units;
    private final int biasAt;
    private final int featureAt;
    private final int featureBiasAt;
    private final PhysicalUnits physical;

    NetworkEquations(TrainedNetwork network) {
        card = network.card();
        p = network.parameters();
        units = card.units();
        biasAt = 3 * units * (1 + units);
        featureAt = biasAt + 3 * units;
        featureBiasAt = featureAt + card.features() * (1 + units);
        physical = card.provenance().neuron().map(Neuron::traits).map(traits -> traits.units())
                .orElse(PhysicalUnits.MEMBRANE);
    }

    EquationSystem system() {
        EquationSystem.Builder builder = EquationSystem.builder(card.name())
                .input(new Input("i", 0, physical.current(), "injected current"))
                .temporary(new Definition("x", variable("i").over(constant(card.scaling().currentUnitUaPerCm2())), "1",
                        "scaled current"));
        for (int f = 0; f < card.features(); f++) {
            int at = featureAt + f * (1 + units);
            Expression sum = constant(p[featureBiasAt + f]).plus(constant(p[at]).times(variable("x")));
            for (int k = 0; k < units; k++) {
                sum = sum.plus(constant(p[at + 1 + k]).times(state(k)));
            }
            builder.temporary(new Definition("u" + (f + 1), tanh(sum), "1", "shared feature"));
        }
        for (int j = 0; j < units; j++) {
            String unit = Integer.toString(j + 1);
            builder.temporary(new Definition("a" + unit, sum(0, j, this::state), "1", "argument of the update gate"))
                    .temporary(new Definition("z" + unit, sigmoid(variable("a" + unit)), "1", "update gate"))
                    .temporary(new Definition("r" + unit, sigmoid(sum(RESET, j, this::state)), "1", "reset gate"))
                    .temporary(new Definition("c" + unit, tanh(sum(CANDIDATE, j,
                            k -> variable("r" + (k + 1)).times(state(k)))), "1", "candidate"));
            // 1 - z = sigma(-a), without a difference that loses digits where z is next to 1.
            Expression pace = sigmoid(variable("a" + unit).negate());
            double tau = Math.exp(p[card.layerParameters() - units + j]);
            builder.state(new State("h" + unit, pace.times(variable("c" + unit).minus(state(j))).over(constant(tau)), 0,
                    "1", "state of unit " + unit));
        }
        return builder.output(new Definition("V", potential(), physical.potential(), "membrane potential")).build();
    }

    private Expression state(int unit) {
        return variable("h" + (unit + 1));
    }

    private static Expression tanh(Expression argument) {
        return Expression.call(Function.TANH, argument);
    }

    private static Expression sigmoid(Expression argument) {
        return ONE.over(ONE.plus(Expression.call(Function.EXP, argument.negate())));
    }

    /** The sum that enters gate 0 (update), 1 (reset) or 2 (candidate) of a unit. */
    private Expression sum(int gate, int unit, IntFunction<Expression> source) {
        int row = gate * units + unit;
        Expression sum = constant(p[biasAt + row]).plus(constant(p[row]).times(variable("x")));
        for (int k = 0; k < units; k++) {
            sum = sum.plus(constant(p[3 * units + row * units + k]).times(source.apply(k)));
        }
        for (int f = 0; f < card.features(); f++) {
            sum = sum.plus(constant(p[featureBiasAt + card.features() * (1 + row) + f])
                    .times(variable("u" + (f + 1))));
        }
        return sum;
    }

    private Expression potential() {
        int at = card.layerParameters();
        int hidden = card.readoutUnits();
        Expression v = constant(p[p.length - 1]);
        if (hidden == 0) {
            v = IntStream.range(0, units).mapToObj(j -> constant(p[at + j]).times(state(j))).reduce(v,
                    Expression::plus);
        }
        for (int k = 0; k < hidden; k++) {
            Expression sum = constant(p[at + hidden * units + k]);
            for (int j = 0; j < units; j++) {
                sum = sum.plus(constant(p[at + k * units + j]).times(state(j)));
            }
            v = v.plus(constant(p[at + hidden * (units + 1) + k]).times(tanh(sum)));
        }
        return constant(card.scaling().voltageOffsetMv()).plus(constant(card.scaling().voltageUnitMv()).times(v));
    }
}
