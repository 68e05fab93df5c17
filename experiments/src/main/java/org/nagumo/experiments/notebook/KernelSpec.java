package org.nagumo.experiments.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.io.AtomicFile;

/** What Jupyter reads to start the kernel. */
public final class KernelSpec {

    /** The kernel's name in the notebooks. */
    public static final String NAME = "nagumo";

    private KernelSpec() {
    }

    /**
     * Writes a folder for Jupyter's environment variable {@code JUPYTER_PATH}, whose kernel has the class path of this
     * Java machine.
     */
    public static void write(Path folder) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode spec = json.createObjectNode();
        ArrayNode command = spec.putArray("argv");
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Djava.awt.headless=true", "-cp", Cells.classPath(),
                JavaKernel.class.getName(), "{connection_file}").forEach(command::add);
        spec.put("display_name", "Java, with Nagumo");
        spec.put("language", "java");
        spec.put("interrupt_mode", "message");
        // ND4J's OpenMP loses time in fork and join on arrays as small as ours.
        spec.putObject("env").put("OMP_NUM_THREADS", "1");
        try {
            AtomicFile.write(folder.resolve("kernels").resolve(NAME).resolve("kernel.json"),
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
