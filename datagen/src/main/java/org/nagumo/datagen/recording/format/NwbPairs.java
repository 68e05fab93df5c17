package org.nagumo.datagen.recording.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** Pairs responses and stimuli of an NWB file. */
final class NwbPairs {

    /** Responses that were recorded together, with their stimuli, of which there may be none. */
    record Pair(int number, List<NwbSeries> responses, List<NwbSeries> stimuli) {
    }

    private NwbPairs() {
    }

    static List<Pair> of(List<NwbSeries> responses, List<NwbSeries> stimuli) {
        if (responses.stream().allMatch(series -> series.sweepNumber() >= 0)) {
            return bySweepNumber(responses, stimuli);
        }
        List<NwbSeries> left = sorted(responses);
        List<NwbSeries> right = sorted(stimuli);
        boolean byNumbers = distinct(left) && distinct(right);
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < left.size(); k++) {
            NwbSeries response = left.get(k);
            List<NwbSeries> own = byNumbers
                    ? right.stream().filter(series -> series.numbers().equals(response.numbers())).toList() : List.of();
            if (own.isEmpty() && left.size() == right.size()) {
                own = List.of(right.get(k));
            }
            pairs.add(new Pair(k + 1, List.of(response), own));
        }
        return pairs;
    }

    private static List<Pair> bySweepNumber(List<NwbSeries> responses, List<NwbSeries> stimuli) {
        return responses.stream().map(NwbSeries::sweepNumber).distinct().sorted()
                .map(number -> new Pair(number, with(number, responses), with(number, stimuli))).toList();
    }

    private static List<NwbSeries> with(int number, List<NwbSeries> all) {
        return sorted(all.stream().filter(series -> series.sweepNumber() == number).toList());
    }

    /** By the numbers in their names, then by their names. */
    private static List<NwbSeries> sorted(List<NwbSeries> all) {
        Function<NwbSeries, List<Long>> numbers = NwbSeries::numbers;
        Comparator<NwbSeries> byNumbers = Comparator.comparing(numbers, NwbPairs::compare);
        return all.stream().sorted(byNumbers.thenComparing(NwbSeries::name)).toList();
    }

    private static int compare(List<Long> a, List<Long> b) {
        for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
            int order = Long.compare(a.get(k), b.get(k));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static boolean distinct(List<NwbSeries> all) {
        return new HashSet<>(all.stream().map(NwbSeries::numbers).toList()).size() == all.size();
    }
}
