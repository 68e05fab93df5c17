package org.nagumo.core.gru;

import org.hipparchus.analysis.differentiation.Gradient;

/**
 * The equations of one sequence written down once more, number by number, in forward-mode automatic differentiation:
 * states and their exact derivatives, with nothing in common with the kernel or with SameDiff.
 */
final class PlainGru {

    private final GruEquations equations;
    private final int inputs;
    private final int units;
    private final Gradient[] parameters;

    PlainGru(GruEquations equations, int inputs, int units, Gradient[] parameters) {
        this.equations = equations;
        this.inputs = inputs;
        this.units = units;
        this.parameters = parameters;
    }

    /**
     * @param x        input of a sample
     * @param interval time that the sample takes
     */
    Gradient[] step(Gradient[] x, Gradient interval, Gradient[] h) {
        Gradient[] state = h;
        for (int s = 0; s < equations.substeps(); s++) {
            state = integratorStep(x, interval.divide(equations.substeps()), state);
        }
        return state;
    }

    private Gradient[] integratorStep(Gradient[] x, Gradient s, Gradient[] h) {
        return switch (equations.integrator()) {
            case EULER -> add(h, 1, flow(x, s, h));
            case HEUN -> {
                Gradient[] k1 = flow(x, s, h);
                Gradient[] k2 = flow(x, s, add(h, 1, k1));
                yield add(add(h, 0.5, k1), 0.5, k2);
            }
            case RUNGE_KUTTA_4 -> {
                Gradient[] k1 = flow(x, s, h);
                Gradient[] k2 = flow(x, s, add(h, 0.5, k1));
                Gradient[] k3 = flow(x, s, add(h, 0.5, k2));
                Gradient[] k4 = flow(x, s, add(h, 1, k3));
                yield add(add(add(add(h, 1 / 6.0, k1), 1 / 3.0, k2), 1 / 3.0, k3), 1 / 6.0, k4);
            }
            case EXPONENTIAL_EULER -> {
                Gradient[] next = new Gradient[units];
                for (int j = 0; j < units; j++) {
                    Gradient c = candidate(x, h, j);
                    Gradient decay = s.divide(tau(j)).multiply(gate(0, x, h, j).subtract(1)).exp();
                    next[j] = c.add(h[j].subtract(c).multiply(decay));
                }
                yield next;
            }
        };
    }

    private static Gradient[] add(Gradient[] y, double weight, Gradient[] k) {
        Gradient[] sum = new Gradient[y.length];
        for (int j = 0; j < y.length; j++) {
            sum[j] = y[j].add(k[j].multiply(weight));
        }
        return sum;
    }

    /** s dh/dt. */
    private Gradient[] flow(Gradient[] x, Gradient s, Gradient[] h) {
        Gradient[] k = new Gradient[units];
        for (int j = 0; j < units; j++) {
            Gradient opening = gate(0, x, h, j).negate().add(1);
            k[j] = s.divide(tau(j)).multiply(opening).multiply(candidate(x, h, j).subtract(h[j]));
        }
        return k;
    }

    private Gradient tau(int unit) {
        return parameters[parameters.length - units + unit].exp();
    }

    private Gradient gate(int block, Gradient[] x, Gradient[] h, int unit) {
        Gradient a = bias(block, unit);
        for (int i = 0; equations.inputInGates() && i < inputs; i++) {
            a = a.add(parameters[(block * units + unit) * inputs + i].multiply(x[i]));
        }
        for (int k = 0; k < units; k++) {
            a = a.add(recurrent(block, k, unit).multiply(h[k]));
        }
        a = a.add(fromFeatures(block, x, h, unit));
        return a.negate().exp().add(1).reciprocal();
    }

    private Gradient candidate(Gradient[] x, Gradient[] h, int unit) {
        Gradient a = bias(2, unit);
        int column = equations.inputInGates() ? 2 * units + unit : unit;
        for (int i = 0; i < inputs; i++) {
            a = a.add(parameters[column * inputs + i].multiply(x[i]));
        }
        for (int k = 0; k < units; k++) {
            a = a.add(recurrent(2, k, unit).multiply(gate(1, x, h, k)).multiply(h[k]));
        }
        a = a.add(fromFeatures(2, x, h, unit));
        return a.tanh();
    }

    private Gradient fromFeatures(int block, Gradient[] x, Gradient[] h, int unit) {
        int features = equations.features();
        int weightsAt = biasAt() + 3 * units;
        int biasesAt = weightsAt + features * (inputs + units);
        Gradient sum = Gradient.constant(h[0].getFreeParameters(), 0);
        for (int f = 0; f < features; f++) {
            Gradient a = parameters[biasesAt + f];
            for (int k = 0; k < inputs + units; k++) {
                a = a.add(parameters[weightsAt + f * (inputs + units) + k].multiply(k < inputs ? x[k] : h[k - inputs]));
            }
            sum = sum.add(parameters[biasesAt + features + (block * units + unit) * features + f].multiply(a.tanh()));
        }
        return sum;
    }

    private int recurrentAt() {
        return equations.inputBlocks() * units * inputs;
    }

    private int biasAt() {
        return recurrentAt() + 3 * units * units;
    }

    private Gradient bias(int block, int unit) {
        return parameters[biasAt() + block * units + unit];
    }

    private Gradient recurrent(int block, int from, int unit) {
        return parameters[recurrentAt() + (block * units + unit) * units + from];
    }
}
