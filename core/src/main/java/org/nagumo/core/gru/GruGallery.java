package org.nagumo.core.gru;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Networks of two units with qualitatively different phase portraits, from one equilibrium to thirteen, and with
 * bifurcations that others have to be built for. Jordan, Sokol and Park (2021), Gated recurrent units viewed through
 * the lens of continuous time dynamical systems, Front. Comput. Neurosci. 15:678158, began such a gallery.
 */
public final class GruGallery {

    private static final int UNITS = 2;

    /**
     * A network with one input.
     *
     * @param name         what it shows
     * @param sinks        stable equilibria without input
     * @param saddles      saddles
     * @param sources      equilibria that repel in all directions
     * @param bifurcations what happens between inputs -3 and 3, by rising input; empty when the input is not connected
     * @param parameters   in the flat order of {@link FusedGru}; not to be modified
     */
    public record Example(String name, int sinks, int saddles, int sources, List<String> bifurcations,
            double[] parameters) {

        public Example {
            bifurcations = List.copyOf(bifurcations);
        }

        /** The flow in the network. */
        public ContinuousTimeGruField field() {
            return new ContinuousTimeGruField(GruEquations.euler(0.1), UNITS, parameters, 1);
        }
    }

    private GruGallery() {
    }

    /** All examples, simple ones first. */
    public static List<Example> all() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                GruGallery.class.getResourceAsStream("gallery.csv"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).skip(1).map(GruGallery::example).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example example(String line) {
        String[] columns = line.split(";");
        return new Example(columns[0], Integer.parseInt(columns[1]), Integer.parseInt(columns[2]),
                Integer.parseInt(columns[3]), columns[4].isEmpty() ? List.of() : List.of(columns[4].split(" ")),
                Arrays.stream(columns[5].split(" ")).mapToDouble(Double::parseDouble).toArray());
    }
}
