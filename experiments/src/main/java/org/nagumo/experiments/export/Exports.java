package org.nagumo.experiments.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.io.Nearest;

/** Writes systems in the languages of other programs. */
public final class Exports {

    private Exports() {
    }

    /**
     * All dialects that are found as services.
     *
     * @return by their names
     */
    public static Map<String, ExportDialect> dialects() {
        Map<String, ExportDialect> dialects = new TreeMap<>();
        ServiceLoader.load(ExportDialect.class).forEach(each -> dialects.putIfAbsent(each.name(), each));
        return dialects;
    }

    /**
     * The dialect of a name.
     *
     * @param name the name
     * @return the dialect
     * @throws InputException when there is none
     */
    public static ExportDialect dialect(String name) {
        Map<String, ExportDialect> dialects = dialects();
        ExportDialect dialect = dialects.get(name);
        if (dialect == null) {
            throw new InputException("there is no dialect '" + name + "'; allowed: " + dialects.keySet()
                    + "; did you mean '" + Nearest.to(name, List.copyOf(dialects.keySet())) + "'?");
        }
        return dialect;
    }

    /**
     * The file name that an export has unless the user says another.
     *
     * @param system  the system
     * @param dialect the dialect
     * @return a name that is an identifier, with the dialect's ending
     */
    public static String fileName(ExportedSystem system, ExportDialect dialect) {
        return system.system().name().replaceAll("[^A-Za-z0-9]", "_").replaceFirst("^(?=[^A-Za-z])", "x")
                + dialect.ending();
    }

    /**
     * Writes a system to a file. Existing files stay as they are.
     *
     * @param system  the system
     * @param dialect name of the dialect
     * @param path    the main file; others have the same name with another ending
     * @return remarks, one line each, such as names that had to be changed
     * @throws InputException when there is no such dialect, when it cannot hold the system, when a file exists or when
     *                        it cannot be written
     */
    public static List<String> write(ExportedSystem system, String dialect, Path path) {
        return write(system, dialect, path, false);
    }

    /**
     * Writes a system to a file.
     *
     * @param system    the system
     * @param dialect   name of the dialect
     * @param path      the main file; others have the same name with another ending
     * @param overwrite whether existing files are replaced
     * @return remarks as for {@link #write(ExportedSystem, String, Path)}
     * @throws InputException as for {@link #write(ExportedSystem, String, Path)}
     */
    public static List<String> write(ExportedSystem system, String dialect, Path path, boolean overwrite) {
        ExportDialect language = dialect(dialect);
        String leaf = path.getFileName() == null ? "" : path.getFileName().toString();
        if (!leaf.endsWith(language.ending()) || leaf.length() == language.ending().length()) {
            throw new InputException(path + ": is no name of a file for " + language.program() + "; allowed: a name"
                    + " that ends in " + language.ending());
        }
        String stem = leaf.substring(0, leaf.length() - language.ending().length());
        Export export = language.export(system, stem);
        List<Path> targets = export.files().stream().map(each -> path.resolveSibling(stem + each.ending())).toList();
        for (Path target : targets) {
            if (!overwrite && Files.exists(target)) {
                throw new InputException(target + ": exists; allowed: another --out, or --overwrite to replace it");
            }
        }
        for (int k = 0; k < targets.size(); k++) {
            AtomicFile.write(targets.get(k), export.files().get(k).content());
        }
        return export.remarks();
    }
}
