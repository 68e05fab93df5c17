package org.nagumo.datagen.protocol;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.nagumo.datagen.io.Nearest;
import org.nagumo.datagen.simulate.CurrentFile;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.datagen.stimulus.Pulses;
import org.nagumo.datagen.stimulus.RandomSteps;
import org.nagumo.datagen.stimulus.Ramp;
import org.nagumo.datagen.stimulus.Recorded;
import org.nagumo.datagen.stimulus.Sine;
import org.nagumo.datagen.stimulus.Stimulus;

/** How each kind of stimulus is written in a protocol: its keys, and the stimulus they make. */
final class StimulusKinds {

    /** Longer than any sequence. */
    private static final double ALWAYS_MS = 1e12;

    /** One kind: its keys, and its factory from the fields and the duration of the sequence or, for files, a folder. */
    record Kind(List<String> keys, BiFunction<StimulusFields, Path, Stimulus> make) {
    }

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        add("constant", List.of("amplitude"), (f, folder) -> new Pulses(f.number("amplitude"), 0, ALWAYS_MS, 0, 1));
        add("step", List.of("amplitude", "onset_ms", "duration_ms"), StimulusKinds::onePulse);
        add("pulse", List.of("amplitude", "onset_ms", "duration_ms"), StimulusKinds::onePulse);
        add("pulse-train", List.of("amplitude", "onset_ms", "duration_ms", "period_ms", "pulses"),
                (f, folder) -> new Pulses(f.number("amplitude"), f.number("onset_ms", 0), f.number("duration_ms"),
                        f.number("period_ms"), f.count("pulses", Integer.MAX_VALUE)));
        add("paired-pulse", List.of("amplitude", "onset_ms", "duration_ms", "interval_ms"),
                (f, folder) -> new Pulses(f.number("amplitude"), f.number("onset_ms", 0), f.number("duration_ms"),
                        f.number("interval_ms"), 2));
        add("ramp", List.of("from", "to", "onset_ms", "duration_ms"),
                (f, folder) -> new Ramp(f.number("from", 0), f.number("to"), f.number("onset_ms", 0),
                        f.number("duration_ms")));
        add("sine", List.of("amplitude", "frequency_hz", "phase_rad", "onset_ms", "duration_ms"),
                (f, folder) -> {
                    double frequency = f.number("frequency_hz");
                    return new Sine(f.number("amplitude"), frequency, frequency, f.number("phase_rad", 0),
                            f.number("onset_ms", 0), f.number("duration_ms", ALWAYS_MS));
                });
        add("chirp", List.of("amplitude", "from_hz", "to_hz", "phase_rad", "onset_ms", "duration_ms"),
                (f, folder) -> new Sine(f.number("amplitude"), f.number("from_hz"), f.number("to_hz"),
                        f.number("phase_rad", 0), f.number("onset_ms", 0), f.number("duration_ms")));
        add("steps", List.of("level", "hold_ms"),
                (f, folder) -> new RandomSteps(f.distribution("level"), f.distribution("hold_ms")));
        add("ornstein-uhlenbeck", List.of("mean", "sd", "tau_ms"),
                (f, folder) -> new OrnsteinUhlenbeck(f.number("mean"), f.number("sd"), f.number("tau_ms")));
        add("csv", List.of("file"), (f, folder) -> new Recorded(CurrentFile.read(folder.resolve(f.text("file")))));
    }

    private StimulusKinds() {
    }

    private static void add(String name, List<String> keys, BiFunction<StimulusFields, Path, Stimulus> make) {
        KINDS.put(name, new Kind(keys, make));
    }

    private static Stimulus onePulse(StimulusFields f, Path folder) {
        return new Pulses(f.number("amplitude"), f.number("onset_ms", 0), f.number("duration_ms", ALWAYS_MS), 0, 1);
    }

    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    static Kind named(YamlNode node) {
        Kind kind = KINDS.get(node.text());
        if (kind == null) {
            throw node.fault("unknown kind '" + node.text() + "'; did you mean '"
                    + Nearest.to(node.text(), names()) + "'? allowed: " + names());
        }
        return kind;
    }
}
