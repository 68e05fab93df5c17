package org.nagumo.experiments.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neuron;
import org.nagumo.datagen.neuron.NeuronTraits;
import org.nagumo.datagen.ode.StatedUnits;
import org.nagumo.datagen.protocol.ProtocolScale;
import org.nagumo.experiments.spikes.SpikeCriterion;

/**
 * The correspondents of the units of Hodgkin and Huxley's neuron in another neuron, so that one battery fits both. A
 * neuron states its scale in its file of equations, or it is measured: the current by the onset of repetitive firing,
 * the time by the period of firing at twice the onset.
 *
 * <p>FitzHugh's neurons state theirs, by the current at which rest loses its stability, their lower Hopf point, and the
 * period of firing at twice that current:
 * <pre>
 *             Hopf point    period    current of 1 uA/cm2   time of 1 ms   a spike crosses
 *   hh         9.7754       11.65          1                    1          0 mV upward
 *   fhn        0.331281     37.26          0.033889             3.2        v = 0 upward
 *   fhn-psi    0.307391      1.165         0.031445             0.1        V = 0.3 upward
 *   bvp       -0.346478      9.70         -0.035444             0.83       x = 0 downward
 * </pre>
 * The Hopf points follow from the trace of the Jacobian, which vanishes there. The spike crosses the inflection of the
 * cubic, v = 0 and V = (1 - a) / 3; in FitzHugh's (1961) sign convention depolarisation, and with it the action
 * potential, is negative. The tests compare these values with the neurons.
 *
 * @param currentUnit   current that corresponds to 1 uA/cm2; negative where depolarising currents are
 * @param timeUnitMs    time that corresponds to 1 ms
 * @param dimensionless whether the neuron has no physical units
 * @param criterion     what counts as a spike
 * @param measured      amplitudes that differ from the battery's; null for {@link Amplitudes#STANDARD}
 */
