package org.nagumo.experiments.notebook;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The Jupyter kernel of the notebooks: Java, with the class path of this project. */
public final class JavaKernel extends BaseKernel {

    private final Cells cells = new Cells();

    private JavaKernel() {
        Show.on((png, text) -> {
            DisplayData picture = new DisplayData(text);
            picture.putData(MIMEType.IMAGE_PNG, Base64.getEncoder().encodeToString(png));
            display(picture);
        });
    }

    /**
     * Runs until Jupyter ends it.
     *
     * @param args the connection file
     * @throws Exception when the connection fails
     */
    public static void main(String[] args) throws Exception {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            // The library tells of every socket.
            handler.setLevel(Level.WARNING);
        }
        JupyterConnection connection = new JupyterConnection(KernelConnectionProperties.parse(
                Files.readString(Path.of(args[0]))));
        new JavaKernel().becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        System.exit(0);
    }

    @Override
    public DisplayData eval(String cell) {
        String value = cells.run(cell);
        return value == null ? null : new DisplayData(value);
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        int[] from = {0};
        List<String> found = cells.completions(code, at, from);
        return new ReplacementOptions(found, from[0], at);
    }

    @Override
    public List<String> formatError(Exception e) {
        return e.getMessage() == null ? List.of(e.toString()) : e.getMessage().lines().toList();
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("java").version(Runtime.version().toString()).mimetype("text/x-java-source")
                .fileExtension(".jshell").pygments("java").codemirror("java").build();
    }

    @Override
    public void interrupt() {
        cells.interrupt();
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        cells.close();
    }
}
