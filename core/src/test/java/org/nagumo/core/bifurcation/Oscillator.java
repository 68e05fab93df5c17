package org.nagumo.core.bifurcation;

import java.util.List;
import org.nagumo.core.dynamics.EnclosedField;
import org.nagumo.core.interval.Jet;

/** x'' = p(x) + (a u + b + c x + d x^2) x' with p(x) = e + f x + g x^2 + h x^3, as x' = y. */
record Oscillator(double a, double b, double c, double d, double e, double f, double g, double h)
        implements EnclosedField {

    /** x'' = -x + u (1 - x^2) x' at u, with u in all of the damping: van der Pol's for a fixed damping m. */
    static Oscillator vanDerPol(double m) {
        return new Oscillator(0, m, 0, -m, 0, -1, 0, 0);
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public List<String> stateNames() {
        return List.of("x", "y");
    }

    @Override
    public void derivative(double[] s, double u, double[] v) {
        double x = s[0];
        v[0] = s[1];
        v[1] = e + x * (f + x * (g + x * h)) + (a * u + b + x * (c + x * d)) * s[1];
    }

    @Override
    public void jacobian(double[] s, double u, double[][] j) {
        double x = s[0];
        j[0][0] = 0;
        j[0][1] = 1;
        j[1][0] = f + x * (2 * g + 3 * x * h) + (c + 2 * x * d) * s[1];
        j[1][1] = a * u + b + x * (c + x * d);
    }

    @Override
    public void enclose(Jet[] s, double u, Jet[] v) {
        Jet x = s[0];
        v[0] = s[1];
        v[1] = x.times(x.times(x.times(h).plus(g)).plus(f)).plus(e)
                .plus(x.times(x.times(d).plus(c)).plus(a * u + b).times(s[1]));
    }
}
