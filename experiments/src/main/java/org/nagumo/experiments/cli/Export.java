package org.nagumo.experiments.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.neuron.Neurons;
import org.nagumo.experiments.export.ExportDialect;
import org.nagumo.experiments.export.ExportedSystem;
import org.nagumo.experiments.export.Exports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A neuron or network in the language of another program. */
@Command(name = "export", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "Writes a neuron or network as a file for another program.")
public final class Export implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = ModelOption.NAMES + ".")
    private String model;

    @Option(names = "--to", paramLabel = "DIALECT", required = true,
            description = "The program: ode (XPPAUT), python (NumPy), brian2, neuron, neuroml (LEMS), onnx, javascript,"
                    + " or a dialect of another project.")
    private String dialect;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; by default, the model's name with"
            + " the dialect's ending in the current folder.")
    private Path out;

    @Option(names = "--overwrite", description = "Replaces an existing file.")
    private boolean overwrite;

    @Mixin
    private ModelOption models;

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Export(), args));
    }

    @Override
    public Integer call() {
        ExportDialect language = Exports.dialect(dialect);
        ExportedSystem system = ModelOption.isNeuron(model)
                ? ExportedSystem.of(Neurons.equations(models.neuron(model)).orElseThrow(() -> new InputException(
                        "the neuron '" + model + "' is a class without equations; allowed: a neuron that is a file "
                                + Neurons.ENDING + ", or a network")))
                : ExportedSystem.of(models.unchangedNetwork(model));
        Path file = out == null ? Path.of(Exports.fileName(system, language)) : out;
        Exports.write(system, dialect, file, overwrite).forEach(System.err::println);
        System.out.println(file);
        return 0;
    }
}
