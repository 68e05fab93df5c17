package org.nagumo.experiments.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The box in which equilibria were searched, in words. */
final class SearchBox {

    private SearchBox() {
    }

    /** Such as {@code V from -300 to 300, n from -2 to 2}. */
    static String text(List<String> names, double[][] box) {
        return box == null ? "a box" : IntStream.range(0, box.length).mapToObj(i -> String.format(Locale.ROOT,
                "%s from %.4g to %.4g", names.get(i), box[i][0], box[i][1])).collect(Collectors.joining(", "));
    }
}
