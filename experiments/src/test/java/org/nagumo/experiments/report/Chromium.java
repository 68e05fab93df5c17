package org.nagumo.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A page in a headless Chromium, driven through its DevTools protocol. */
public final class Chromium {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_S = 60;
    private static Chromium shared;

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final String session;

    /** Where Chromium is installed, if it is. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(folder)::resolve))
                .filter(Files::isExecutable).findFirst();
    }

    /** The browser that all tests share, which ends with them; empty where Chromium is not installed. */
    public static synchronized Optional<Chromium> shared() throws Exception {
        if (shared == null && installed().isPresent()) {
            Path profile = Files.createTempDirectory("nagumo-chromium");
            shared = new Chromium(profile);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> shared.end(profile), "chromium-end"));
        } else if (shared == null) {
            System.out.println("not installed: chromium (Debian package chromium); the tests in it are skipped");
        }
        return Optional.ofNullable(shared);
    }

    /** @param profile an empty folder for the browser's files */
    private Chromium(Path profile) throws Exception {
        process = new ProcessBuilder(installed().orElseThrow().toString(), "--headless", "--no-sandbox",
                "--disable-gpu",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--hide-scrollbars", "--user-data-dir=" + profile, "--remote-debugging-port=0", "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address(), new Messages())
                .get(PATIENCE_S, TimeUnit.SECONDS);
        String target = send(null, "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
        session = send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true)).get("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Accessibility")) {
            send(domain + ".enable", Map.of());
        }
    }

    /** The browser says on its standard error where it listens. */
    private URI address() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(process.getErrorStream(),
                StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (line != null && !line.startsWith("DevTools listening on ")) {
            line = reader.readLine();
        }
        if (line == null) {
            throw new IOException("Chromium ended before it listened");
        }
        Thread drain = new Thread(() -> {
            try {
                reader.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // It has ended.
            }
        }, "chromium");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring("DevTools listening on ".length()).strip());
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    take(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    complaints.add(e.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
            if (message.has("error")) {
                answer.completeExceptionally(new IllegalStateException(message.get("error").toString()));
            } else {
                answer.complete(message.get("result"));
            }
            return;
        }
        JsonNode params = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" -> complaints.add(params.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> complaints.add(params.path("type").asText() + ": "
                    + params.path("args"));
            case "Log.entryAdded" -> complaints.add(params.path("entry").toString());
            default -> { }
        }
    }

    private JsonNode send(String to, String method, Map<String, ?> params) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id);
        message.put("method", method);
        message.set("params", JSON.valueToTree(params));
        if (to != null) {
            message.put("sessionId", to);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(message.toString(), true).get(PATIENCE_S, TimeUnit.SECONDS);
        return wait(answer);
    }

    private static <T> T wait(CompletableFuture<T> answer) throws InterruptedException, TimeoutException {
        try {
            return answer.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Calls a method of the protocol for the page. */
    JsonNode send(String method, Map<String, ?> params) throws Exception {
        return send(session, method, params);
    }

    /** Sets the size of the window in CSS pixels. */
    void resize(int width, int height) throws Exception {
        send("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", false));
    }

    /** Opens a file, and returns when it and its scripts are loaded. */
    void open(Path page) throws Exception {
        open(page.toUri());
    }

    /** Opens an address, and returns when the page and its scripts are loaded. */
    public void open(URI page) throws Exception {
        loaded = new CompletableFuture<>();
        send("Page.navigate", Map.of("url", page.toString()));
        wait(loaded);
    }

    /** The value of an expression, of a promise the one that it resolves to. */
    public JsonNode evaluate(String script) throws Exception {
        JsonNode result = send("Runtime.evaluate", Map.of("expression", script, "awaitPromise", true, "returnByValue",
                true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.get("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    /** Presses and releases a key of a name such as {@code ArrowUp}. */
    void press(String key, int code) throws Exception {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            send("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key,
                    "windowsVirtualKeyCode", code));
        }
    }

    /** Moves the mouse, with its left button down, through points {@code {x, y}}. */
    void drag(double[]... points) throws Exception {
        for (int i = 0; i < points.length; i++) {
            mouse(i == 0 ? "mousePressed" : "mouseMoved", points[i]);
        }
        mouse("mouseReleased", points[points.length - 1]);
    }

    private void mouse(String type, double[] at) throws Exception {
        send("Input.dispatchMouseEvent", Map.of("type", type, "x", at[0], "y", at[1], "button", "left", "buttons", 1,
                "clickCount", 1));
    }

    /** What the window shows. */
    void screenshot(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(send("Page.captureScreenshot", Map.of("format", "png")).get("data")
                .asText()));
    }

    /** Everything that the page has written to the console or thrown. */
    List<String> complaints() {
        return complaints;
    }

    private void end(Path profile) {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor();
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException e) {
            // What is left lies in the folder for temporary files.
        }
    }
}
