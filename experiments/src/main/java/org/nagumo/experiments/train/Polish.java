package org.nagumo.experiments.train;

import java.nio.file.Path;
import org.nagumo.experiments.configuration.Described;
import org.nagumo.experiments.configuration.Range;

/**
 * A last search around the chosen network, by CMA-ES on the score of whole answers ({@link ValidationScore}) to
 * currents of its own. It mends what the training loss hardly sees: rest, and the shape of spikes.
 */
public record Polish(
        @Described("protocol of noise, none of the validation's") String noise,
        @Described("protocol of other currents, none of the validation's") String responses,
        @Described("networks that are tried: positive") int evaluations,
        @Described("networks in a generation: 4 and more") int population,
        @Described("first size of a step, in units of a tenth of what the gradient's second moments allow: positive")
        double sigma) {

    static final Polish STANDARD = new Polish("polish-noise", "polish-responses", 1500, 16, 0.06);

    public Polish {
        Range.positive("evaluations", evaluations);
        Range.check("population", population, population >= 4, "4 and more");
        Range.positive("sigma", sigma);
    }

    /** Protocols in files are found from another file's folder. */
    Polish from(Path folder) {
        return new Polish(DataSource.from(folder, noise), DataSource.from(folder, responses), evaluations, population,
                sigma);
    }
}
