package org.nagumo.datagen.recording.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.RecordingFormat;
import org.nagumo.datagen.recording.Sweep;

/**
 * Neurodata Without Borders 2 (HDF5): each {@code CurrentClampSeries} in {@code /acquisition} is a recorded potential,
 * each {@code CurrentClampStimulusSeries} in {@code /stimulus/presentation} the current that belongs to it. They are
 * paired by their {@code sweep_number}, or where it is missing by the numbers in their names, or else by their order.
 *
 * <p>Source: Ruebel et al. 2022, eLife 11:e78362, and the NWB 2 schema ({@code nwb.icephys}).
 */
public final class NwbFormat implements RecordingFormat {

    private static final String ALLOWED = "a file of Neurodata Without Borders 2 with CurrentClampSeries";
    private static final Set<String> RESPONSES = Set.of("CurrentClampSeries", "IZeroClampSeries");
    private static final Set<String> STIMULI = Set.of("CurrentClampStimulusSeries");

    /** Made by the service loader. */
    public NwbFormat() {
    }

    @Override
    public String name() {
        return "NWB 2";
    }

    @Override
    public List<String> endings() {
        return List.of(".nwb");
    }

    @Override
    public RecordingFile open(Path path) {
        HdfFile hdf = null;
        ByteFile bytes = ByteFile.open(path, ALLOWED);
        try {
            hdf = new HdfFile(path);
            HdfFile opened = hdf;
            return new OpenRecording(path, sweeps(bytes, hdf), () -> {
                bytes.close();
                opened.close();
            });
        } catch (InputException e) {
            close(hdf, bytes);
            throw e;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // The HDF5 library meets damaged bytes with exceptions of many kinds, and believes damaged lengths.
            close(hdf, bytes);
            throw new InputException(path + ": is not an HDF5 file, or is truncated or damaged (" + firstLine(e)
                    + "); allowed: " + ALLOWED, e);
        }
    }

    private static String firstLine(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse(e.getClass().getSimpleName());
    }

    private static void close(HdfFile hdf, ByteFile bytes) {
        bytes.close();
        if (hdf != null) {
            hdf.close();
        }
    }

    private static List<Sweep> sweeps(ByteFile file, HdfFile hdf) {
        Object version = NwbSeries.attribute(hdf, "nwb_version");
        if (version == null || !version.toString().startsWith("2")) {
            throw file.fault(version == null ? "is an HDF5 file, but not one of NWB 2 (it has no nwb_version)"
                    : "has NWB version " + version);
        }
        List<NwbSeries> responses = series(file, hdf, RESPONSES, "acquisition");
        List<NwbSeries> stimuli = series(file, hdf, STIMULI, "stimulus", "presentation");
        if (responses.isEmpty()) {
            throw file.fault("has no CurrentClampSeries in /acquisition");
        }
        List<Sweep> sweeps = new ArrayList<>();
        for (NwbPairs.Pair pair : NwbPairs.of(responses, stimuli)) {
            List<Channel> channels = new ArrayList<>();
            pair.responses().forEach(series -> channels.add(series.channel(file, Channel.Source.RECORDED)));
            pair.stimuli().forEach(series -> channels.add(series.channel(file, Channel.Source.COMMAND)));
            sweeps.add(new Sweep(pair.number(), pair.responses().get(0).startMs(file), channels));
        }
        return sweeps;
    }

    private static List<NwbSeries> series(ByteFile file, Group root, Set<String> types, String... path) {
        Node node = root;
        for (String name : path) {
            node = node instanceof Group group && group.getChildren().containsKey(name) ? target(group.getChild(name))
                    : null;
        }
        List<NwbSeries> all = new ArrayList<>();
        if (node instanceof Group group) {
            for (Node child : group.getChildren().values()) {
                if (target(child) instanceof Group series
                        && types.contains(String.valueOf(NwbSeries.attribute(series, "neurodata_type")))) {
                    all.add(NwbSeries.of(file, child.getName(), series));
                }
            }
        }
        return all;
    }

    private static Node target(Node node) {
        return node instanceof Link link ? link.getTarget() : node;
    }
}
