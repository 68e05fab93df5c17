package org.nagumo.datagen.recording.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nagumo.datagen.io.InputException;
import org.nagumo.datagen.recording.Channel;
import org.nagumo.datagen.recording.RecordingFile;
import org.nagumo.datagen.recording.RecordingFormat;
import org.nagumo.datagen.recording.Signal;
import org.nagumo.datagen.recording.Sweep;

/**
 * Text tables with a header, one sweep a file, as instruments, R, Python and spreadsheets write them: separated by
 * commas, semicolons, tabs or blanks; with decimal points, or decimal commas where the comma does not separate; with
 * or without quotes, row names, a byte-order mark, lines that start with {@code #}, a line {@code sep=;}, a row of
 * units under the header, and a delimiter at the end of each line. Units stand in the names of the columns:
 * {@code time_ms}, {@code Vm (mV)}, {@code I [pA]}, {@code current_uA_per_cm2}.
 */
public final class CsvFormat implements RecordingFormat {

    private static final String ALLOWED = "a table in UTF-8 with a header, a column of time and its unit in the name,"
            + " such as time_ms,current_pA,voltage_mV, and one row a sample";

    /** Made by the service loader. */
    public CsvFormat() {
    }

    @Override
    public String name() {
        return "text table";
    }

    @Override
    public List<String> endings() {
        return List.of(".csv", ".tsv");
    }

    @Override
    public RecordingFile open(Path path) {
        ByteFile file = ByteFile.open(path, ALLOWED);
        try {
            CsvLayout layout = CsvLayout.of(file);
            CsvRows rows = new CsvRows(file, layout);
            List<Channel> channels = new ArrayList<>();
            for (int c = 0; c < layout.columns().size(); c++) {
                CsvLayout.Column column = layout.columns().get(c);
                if (column.cell() != layout.time().cell()) {
                    channels.add(new Channel(column.name(), column.unit(), Channel.Source.RECORDED,
                            new ColumnSignal(rows, c)));
                }
            }
            return new OpenRecording(path, List.of(new Sweep(1, rows.startMs(), channels)), file::close);
        } catch (InputException e) {
            file.close();
            throw e;
        }
    }

    private record ColumnSignal(CsvRows rows, int column) implements Signal {

        @Override
        public int length() {
            return rows.length();
        }

        @Override
        public double stepMs() {
            return rows.stepMs();
        }

        @Override
        public void read(int from, int count, double[] into, int at) {
            rows.read(column, from, count, into, at);
        }
    }
}
