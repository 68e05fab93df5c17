package org.nagumo.experiments.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Properties;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What timings depend on beside the code.
 *
 * @param processor  its name, as far as the system tells
 * @param cores      how many of its cores Java may use
 * @param jvm        name and version
 * @param nd4j       version of ND4J
 * @param ompThreads threads of ND4J's own loops, as {@code OMP_NUM_THREADS} says
 * @param date       the day
 */
public record Machine(String processor, int cores, String jvm, String nd4j, String ompThreads, LocalDate date) {

    /** This machine, today. */
    public static Machine present() {
        String omp = System.getenv("OMP_NUM_THREADS");
        return new Machine(processorName(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                nd4jVersion(), omp == null ? "unset" : omp, LocalDate.now());
    }

    /** What Maven has left in the jar; Deeplearning4j's own VersionCheck finds nothing in M2.1. */
    private static String nd4jVersion() {
        Properties properties = new Properties();
        try (InputStream in = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // The version then stays unknown.
        }
        return properties.getProperty("version", "of unknown version");
    }

    private static String processorName() {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                return lines.filter(line -> line.startsWith("model name")).map(line ->
                        line.substring(line.indexOf(':') + 1).strip()).findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }

    String line() {
        return processor + ", " + cores + " cores, " + jvm + ", ND4J " + nd4j + ", OMP_NUM_THREADS " + ompThreads
                + ", " + date;
    }
}
