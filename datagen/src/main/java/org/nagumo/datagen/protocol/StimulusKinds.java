package org.nagumo.datagen.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.nagumo.datagen.io.Nearest;
import org.nagumo.datagen.stimulus.OrnsteinUhlenbeck;
import org.nagumo.datagen.stimulus.Pulses;
import org.nagumo.datagen.stimulus.Ramp;
import org.nagumo.datagen.stimulus.RandomSteps;
import org.nagumo.datagen.stimulus.Recorded;
import org.nagumo.datagen.stimulus.Sine;
import org.nagumo.datagen.stimulus.Stimulus;

/** The kinds of stimulus that a protocol may name. */
final class StimulusKinds {

    /** Longer than any sequence. */
    private static final double ALWAYS_MS = 1e12;

    private record BuiltIn(String name, List<String> keys, Function<StimulusFields, Stimulus> factory)
            implements StimulusKind {

        @Override
        public Stimulus make(StimulusFields fields) {
            return factory.apply(fields);
        }
    }

    private static final Map<String, StimulusKind> KINDS = new LinkedHashMap<>();

    static {
        add("constant", List.of("amplitude"), f -> new Pulses(f.number("amplitude"), 0, ALWAYS_MS, 0, 1));
        add("step", List.of("amplitude", "onset_ms", "duration_ms"), StimulusKinds::onePulse);
        add("pulse", List.of("amplitude", "onset_ms", "duration_ms"), StimulusKinds::onePulse);
        add("pulse-train", List.of("amplitude", "onset_ms", "duration_ms", "period_ms", "pulses"),
                f -> new Pulses(f.number("amplitude"), f.number("onset_ms", 0), f.number("duration_ms"),
                        f.number("period_ms"), f.count("pulses", Integer.MAX_VALUE)));
        add("paired-pulse", List.of("amplitude", "onset_ms", "duration_ms", "interval_ms"), StimulusKinds::pair);
        add("ramp", List.of("from", "to", "onset_ms", "duration_ms"),
                f -> new Ramp(f.number("from", 0), f.number("to"), f.number("onset_ms", 0), f.number("duration_ms")));
        add("sine", List.of("amplitude", "frequency_hz", "phase_rad", "onset_ms", "duration_ms"), f -> {
            double frequency = f.number("frequency_hz");
            return new Sine(f.number("amplitude"), frequency, frequency, f.number("phase_rad", 0),
                    f.number("onset_ms", 0), f.number("duration_ms", ALWAYS_MS));
        });
        add("chirp", List.of("amplitude", "from_hz", "to_hz", "phase_rad", "onset_ms", "duration_ms"),
                f -> new Sine(f.number("amplitude"), f.number("from_hz"), f.number("to_hz"), f.number("phase_rad", 0),
                        f.number("onset_ms", 0), f.number("duration_ms")));
        add("steps", List.of("level", "hold_ms"),
                f -> new RandomSteps(f.distribution("level"), f.distribution("hold_ms")));
        add("ornstein-uhlenbeck", List.of("mean", "sd", "tau_ms"),
                f -> new OrnsteinUhlenbeck(f.number("mean"), f.number("sd"), f.number("tau_ms")));
        add("csv", List.of("file"), f -> new Recorded(f.current("file")));
        ServiceLoader.load(StimulusKind.class).forEach(kind -> KINDS.putIfAbsent(kind.name(), kind));
    }

    private StimulusKinds() {
    }

    private static void add(String name, List<String> keys, Function<StimulusFields, Stimulus> factory) {
        KINDS.put(name, new BuiltIn(name, keys, factory));
    }

    private static Stimulus onePulse(StimulusFields f) {
        return new Pulses(f.number("amplitude"), f.number("onset_ms", 0), f.number("duration_ms", ALWAYS_MS), 0, 1);
    }

    private static Stimulus pair(StimulusFields f) {
        double duration = f.number("duration_ms");
        double interval = f.number("interval_ms");
        if (interval < duration) {
            throw new IllegalArgumentException("interval_ms is " + interval + "; allowed: at least the pulses'"
                    + " duration, " + duration);
        }
        return new Pulses(f.number("amplitude"), f.number("onset_ms", 0), duration, interval, 2);
    }

    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    static StimulusKind named(YamlNode node) {
        StimulusKind kind = KINDS.get(node.text());
        if (kind == null) {
            throw node.fault("unknown kind '" + node.text() + "'; did you mean '"
                    + Nearest.to(node.text(), names()) + "'? allowed: " + names());
        }
        return kind;
    }
}
