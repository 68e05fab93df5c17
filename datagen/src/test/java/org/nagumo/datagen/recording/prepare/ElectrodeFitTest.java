package org.nagumo.datagen.recording.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A made electrode on a made membrane is found and taken off. */
class ElectrodeFitTest {

    private static final double DT = 0.1;
    private static final int LENGTH = 60_000;
    private static final double R_MEMBRANE = 120;
    private static final double TAU_MEMBRANE = 18;
    private static final double R_ELECTRODE = 25;
    private static final double TAU_ELECTRODE = 0.4;

    private static double[] current;
    private static double[] membrane;
    private static double[] electrode;
    private static double[] recorded;

    /** Noise of 50 pA through two filters of first order; impulse responses are sums of exponentials at the samples. */
    @BeforeAll
    static void make() {
        SplittableRandom random = new SplittableRandom(11);
        current = new double[LENGTH];
        membrane = new double[LENGTH];
        electrode = new double[LENGTH];
        recorded = new double[LENGTH];
        double i = 0;
        double m = 0;
        double e = 0;
        for (int t = 0; t < LENGTH; t++) {
            i += -i * DT / 1.0 + 30 * random.nextGaussian();
            current[t] = i;
            m = m * Math.exp(-DT / TAU_MEMBRANE) + R_MEMBRANE / TAU_MEMBRANE * DT * 1e-3 * i;
            e = e * Math.exp(-DT / TAU_ELECTRODE) + R_ELECTRODE / TAU_ELECTRODE * DT * 1e-3 * i;
            membrane[t] = m;
            electrode[t] = e;
            recorded[t] = -70 + m + e + 0.05 * random.nextGaussian();
        }
    }

    @Test
    void theKernelIsThatOfTheElectrode() {
        ElectrodeKernel kernel = ElectrodeFit.of(new Made(DT, recorded), new Made(DT, current));
        assertThat(kernel.megaohmPerMs()).hasSize(70);
        for (int lag = 0; lag < 10; lag++) {
            assertThat(kernel.megaohmPerMs()[lag]).as("lag %d", lag).isCloseTo(
                    R_ELECTRODE / TAU_ELECTRODE * Math.exp(-lag * DT / TAU_ELECTRODE), within(0.6));
        }
        double exact = R_ELECTRODE / TAU_ELECTRODE * DT / (1 - Math.exp(-DT / TAU_ELECTRODE));
        assertThat(kernel.megaohm()).isCloseTo(exact, within(0.03 * exact));
        assertThat(kernel.membraneTauMs()).isCloseTo(TAU_MEMBRANE, within(0.05 * TAU_MEMBRANE));
        assertThat(kernel.membraneMegaohm()).isCloseTo(R_MEMBRANE, within(0.03 * R_MEMBRANE));
        assertThat(kernel.explained()).isBetween(0.99, 1.0);
    }

    @Test
    void whatIsLeftIsTheMembrane() {
        ElectrodeKernel kernel = ElectrodeFit.of(new Made(DT, recorded), new Made(DT, current));
        double[] corrected = new Electrode(new Made(DT, recorded), new Made(DT, current), kernel).samples();
        double before = 0;
        double after = 0;
        for (int t = 1000; t < LENGTH; t++) {
            before += electrode[t] * electrode[t];
            after += Math.pow(corrected[t] - (-70 + membrane[t]), 2);
        }
        // 0.05 mV of the recording's own noise remain.
        assertThat(Math.sqrt(after / (LENGTH - 1000))).isLessThan(0.07);
        assertThat(Math.sqrt(before / (LENGTH - 1000))).isGreaterThan(1);
        double[] parts = new double[500];
        new Electrode(new Made(DT, recorded), new Made(DT, current), kernel).read(3, 500, parts, 0);
        assertThat(parts).containsExactly(Arrays.copyOfRange(corrected, 3, 503), within(1e-9));
    }

    @Test
    void aConstantCurrentBeforeTheStartIsAssumed() {
        double[] held = new double[300];
        Arrays.fill(held, 100);
        ElectrodeKernel kernel = new ElectrodeKernel(DT, new double[] {100, 50, 25}, 20, 100, 1);
        double[] corrected = new Electrode(new Made(DT, new double[300]), new Made(DT, held), kernel).samples();
        // 17.5 MOhm times 0.1 nA.
        assertThat(kernel.megaohm()).isCloseTo(17.5, within(1e-12));
        assertThat(corrected).containsOnly(corrected[299]);
        assertThat(corrected[299]).isCloseTo(-1.75, within(1e-12));
    }

    @Test
    void whatCannotServeIsRefused() {
        Made noise = new Made(DT, current);
        assertThatThrownBy(() -> ElectrodeFit.of(new Made(DT, new double[5000]), new Made(DT, new double[5000])))
                .hasMessageStartingWith("the electrode's recording lasts 500.0 ms; allowed: a subthreshold noise of at"
                        + " least");
        assertThatThrownBy(() -> ElectrodeFit.of(new Made(DT, recorded), new Made(DT, new double[LENGTH])))
                .hasMessageContaining("is no noise");
        double[] other = new SplittableRandom(1).doubles(LENGTH).toArray();
        assertThatThrownBy(() -> ElectrodeFit.of(new Made(DT, other), noise))
                .hasMessageContaining("% of its potential");
        double[] inverse = Arrays.stream(recorded).map(v -> -v).toArray();
        assertThatThrownBy(() -> ElectrodeFit.of(new Made(DT, inverse), noise)).hasMessageContaining("MOhm; allowed");
        assertThatThrownBy(() -> ElectrodeFit.of(new Made(0.05, recorded), noise))
                .hasMessageContaining("step of 0.1 ms");
    }
}
