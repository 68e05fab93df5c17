package org.nagumo.datagen.recording.set;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.nagumo.datagen.io.InputException;

/**
 * Finds files by patterns whose last part may hold {@code *}, {@code ?}, {@code [...]} and {@code {...}}, in the order
 * of the numbers in their names: 9 before 10.
 *
 * @param folder where relative names start
 */
record Glob(Path folder) implements FileFinder {

    @Override
    public List<Path> find(String pattern) {
        Path whole = folder.resolve(pattern);
        if (Files.exists(whole)) {
            return List.of(whole);
        }
        Path in = whole.getParent();
        if (in == null || !Files.isDirectory(in)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole.getFileName());
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(file -> Files.isRegularFile(file) && matcher.matches(file.getFileName()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString(), Glob::compare)).toList();
        } catch (IOException e) {
            throw new InputException(in + ": cannot be read (" + e + "); allowed: a folder of recordings", e);
        }
    }

    /** Compares digits as numbers and all else as text. */
    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = digits(a, i);
            int endB = digits(b, j);
            int order = endA > i && endB > j ? number(a, i, endA, b, j, endB)
                    : Character.compare(a.charAt(i), b.charAt(j));
            if (order != 0) {
                return order;
            }
            i = Math.max(i + 1, endA);
            j = Math.max(j + 1, endB);
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int number(String a, int i, int endA, String b, int j, int endB) {
        String left = a.substring(i, endA).replaceFirst("^0+", "");
        String right = b.substring(j, endB).replaceFirst("^0+", "");
        int order = Integer.compare(left.length(), right.length());
        return order != 0 ? order : left.compareTo(right);
    }
}
