package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the lines of the README as they stand there. */
class ReadmeExampleTest {

    @Test
    void theLinesOfTheReadmeCompileAndTrainANetwork(@TempDir Path folder) throws Exception {
        List<String> example = example();
        assertThat(example.stream().filter(line -> !line.isBlank() && !line.startsWith("import")).count())
                .isLessThanOrEqualTo(15);
        Path source = folder.resolve("Example.java");
        Files.writeString(source, example.stream().filter(line -> line.startsWith("import "))
                .collect(Collectors.joining("\n")) + "\npublic class Example {\npublic static void main(String[] a) {\n"
                + example.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"))
                + "\n}\n}\n");
        int faults = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-d",
                folder.toString(), source.toString());
        assertThat(faults).isZero();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        double[] losses = printed.toString().lines().mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
                .toArray();
        assertThat(losses).hasSize(2);
        assertThat(losses[1]).isLessThan(0.2 * losses[0]);
    }

    /** The first Java block of the section on the layer. */
    private static List<String> example() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));
        int start = readme.indexOf("```java\n", readme.indexOf("### 1. Import the layer")) + 8;
        return readme.substring(start, readme.indexOf("```", start)).lines().toList();
    }
}
