package org.nagumo.core.gru;

/**
 * The options of {@link GruEquations}, as the builders of {@link ContinuousTimeGru} and
 * {@link SameDiffContinuousTimeGru} offer them.
 *
 * @param <B> the builder, which every option returns
 */
public interface GruOptions<B> {

    /** Where the options are collected. */
    GruEquations.Draft draft();

    /** Time from one sample to the next in ms, the Euler step; 1 by default. */
    default B dt(double dtMs) {
        draft().dtMs = dtMs;
        return builder();
    }

    /** Steps of the integrator in each sample, 1 by default. */
    default B substeps(int count) {
        draft().substeps = count;
        return builder();
    }

    /** The integrator, {@link Integrator#EULER} by default. */
    default B integrator(Integrator method) {
        draft().integrator = method;
        return builder();
    }

    /** Time constants in ms: one for all units, or one for each; at least dt / substeps. 1 by default. */
    default B tau(double... tauMs) {
        draft().tauMs = tauMs.clone();
        return builder();
    }

    /** Whether the time constants are learned, as their logarithms; false by default. */
    default B learnTau(boolean learn) {
        draft().learnTau = learn;
        return builder();
    }

    /** Lower bound of learned time constants in ms, kept after every update; dt / substeps by default. */
    default B minTau(double minTauMs) {
        draft().minTauMs = minTauMs;
        return builder();
    }

    /** Whether the input enters the gates z and r as well as the candidate; true by default. */
    default B inputInGates(boolean inGates) {
        draft().inputInGates = inGates;
        return builder();
    }

    /**
     * Whether the channel after the data holds the interval of each step in ms, at most dt; false by default. It counts
     * in nIn.
     */
    default B irregularTime(boolean irregular) {
        draft().irregularTime = irregular;
        return builder();
    }

    /**
     * The state before the first step: where it comes from, and, fixed or learned, its values (one for all units, or
     * one for each; 0 by default). A given one takes the last nOut channels of the input, which count in nIn.
     */
    default B initialState(InitialState kind, double... values) {
        draft().initialState = kind;
        draft().initialValues = values.length == 0 ? new double[] {0} : values.clone();
        return builder();
    }

    /**
     * Number of shared features, 0 by default: {@code u = tanh([x, h] FW + Fb)}, which gates and candidate read as
     * further inputs. They let a few units follow a flow of another shape than the gates alone have.
     */
    default B features(int count) {
        draft().features = count;
        return builder();
    }

    @SuppressWarnings("unchecked")
    private B builder() {
        return (B) this;
    }
}
