package org.nagumo.core.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.complex.Complex;

/**
 * The curves that lead out of and into the saddles of a planar field: their unstable and stable manifolds. The stable
 * ones part the plane into the basins of what attracts.
 *
 * @param saddle   the saddle
 * @param stable   two curves that lead into it, from the saddle backwards in time, each {@code [point][2]}; not to be
 *                 modified
 * @param unstable two curves that lead out of it
 */
public record Separatrices(Equilibrium saddle, List<double[][]> stable, List<double[][]> unstable) {

    /** Distance from the saddle, in parts of the region, at which a curve begins along its eigenvector. */
    private static final double OFFSET = 1e-5;

    public Separatrices {
        stable = List.copyOf(stable);
        unstable = List.copyOf(unstable);
    }

    /**
     * The separatrices of all saddles among equilibria.
     *
     * @param region     where the curves are followed; they end where they leave a region of twice its sides around it
     * @param durationMs how long they are followed
     */
    public static List<Separatrices> of(VectorField field, double input, List<Equilibrium> equilibria, Region region,
            double durationMs) {
        List<Separatrices> all = new ArrayList<>();
        for (Equilibrium e : equilibria) {
            if (e.kind() instanceof EquilibriumKind.Saddle) {
                Complex unstable = e.eigenvalues().get(0);
                Complex stable = e.eigenvalues().get(1);
                all.add(new Separatrices(e, both(field, input, e, stable, region, -durationMs),
                        both(field, input, e, unstable, region, durationMs)));
            }
        }
        return all;
    }

    private static List<double[][]> both(VectorField field, double input, Equilibrium saddle, Complex eigenvalue,
            Region region, double durationMs) {
        double[] direction = eigenvector(field, input, saddle.state(), eigenvalue.getReal());
        double width = region.xMax() - region.xMin();
        double height = region.yMax() - region.yMin();
        double scale = OFFSET / Math.hypot(direction[0] / width, direction[1] / height);
        List<double[][]> curves = new ArrayList<>();
        for (int side : new int[] {1, -1}) {
            double[] x = saddle.state();
            double[] foot = x.clone();
            x[0] += side * scale * direction[0];
            x[1] += side * scale * direction[1];
            Region wide = new Region(region.xMin() - width / 2, region.xMax() + width / 2, region.yMin() - height / 2,
                    region.yMax() + height / 2);
            double[][] points = Orbit.follow(field, input, x, durationMs, at -> wide.contains(at[0], at[1])).points();
            double[][] curve = new double[points.length + 1][];
            curve[0] = foot;
            System.arraycopy(points, 0, curve, 1, points.length);
            curves.add(curve);
        }
        return curves;
    }

    /** A null vector of the Jacobian less the eigenvalue, from its longer row. */
    private static double[] eigenvector(VectorField field, double input, double[] state, double eigenvalue) {
        double[][] j = new double[2][2];
        field.jacobian(state, input, j);
        j[0][0] -= eigenvalue;
        j[1][1] -= eigenvalue;
        double[] row = Math.hypot(j[0][0], j[0][1]) >= Math.hypot(j[1][0], j[1][1]) ? j[0] : j[1];
        return new double[] {-row[1], row[0]};
    }
}
