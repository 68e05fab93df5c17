package org.nagumo.datagen.recording.set;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.Signal;
import org.nagumo.datagen.recording.Sweep;
import org.nagumo.datagen.recording.set.RecordingEntry.ChannelChoice;
import org.nagumo.datagen.unit.Quantity;
import org.nagumo.datagen.unit.Unit;

/**
 * Potential and current of one sweep, chosen among its channels.
 *
 * @param potentialFile the file of the potential
 * @param currentFile   the file of the current, which may be the same
 * @param sweep         the sweep of the potential
 * @param potential     channel of the potential
 * @param potentialUnit its unit
 * @param current       channel of the current
 * @param currentUnit   its unit
 */
record SweepSource(Path potentialFile, Path currentFile, Sweep sweep, Channel potential, Unit potentialUnit,
        Channel current, Unit currentUnit) {

    private static final double SAME_STEP = 1e-9;

    /** A channel with its unit. */
    private record Choice(Channel channel, Unit unit) {
    }

    /**
     * Chooses the channels.
     *
     * @param index index of the sweep among those of both files
     * @throws InputException naming file, sweep, fault and remedy
     */
    static SweepSource of(RecordingEntry entry, RecordingFile potentials, RecordingFile currents, int index) {
        Sweep sweep = potentials.sweeps().get(index);
        Sweep other = currents.sweeps().get(index);
        Choice v = choose(potentials.path(), sweep, entry.potential(), "potential", "voltage");
        Choice i = choose(currents.path(), other, entry.current(), "current", "current");
        SweepSource source = new SweepSource(potentials.path(), currents.path(), sweep, v.channel, v.unit, i.channel,
                i.unit);
        Signal potential = v.channel.signal();
        Signal current = i.channel.signal();
        if (Math.abs(potential.stepMs() - current.stepMs()) > SAME_STEP * potential.stepMs()) {
            throw source.fault(i.channel, "has a step of " + current.stepMs() + " ms", "that of the potential, "
                    + potential.stepMs() + " ms");
        }
        if (potential.length() != current.length()) {
            throw source.fault(i.channel, "has " + current.length() + " samples", "as many as the potential has, "
                    + potential.length());
        }
        return source;
    }

    private static Choice choose(Path file, Sweep sweep, ChannelChoice choice, String what, String key) {
        List<Choice> candidates = choice.name() == null ? byUnit(sweep, choice.unit(), key)
                : byName(file, sweep, choice, what, key);
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String allowed = key.equals("voltage") ? "a recorded channel in V, mV or uV"
                : "a channel in A, nA, pA, uA/cm2 or another unit of current";
        throw new InputException(file + ": sweep " + sweep.number() + " has " + (candidates.isEmpty() ? "no " + what
                + " among the channels " + labels(sweep.channels()) : "several channels for the " + what + ", "
                + labels(candidates.stream().map(Choice::channel).toList())) + "; allowed: " + (candidates.isEmpty()
                ? allowed + ", or in a recordings.yaml a '" + key + "' file of its own, or " + key + "_channel and"
                + " units: {" + key + ": ...}" : "one; name it by " + key + "_channel in a recordings.yaml"));
    }

    private static String labels(List<Channel> channels) {
        return channels.stream().map(Channel::label).collect(Collectors.joining(", "));
    }

    private static boolean fits(Quantity quantity, String key) {
        return key.equals("voltage") ? quantity == Quantity.POTENTIAL : quantity.isCurrent();
    }

    /** Recorded channels whose unit fits; where there are several, those with the plain name; else commands. */
    private static List<Choice> byUnit(Sweep sweep, Unit declared, String key) {
        List<Choice> fitting = sweep.channels().stream()
                .flatMap(channel -> unit(channel, declared).filter(unit -> fits(unit.quantity(), key))
                        .map(unit -> new Choice(channel, unit)).stream()).toList();
        List<Choice> recorded = fitting.stream()
                .filter(choice -> choice.channel.source() == Channel.Source.RECORDED).toList();
        if (recorded.isEmpty()) {
            // The command of a voltage clamp is no potential of a membrane.
            return key.equals("voltage") ? List.of() : fitting;
        }
        List<Choice> plain = recorded.stream()
                .filter(choice -> choice.channel.name().toLowerCase(Locale.ROOT).equals(key)).toList();
        return recorded.size() > 1 && plain.size() == 1 ? plain : recorded;
    }

    /** The unit of a channel; a declared one stands for channels that have none. */
    private static Optional<Unit> unit(Channel channel, Unit declared) {
        return channel.unit().isEmpty() ? Optional.ofNullable(declared) : Unit.named(channel.unit());
    }

    private static List<Choice> byName(Path file, Sweep sweep, ChannelChoice choice, String what, String key) {
        List<Channel> named = sweep.channels().stream().filter(channel -> channel.name().equals(choice.name()))
                .toList();
        if (named.isEmpty() && choice.name().matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(choice.name());
            named = number >= 1 && number <= sweep.channels().size() ? List.of(sweep.channels().get(number - 1))
                    : List.of();
        }
        if (named.isEmpty()) {
            throw new InputException(file + ": sweep " + sweep.number() + " has no channel '" + choice.name()
                    + "'; allowed: one of " + labels(sweep.channels()) + ", by its name or number");
        }
        return named.stream().map(channel -> new Choice(channel, declared(file, sweep, channel, choice, what, key)))
                .toList();
    }

    private static Unit declared(Path file, Sweep sweep, Channel channel, ChannelChoice choice, String what,
            String key) {
        Unit unit = choice.unit() != null ? choice.unit() : Unit.named(channel.unit()).orElse(null);
        if (unit == null || !fits(unit.quantity(), key)) {
            throw new InputException(file + ": sweep " + sweep.number() + ", channel " + channel.label()
                    + ": has no unit of a " + what + "; allowed: its unit in a recordings.yaml, units: {" + key + ": "
                    + (key.equals("voltage") ? "mV" : "pA") + "}");
        }
        return unit;
    }

    /** Samples of the sweep. */
    int length() {
        return potential.signal().length();
    }

    /** Sampling interval in ms. */
    double stepMs() {
        return potential.signal().stepMs();
    }

    /** A fault of one of the channels. */
    InputException fault(Channel channel, String fault, String allowed) {
        return new InputException((channel == current ? currentFile : potentialFile) + ": sweep " + sweep.number()
                + ", channel " + channel.label() + ": " + fault + "; allowed: " + allowed);
    }

    /** A fault of the sweep as a whole. */
    InputException fault(String fault, String allowed) {
        return new InputException(potentialFile + ": sweep " + sweep.number() + ": " + fault + "; allowed: " + allowed);
    }
}