public record NeuronScale(@JsonProperty("current_unit") double currentUnit,
        @JsonProperty("time_unit_ms") double timeUnitMs, @JsonProperty("dimensionless") boolean dimensionless,
        @JsonProperty("spike") SpikeCriterion criterion,
        @JsonProperty("amplitudes") @JsonInclude(JsonInclude.Include.NON_NULL) Amplitudes measured) {

    /** Part of the typical range of the potential by which the probe moves a neuron that does not fire. */
    private static final double SHIFT = 0.2;

    /** Ratio up to which two dimensionless scales are about the same. */
    private static final double NEAR = 3;

    /** Neurons in mV, ms and uA/cm2 of Hodgkin and Huxley's scale, and recordings. */
    public static final NeuronScale MEMBRANE = new NeuronScale(1, 1, false, SpikeCriterion.MEMBRANE);

    /**
     * Amplitudes of the battery, in units of current.
     *
     * @param pulse           amplitude of the pulses of one unit of time
     * @param firing          a current at which the neuron fires
     * @param hyperpolarising factor of the hyperpolarising steps
     */
    public record Amplitudes(@JsonProperty("pulse") double pulse, @JsonProperty("firing") double firing,
            @JsonProperty("hyperpolarising") double hyperpolarising) {

        /** Those of Hodgkin and Huxley's neuron: more than twice the threshold of a pulse of 1 ms, 6.92. */
        public static final Amplitudes STANDARD = new Amplitudes(15, 15, 1);

        /** Checks the ranges. */
        public Amplitudes {
            if (!(pulse > 0 && firing > 0 && hyperpolarising > 0)
                    || Double.isInfinite(pulse + firing + hyperpolarising)) {
                throw new IllegalArgumentException("pulse is " + pulse + ", firing " + firing
                        + " and hyperpolarising " + hyperpolarising + "; allowed: positive and finite");
            }
        }
    }

    /**
     * A scale with the standard amplitudes.
     *
     * @param currentUnit   current that corresponds to 1 uA/cm2
     * @param timeUnitMs    time that corresponds to 1 ms
     * @param dimensionless whether the neuron has no physical units
     * @param criterion     what counts as a spike
     */
    public NeuronScale(double currentUnit, double timeUnitMs, boolean dimensionless, SpikeCriterion criterion) {
        this(currentUnit, timeUnitMs, dimensionless, criterion, null);
    }

    public NeuronScale {
        if (currentUnit == 0 || !Double.isFinite(currentUnit)) {
            throw new IllegalArgumentException("currentUnit is " + currentUnit + "; allowed: finite, not zero");
        }
        if (!(timeUnitMs > 0) || Double.isInfinite(timeUnitMs)) {
            throw new IllegalArgumentException("timeUnitMs is " + timeUnitMs + "; allowed: positive and finite");
        }
        if (criterion == null) {
            throw new IllegalArgumentException("criterion is missing; allowed: what counts as a spike");
        }
    }

    /**
     * The scale that a neuron states, or that is measured.
     *
     * @param neuron the neuron, with the parameters that count
     * @return its scale
     * @throws InputException when the neuron states no scale and fires repetitively at no constant current
     */
    public static NeuronScale of(Neuron neuron) {
        NeuronTraits traits = neuron.traits();
        if (traits.scale().isEmpty() || traits.spike().isEmpty()) {
            NeuronScale found = ScaleMeasurement.of(neuron);
            return traits.scale().isEmpty() ? found : new NeuronScale(traits.scale().get().current(),
                    traits.scale().get().time(), found.dimensionless(), found.criterion());
        }
        StatedUnits units = traits.scale().get();
        return new NeuronScale(units.current(), units.time(), traits.units().dimensionless(),
                ScaleMeasurement.criterion(traits.spike().get(), units.time()));
    }

    /**
     * The amplitudes of the battery.
     *
     * @return the measured ones, else the standard
     */
    public Amplitudes amplitudes() {
        return measured == null ? Amplitudes.STANDARD : measured;
    }

    /**
     * This scale in units of another's, by which currents and times that are meant for that neuron fit this one.
     *
     * @param other the other neuron's scale
     * @return the ratios, to three digits: a scale that is measured has no more
     */
    public ProtocolScale inUnitsOf(NeuronScale other) {
        return new ProtocolScale(rounded(currentUnit / other.currentUnit),
                rounded(amplitudes().hyperpolarising() / other.amplitudes().hyperpolarising()),
                rounded(timeUnitMs / other.timeUnitMs));
    }

    /**
     * A measured ratio.
     *
     * @param ratio a ratio
     * @return the ratio to three digits
     */
    public static double rounded(double ratio) {
        return BigDecimal.valueOf(ratio).round(new MathContext(3)).doubleValue();
    }

    /**
     * Whether the currents, potentials and times of two neurons can be compared: they have the same units or,
     * dimensionless, about the same scale.
     *
     * @param a a neuron
     * @param b another
     * @return false when a current of one means nothing to the other
     */
    public static boolean comparable(Neuron a, Neuron b) {
        if (!a.traits().units().equals(b.traits().units())) {
            return false;
        }
        if (!a.traits().units().dimensionless() || a.name().equals(b.name())) {
            return true;
        }
        NeuronScale one = of(a);
        NeuronScale other = of(b);
        return isNear(one.currentUnit / other.currentUnit) && isNear(one.timeUnitMs / other.timeUnitMs)
                && one.criterion.downward() == other.criterion.downward();
    }

    private static boolean isNear(double ratio) {
        return ratio > 1 / NEAR && ratio < NEAR;
    }

    /**
     * What the examination of a neuron's dynamics is scaled by.
     *
     * @param current  a current at which the neuron fires, and whose opposite holds it far from firing
     * @param timeUnit time that corresponds to 1 ms of Hodgkin and Huxley's neuron
     */
    public record Probe(double current, double timeUnit) {
    }

    /**
     * A current at which a neuron fires, and its unit of time.
     *
     * @param neuron the neuron
     * @return the battery's firing current on the neuron's scale, rounded; of a neuron that does not fire, a current
     *         that moves its rest by a fifth of the typical range of its potential, or 1 when it does not rest either,
     *         and a unit of time of 1
     */
    public static Probe probe(Neuron neuron) {
        try {
            NeuronScale scale = of(neuron);
            return new Probe(BigDecimal.valueOf(scale.amplitudes().firing() * scale.currentUnit())
                    .round(new MathContext(scale.measured == null ? 1 : 2, RoundingMode.HALF_DOWN)).doubleValue(),
                    scale.timeUnitMs());
        } catch (InputException e) {
            return new Probe(ScaleMeasurement.currentOfShift(neuron, SHIFT).orElse(1), 1);
        }
    }

    /**
     * The current of {@link #probe}.
     *
     * @param neuron the neuron
     * @return the current
     */
    public static double probeCurrent(Neuron neuron) {
        return probe(neuron).current();
    }
}
