package org.nagumo.experiments.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.gru.ContinuousTimeGru;
import org.nagumo.core.gru.ContinuousTimeGruField;
import org.nagumo.core.gru.FusedGru;
import org.nagumo.core.gru.FusedReadout;
import org.nagumo.core.gru.Integrator;
import org.nagumo.datagen.io.AtomicFile;
import org.nagumo.datagen.io.InputException;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A network that turns a current into a membrane potential: a continuous-time GRU and a readout of its state, a
 * {@link MultiLayerNetwork} of Deeplearning4j with what is needed to use it in physical units.
 *
 * <p>A {@code model.zip} is what {@link ModelSerializer} writes, with one more entry, {@code nagumo.json}.
 */
public final class TrainedNetwork {

    private static final String CARD = "nagumo.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);

    private final NetworkCard card;
    private final double[] parameters;

    /**
     * @param card       what the network is
     * @param parameters {@code [layer | readout]} in the order of {@link FusedGru} and {@link FusedReadout}; copied
     *                   and rounded to single precision, in which it was trained and is stored
     */
    public TrainedNetwork(NetworkCard card, double[] parameters) {
        if (parameters.length != card.parameters()) {
            throw new IllegalArgumentException("parameters has length " + parameters.length + "; allowed: "
                    + card.parameters() + " for " + card.units() + " units, " + card.readoutUnits()
                    + " readout units and " + card.features() + " shared features");
        }
        this.card = card;
        this.parameters = new double[parameters.length];
        for (int p = 0; p < parameters.length; p++) {
            if (!Double.isFinite(parameters[p])) {
                throw new IllegalArgumentException("parameters[" + p + "] is " + parameters[p]
                        + "; allowed: finite numbers");
            }
            this.parameters[p] = (float) parameters[p];
        }
    }

    /** What the network is and where it comes from. */
    public NetworkCard card() {
        return card;
    }

    /** All parameters, {@code [layer | readout]}. */
    public double[] parameters() {
        return parameters.clone();
    }

    /** The parameters of the layer alone. */
    double[] layerParameters() {
        return Arrays.copyOf(parameters, card.layerParameters());
    }

    /** The flow of the network's state under a current in uA/cm2. */
    public ContinuousTimeGruField field() {
        return new ContinuousTimeGruField(card.equations(card.dtMs()), card.units(), layerParameters(),
                1 / card.scaling().currentUnitUaPerCm2());
    }

    /**
     * The network as a system of equations with its numbers: states h1, h2, ..; the current i as input; as
     * temporaries the scaled current x, the shared features u1, u2, .. and of each unit j the gates zj and rj, the
     * argument aj of zj and the candidate cj; as output the membrane potential V. Its derivative is that of
     * {@link #field()}.
     *
     * @return the equations of the flow, in the units of the neuron that the network imitates
     */
    public EquationSystem equations() {
        return new NetworkEquations(this).system();
    }

    /** The membrane potential, in mV, that the readout sees in a state. */
    public double voltageMv(double[] state) {
        int units = card.units();
        int hidden = card.readoutUnits();
        int at = card.layerParameters();
        double v = parameters[parameters.length - 1];
        if (hidden == 0) {
            for (int j = 0; j < units; j++) {
                v += parameters[at + j] * state[j];
            }
        }
        for (int k = 0; k < hidden; k++) {
            double a = parameters[at + hidden * units + k];
            for (int j = 0; j < units; j++) {
                a += parameters[at + k * units + j] * state[j];
            }
            v += parameters[at + hidden * (units + 1) + k] * Math.tanh(a);
        }
        return card.scaling().voltageMv(v);
    }

    /**
     * The network as Deeplearning4j runs it: input {@code [minibatch, 1, time]}, the scaled current of each
     * step; output {@code [minibatch, 1, time]}, the scaled voltage after it.
     */
    public MultiLayerNetwork toDeeplearning4j() {
        double[] tau = new double[card.units()];
        for (int j = 0; j < tau.length; j++) {
            tau[j] = Math.exp(parameters[card.layerParameters() - card.units() + j]);
        }
        var list = new NeuralNetConfiguration.Builder().seed(card.provenance().seed()).dataType(DataType.FLOAT)
                .updater(new Adam(1e-3)).list()
                .layer(new ContinuousTimeGru.Builder().name("gru").nIn(1).nOut(card.units()).dt(card.dtMs()).tau(tau)
                        .learnTau(true).features(card.features()).integrator(card.integrator())
                        .substeps(card.substeps()).build());
        if (card.readoutUnits() > 0) {
            list.layer(new DenseLayer.Builder().name("readout").nOut(card.readoutUnits()).activation(Activation.TANH)
                    .build());
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.layer(new RnnOutputLayer.Builder(
                LossFunctions.LossFunction.MSE).name("voltage").nOut(1).activation(Activation.IDENTITY).build())
                .setInputType(InputType.recurrent(1)).build());
        net.init();
        net.setParams(Nd4j.createFromArray(new double[][] {parameters}).castTo(DataType.FLOAT));
        return net;
    }

    /** Writes a {@code model.zip}. The same network gives the same bytes. */
    public void save(Path file) {
        AtomicFile.write(file, out -> {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            ModelSerializer.writeModel(toDeeplearning4j(), written, false);
            ZipOutputStream zip = new ZipOutputStream(out);
            try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(written.toByteArray()))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    put(zip, entry.getName(), entries.readAllBytes());
                }
            }
            put(zip, CARD, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(card));
            zip.finish();
        });
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /**
     * Reads a {@code model.zip}.
     *
     * @throws InputException naming the file and the fault
     */
    public static TrainedNetwork load(Path file) {
        String allowed = "; allowed: a model.zip that 'reproduce' wrote";
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": there is no such file" + allowed);
        }
        // ZipFile reads the directory at the end, so a file that was cut off anywhere is noticed.
        try (ZipFile zip = new ZipFile(file.toFile())) {
            NetworkCard card = card(file, zip);
            MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false);
            return new TrainedNetwork(card, net.params().castTo(DataType.DOUBLE).data().asDouble());
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InputException(file + ": is damaged or no network (" + e.getMessage() + ")" + allowed, e);
        }
    }

    /** What cards of earlier versions do not say, because it could not be otherwise. */
    private static void complete(ObjectNode card, int version) {
        if (version < 2) {
            card.put("features", 0);
        }
        if (version < 3) {
            card.put("integrator", Integrator.EULER.name());
        }
    }

    private static NetworkCard card(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(CARD);
        if (entry == null) {
            throw new IOException("it has no " + CARD);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            JsonNode json = JSON.readTree(in);
            int version = json.path("formatVersion").asInt();
            if (version > NetworkCard.FORMAT_VERSION) {
                throw new InputException(file + ": has format version " + version + "; allowed: up to "
                        + NetworkCard.FORMAT_VERSION);
            }
            if (json instanceof ObjectNode plain) {
                complete(plain, version);
            }
            return JSON.treeToValue(json, NetworkCard.class);
        } catch (JsonProcessingException e) {
            throw new IOException(CARD + " is not valid: " + e.getOriginalMessage(), e);
        }
    }
}
