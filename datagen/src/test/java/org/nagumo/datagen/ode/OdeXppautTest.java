package org.nagumo.datagen.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files that Debian's XPPAUT ships, in both programs over 200 units of time. Chaotic systems are not among them,
 * for
 * orbits of two programs part there.
 */
class OdeXppautTest {

    private static final Path SHIPPED = Path.of("/usr/share/doc/xppaut");
    private static final double DURATION = 200;

    @TempDir
    private Path folder;

    @BeforeEach
    void skippedWithAMessageWhereItIsNotInstalled() {
        Xppaut.assumeInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/ode/6x6", "examples/ode/ai", "examples/ode/bob", "examples/ode/borcol",
        "examples/ode/elaspen", "examples/ode/ev1", "examples/ode/evelyn", "examples/ode/fhn",
        "examples/ode/fhn3d", "examples/ode/forcpend", "examples/ode/greg", "examples/ode/henhei",
        "examples/ode/hhred", "examples/ode/invpend", "examples/ode/lamomeg", "examples/ode/lamprey",
        "examples/ode/lecar", "examples/ode/nnet", "examples/ode/pend", "examples/ode/rossler",
        "examples/ode/torus", "examples/ode/triple", "examples/ode/vdp", "examples/ode/wave", "examples/ode/wcstim",
        "examples/ode/wta", "html/odes/wc"})
    void bothProgramsFollowTheSameOrbit(String name) throws Exception {
        Path path = SHIPPED.resolve(name + ".ode");
        assumeTrue(Files.exists(path), path + " is not installed with XPPAUT; the comparison is skipped");
        double[][] rows = Xppaut.run(folder, Files.readString(path, StandardCharsets.ISO_8859_1), DURATION, 0.5);
        assertThat(rows).hasNumberOfRows(401);
        assertThat(Xppaut.deviation(OdeReader.read(path), rows)).isLessThan(1e-4);
    }

    /** The rules of precedence that XPPAUT does not share with other languages. */
    @Test
    void bothProgramsComputeTheSameFormulas() throws Exception {
        String text = """
                par a=2 b=3, c=-1
                x'=5+a>b
                x1'=-a^2
                x2'=b^a^2
                x3'=not(c)+1
                x4'=mod(c,a)+heav(c+1)
                x5'=if(a>0&c>0|b>2)then(1)else(2)
                x6'=a*b>c
                x7'=a|b&0
                x8'=-a*b+max(a,b)-min(a,b)*sign(c)
                x9'=log(a)+ln(b)+log10(b)+a**c
                """;
        double[][] rows = Xppaut.run(folder, text, 1, 0.25);
        assertThat(Xppaut.deviation(OdeReader.parse("precedence.ode", text, OdeChoice.NONE), rows)).isLessThan(1e-6);
    }
}
