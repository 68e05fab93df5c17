package org.nagumo.experiments.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.nagumo.datagen.io.InputException;
import org.nagumo.experiments.notebook.KernelSpec;
import org.nagumo.experiments.reproduce.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jupyter with the notebooks, the kernel and the class path. */
@Command(name = "notebook", mixinStandardHelpOptions = true,
        description = "Opens the notebooks in Jupyter, with a Java kernel that knows this project.")
public final class Notebook implements Callable<Integer> {

    @Option(names = "--run", description = "Runs all notebooks, or those named, and saves what comes out in them.")
    private boolean run;

    @Option(names = "--quiet", description = "Shows no progress of --run.")
    private boolean quiet;

    @Parameters(paramLabel = "FILE", arity = "0..*",
            description = "Notebooks for --run; else further words for Jupyter.")
    private List<String> words = new ArrayList<>();

    /** Runs this command alone. */
    public static void main(String[] args) {
        System.exit(Nagumo.execute(new Notebook(), args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator)).noneMatch(folder ->
                Files.isExecutable(Path.of(folder, "jupyter")))) {
            throw new InputException("the program 'jupyter' was not found; allowed: a machine with Jupyter, such as"
                    + " Debian's packages jupyter-notebook and jupyter-nbconvert");
        }
        Path folder = Path.of(System.getProperty("nagumo.home", ""), "notebooks").toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + ": there is no such folder; allowed: to be run in the project's folder");
        }
        Path spec = Files.createTempDirectory("nagumo-jupyter");
        try {
            KernelSpec.write(spec);
            if (run) {
                return runAll(spec, words.isEmpty() ? notebooks(folder) : words);
            }
            List<String> arguments = new ArrayList<>(List.of("notebook", "--notebook-dir=" + folder));
            arguments.addAll(words);
            return jupyter(spec, arguments);
        } finally {
            Files.delete(spec.resolve("kernels").resolve(KernelSpec.NAME).resolve("kernel.json"));
            Files.delete(spec.resolve("kernels").resolve(KernelSpec.NAME));
            Files.delete(spec.resolve("kernels"));
            Files.delete(spec);
        }
    }

    private int runAll(Path spec, List<String> notebooks) throws IOException, InterruptedException {
        try (Steps.Step step = new ConsoleSteps(quiet).begin("notebooks", notebooks.size())) {
            for (String notebook : notebooks) {
                step.note(Path.of(notebook).getFileName().toString());
                int code = jupyter(spec, List.of("nbconvert", "--log-level", "WARN", "--to", "notebook", "--execute",
                        "--inplace", notebook));
                if (code != 0) {
                    return code;
                }
                step.advance(1);
            }
            return 0;
        }
    }

    private static int jupyter(Path spec, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("jupyter"));
        command.addAll(arguments);
        ProcessBuilder jupyter = new ProcessBuilder(command).inheritIO();
        jupyter.environment().merge("JUPYTER_PATH", spec.toString(), (old, own) -> own + File.pathSeparator + old);
        return jupyter.start().waitFor() == 0 ? 0 : 1;
    }

    private static List<String> notebooks(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).filter(name -> name.endsWith(".ipynb")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
