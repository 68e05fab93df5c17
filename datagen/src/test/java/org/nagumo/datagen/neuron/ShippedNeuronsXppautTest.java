package org.nagumo.datagen.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nagumo.datagen.ode.OdeChoice;
import org.nagumo.datagen.ode.OdeReader;
import org.nagumo.datagen.ode.Xppaut;

/** The neurons that ship, in XPPAUT itself: under a current that makes most of them fire. */
class ShippedNeuronsXppautTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void skippedWithAMessageWhereItIsNotInstalled() {
        Xppaut.assumeInstalled();
    }

    @ParameterizedTest
    @CsvSource({"hh,10", "rinzel,10", "fhn,0.5", "fhn-psi,0.8", "bvp,-0.4", "morris-lecar-1,45", "morris-lecar-2,100",
        "morris-lecar-homoclinic,40", "connor-stevens,10", "wang-buzsaki,1", "inap-ik,10", "inap-ik-low,30",
        "traub-miles,1", "pospischil-rs,3", "pospischil-fs,4", "pospischil-lts,1", "hindmarsh-rose,2",
        "sherman-rinzel,0.1"})
    void bothProgramsFollowTheSameOrbit(String name, String current) throws Exception {
        String text = ShippedNeurons.text(name).replaceFirst("par (i|z)=0", "par $1=" + current);
        double[][] rows = Xppaut.run(folder, text, name.equals("fhn-psi") ? 20 : 100, 0.1);
        assertThat(rows.length).isGreaterThan(200);
        assertThat(Xppaut.deviation(OdeReader.parse(name + ".ode", text, OdeChoice.NONE), rows)).isLessThan(1e-4);
    }

    @Test
    void allAreCompared() throws Exception {
        List<String> compared = List.of(getClass().getDeclaredMethod("bothProgramsFollowTheSameOrbit", String.class,
                String.class).getAnnotation(CsvSource.class).value()).stream().map(line -> line.split(",")[0]).toList();
        assertThat(compared).containsExactlyInAnyOrderElementsOf(ShippedNeurons.NAMES);
    }
}
