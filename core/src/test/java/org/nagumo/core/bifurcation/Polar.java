package org.nagumo.core.bifurcation;

import java.util.List;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Jet;

/**
 * The normal form of a Hopf bifurcation with its fold of cycles: r' = u r + c r^3 - d r^5, angle' = 1. Cycles lie where
 * u + c r^2 - d r^4 = 0, have the period 2 pi and the multiplier exp(2 pi (u + 3 c r^2 - 5 d r^4)).
 */
record Polar(double c, double d) implements EnclosedField {

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public List<String> stateNames() {
        return List.of("x", "y");
    }

    @Override
    public void derivative(double[] s, double u, double[] f) {
        double q = s[0] * s[0] + s[1] * s[1];
        double g = u + c * q - d * q * q;
        f[0] = g * s[0] - s[1];
        f[1] = s[0] + g * s[1];
    }

    @Override
    public void jacobian(double[] s, double u, double[][] j) {
        double q = s[0] * s[0] + s[1] * s[1];
        double g = u + c * q - d * q * q;
        double slope = 2 * (c - 2 * d * q);
        j[0][0] = g + slope * s[0] * s[0];
        j[0][1] = slope * s[0] * s[1] - 1;
        j[1][0] = slope * s[0] * s[1] + 1;
        j[1][1] = g + slope * s[1] * s[1];
    }

    @Override
    public void enclose(Jet[] s, double u, Jet[] f) {
        Jet q = s[0].square().plus(s[1].square());
        Jet g = q.times(q.times(-d).plus(c)).plus(u);
        f[0] = g.times(s[0]).minus(s[1]);
        f[1] = s[0].plus(g.times(s[1]));
    }
}
