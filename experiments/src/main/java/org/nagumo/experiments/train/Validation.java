package org.nagumo.experiments.train;

import java.nio.file.Path;
import org.nagumo.experiments.configuration.Described;

/**
 * How the networks of the last stage are compared: by what they answer to currents that are neither in the training
 * data nor in an evaluation, and by their onset of firing, measured as in an evaluation. The training loss
 * says little of the height of a spike or of the coexistence of rest and firing among networks that are all good. The
 * protocols that ship are for neurons in mV; others need protocols in their units, under which a hit is one within 2
 * units of time.
 */
public record Validation(
        @Described("protocol of noise under which spikes have to come at the right times") String noise,
        @Described("protocol of steps, releases and kicks under which spikes have to have the right number and shape")
        String responses) {

    static final Validation STANDARD = new Validation("validation-noise", "validation-responses");

    /** Protocols in files are found from another file's folder. */
    Validation from(Path folder) {
        return new Validation(DataSource.from(folder, noise), DataSource.from(folder, responses));
    }
}
