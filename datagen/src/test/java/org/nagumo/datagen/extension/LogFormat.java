package org.nagumo.datagen.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.RecordingFormat;
import org.nagumo.datagen.recording.Signal;
import org.nagumo.datagen.recording.Sweep;

/** A user's own format: lines of current in nA and potential in mV at 1 kHz. */
public final class LogFormat implements RecordingFormat {

    @Override
    public String name() {
        return "laboratory log";
    }

    @Override
    public List<String> endings() {
        return List.of(".lablog");
    }

    @Override
    public RecordingFile open(Path path) {
        double[][] columns;
        try {
            List<String[]> rows = Files.readAllLines(path).stream().map(line -> line.split(" ")).toList();
            columns = new double[2][rows.size()];
            for (int k = 0; k < rows.size(); k++) {
                columns[0][k] = Double.parseDouble(rows.get(k)[0]);
                columns[1][k] = Double.parseDouble(rows.get(k)[1]);
            }
        } catch (IOException e) {
            throw new InputException(path + ": cannot be read; allowed: a laboratory log", e);
        }
        List<Sweep> sweeps = List.of(new Sweep(1, 0, List.of(
                new Channel("I", "nA", Channel.Source.RECORDED, new Column(columns[0])),
                new Channel("V", "mV", Channel.Source.RECORDED, new Column(columns[1])))));
        return new RecordingFile() {

            @Override
            public Path path() {
                return path;
            }

            @Override
            public List<Sweep> sweeps() {
                return sweeps;
            }

            @Override
            public void close() {
                // All was read.
            }
        };
    }

    private record Column(double[] values) implements Signal {

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double stepMs() {
            return 1;
        }

        @Override
        public void read(int from, int count, double[] into, int at) {
            System.arraycopy(values, from, into, at, count);
        }
    }
}
