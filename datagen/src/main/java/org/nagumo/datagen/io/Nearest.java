package org.nagumo.datagen.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known name that a mistyped one was probably meant to be. */
public final class Nearest {

    private Nearest() {
    }

    /**
     * The known name with the smallest edit distance to the one that was written, upper and lower case alike; a
     * forgotten unit, the {@code _ms} of {@code period_ms}, counts as one edit.
     */
    public static String to(String name, Collection<String> known) {
        String written = name.toLowerCase(Locale.ROOT);
        return known.stream().min(Comparator.comparingInt(k -> withOrWithoutUnit(written, k.toLowerCase(Locale.ROOT))))
                .orElse("");
    }

    private static int withOrWithoutUnit(String written, String known) {
        int unit = known.lastIndexOf('_');
        int whole = distance(written, known);
        return unit < 0 ? whole : Math.min(whole, 1 + distance(written, known.substring(0, unit)));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
