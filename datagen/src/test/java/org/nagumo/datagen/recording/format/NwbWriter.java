package org.nagumo.datagen.recording.format;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;

/** Writes small files of Neurodata Without Borders 2. */
public final class NwbWriter implements AutoCloseable {

    private final WritableHdfFile file;
    private final WritableGroup acquisition;
    private final WritableGroup presentation;

    public NwbWriter(Path path, String version) {
        file = HdfFile.write(path);
        if (version != null) {
            file.putAttribute("nwb_version", version);
        }
        acquisition = file.putGroup("acquisition");
        presentation = file.putGroup("stimulus").putGroup("presentation");
    }

    /** A recorded potential; the samples are an array of a primitive type. */
    public NwbWriter response(String name, Integer sweep, Object samples, double conversion, double rateHz) {
        series(acquisition.putGroup(name), "CurrentClampSeries", sweep, samples, "volts", conversion, 0, rateHz);
        return this;
    }

    /** A current that was recorded in voltage clamp. */
    public NwbWriter voltageClamp(String name) {
        series(acquisition.putGroup(name), "VoltageClampSeries", 1, new float[9], "amperes", 1, 0, 1e4);
        return this;
    }

    /** A current. */
    public NwbWriter stimulus(String name, Integer sweep, Object samples, double conversion, double rateHz) {
        series(presentation.putGroup(name), "CurrentClampStimulusSeries", sweep, samples, "amperes", conversion, 0,
                rateHz);
        return this;
    }

    /** A recorded potential with a time for each sample, in s, and an offset in V. */
    public NwbWriter responseAt(String name, Object samples, double conversion, double offset, double[] timestamps) {
        WritableGroup group = acquisition.putGroup(name);
        series(group, "CurrentClampSeries", null, samples, "volts", conversion, offset, Double.NaN);
        group.putDataset("timestamps", timestamps);
        return this;
    }

    /** A current with a time for each sample. */
    public NwbWriter stimulusAt(String name, Object samples, double conversion, double[] timestamps) {
        WritableGroup group = presentation.putGroup(name);
        series(group, "CurrentClampStimulusSeries", null, samples, "amperes", conversion, 0, Double.NaN);
        group.putDataset("timestamps", timestamps);
        return this;
    }

    private static void series(WritableGroup group, String type, Integer sweep, Object samples, String unit,
            double conversion, double offset, double rateHz) {
        group.putAttribute("neurodata_type", type);
        if (sweep != null) {
            group.putAttribute("sweep_number", sweep);
        }
        WritableDataset data = group.putDataset("data", samples);
        data.putAttribute("unit", unit);
        data.putAttribute("conversion", conversion);
        if (offset != 0) {
            data.putAttribute("offset", offset);
        }
        if (!Double.isNaN(rateHz)) {
            WritableDataset start = group.putDataset("starting_time", 2.5);
            start.putAttribute("rate", rateHz);
            start.putAttribute("unit", "seconds");
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
