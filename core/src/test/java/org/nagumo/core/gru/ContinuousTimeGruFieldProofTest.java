package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.core.dynamics.CertifiedEquilibria;
import org.nagumo.core.dynamics.Enclosures;
import org.nagumo.core.dynamics.Equilibria;
import org.nagumo.core.dynamics.EquilibriumSearch;
import org.nagumo.core.dynamics.Region;
import org.nagumo.core.interval.Interval;

/** Proofs about the equilibria of networks: all of them lie in the cube of states from -1 to 1. */
class ContinuousTimeGruFieldProofTest {

    private static final Interval UNIT = new Interval(-1.001, 1.001);

    private static ContinuousTimeGruField field(int units, double scale, long seed) {
        return field(units, 0, scale, seed);
    }

    private static ContinuousTimeGruField field(int units, int features, double scale, long seed) {
        GruEquations equations = GruEquations.euler(0.1, features);
        int count = FusedGru.parameterCount(1, units, features);
        double[] parameters = new SplittableRandom(seed).doubles(count, -scale, scale).toArray();
        for (int j = 0; j < units; j++) {
            parameters[count - units + j] = 0;
        }
        return new ContinuousTimeGruField(equations, units, parameters, 1);
    }

    @Test
    void theEnclosuresHoldTheField() {
        Enclosures.assertHold(field(2, 6, 1), 0.4, UNIT, UNIT);
        Enclosures.assertHold(field(3, 2, 2), -1, UNIT, UNIT, UNIT);
        Enclosures.assertHold(field(2, 5, 3, 1), 0.4, UNIT, UNIT);
        Enclosures.assertHold(field(3, 4, 2, 2), -1, UNIT, UNIT, UNIT);
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 40", "8, 5, 10", "16, 2, 10", "16, 5, 10", "0, 20, 60", "8, 20, 5"})
    void everyListIsCompleteAndNoShorterThanTheGridsAndItsIndicesSumToOne(int features, double scale, int count) {
        int most = 0;
        for (long seed = 0; seed < count; seed++) {
            ContinuousTimeGruField field = field(2, features, scale, seed);
            EquilibriumSearch search = CertifiedEquilibria.in(field, 0, UNIT, UNIT);
            assertThat(search.complete()).as("seed %d", seed).isTrue();
            int grid = Equilibria.find(field, 0, new Region(-1.001, 1.001, -1.001, 1.001), 100).size();
            assertThat(search.equilibria().size()).as("seed %d", seed).isGreaterThanOrEqualTo(grid);
            assertThat(sumOfIndices(search)).as("seed %d", seed).isEqualTo(1);
            most = Math.max(most, search.equilibria().size());
        }
        assertThat(most).isGreaterThanOrEqualTo(3);
    }

    /** On the cube's faces the flow points inwards: the indices of the equilibria sum to 1 (Poincare and Hopf). */
    private static int sumOfIndices(EquilibriumSearch search) {
        return search.equilibria().stream().mapToInt(e -> e.eigenvalues().get(0)
                .multiply(e.eigenvalues().get(1)).getReal() > 0 ? 1 : -1).sum();
    }

    /** Gates with sums so large that the difference 1 - z has no digit left. */
    @ParameterizedTest
    @CsvSource({"0, 20", "8, 10", "8, 20", "16, 10", "16, 20"})
    void saturatedGatesLeaveNothingUndecided(int features, double scale) {
        for (long seed = 0; seed < 10; seed++) {
            EquilibriumSearch search = CertifiedEquilibria.in(field(2, features, scale, seed), 0, UNIT, UNIT);
            assertThat(search.complete()).as("seed %d", seed).isTrue();
            assertThat(sumOfIndices(search)).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void threeUnits() {
        assertThat(CertifiedEquilibria.in(field(3, 3, 5), 0.2, UNIT, UNIT, UNIT).complete()).isTrue();
    }
}
