package org.nagumo.core.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.nagumo.core.gru.Networks.network;
import static org.nagumo.core.gru.Networks.normal;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;

/** The statistics of training reach Deeplearning4j's listener and its web server. */
class StatsTest {

    @Test
    void theyNameTheLayersParametersAndReachTheServer() throws Exception {
        MultiLayerNetwork net = network(DataType.FLOAT, new Sgd(0.1), 3,
                new ContinuousTimeGru.Builder().nIn(2).nOut(3).dt(0.5).tau(2).learnTau(true).build());
        InMemoryStatsStorage storage = new InMemoryStatsStorage();
        net.setListeners(new StatsListener(storage, 1));
        for (int i = 0; i < 4; i++) {
            net.fit(normal(DataType.FLOAT, i, 3, 2, 7), normal(DataType.FLOAT, 9, 3, 2, 7));
        }
        String session = storage.listSessionIDs().get(0);
        List<Persistable> updates = storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID,
                storage.listWorkerIDsForSession(session).get(0), 0);
        assertThat(updates).hasSize(4);
        StatsReport last = (StatsReport) updates.get(3);
        assertThat(last.getScore()).isEqualTo(net.score());
        for (String key : new String[] {"0_W", "0_RW", "0_b", "0_logTau", "1_W", "1_b"}) {
            assertThat(last.getMeanMagnitudes(StatsType.Parameters).get(key)).as(key)
                    .isCloseTo(net.getParam(key).ameanNumber().doubleValue(), withinPercentage(1e-4));
            assertThat(last.getMeanMagnitudes(StatsType.Updates).get(key)).as(key).isPositive();
        }
        try (ServerSocket free = new ServerSocket(0)) {
            System.setProperty("org.deeplearning4j.ui.port", Integer.toString(free.getLocalPort()));
        }
        UIServer server = UIServer.getInstance();
        try {
            server.attach(storage);
            assertThat(get(server, "/train/overview/data"))
                    .containsPattern("\"scores\" : \\[[^]]*, " + Pattern.quote(Double.toString(net.score())) + " \\]");
            assertThat(get(server, "/train/model/graph")).contains("ContinuousTimeGru");
        } finally {
            server.stop();
            System.clearProperty("org.deeplearning4j.ui.port");
        }
    }

    private static String get(UIServer server, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }
}
