package org.nagumo.experiments.report;

import java.util.Locale;
import org.nagumo.experiments.network.NetworkCard;
import org.nagumo.experiments.network.TrainedNetwork;

/** A trained network written out as equations with its numbers. */
public final class Equations {

    private static final int FEATURES_PER_LINE = 4;

    private Equations() {
    }

    /** The equations of a network, one line each. */
    public static String of(TrainedNetwork network) {
        NetworkCard card = network.card();
        double[] p = network.parameters();
        int h = card.units();
        StringBuilder text = new StringBuilder();
        boolean dimensionless = card.provenance().neuron()
                .map(neuron -> neuron.traits().units().dimensionless()).orElse(false);
        String mv = dimensionless ? "" : " mV";
        text.append(String.format(Locale.ROOT, "x = I / %.4g%s        sigma(a) = 1 / (1 + exp(-a))%n",
                card.scaling().currentUnitUaPerCm2(), dimensionless ? "" : " uA/cm2"));
        int featureAt = 3 * h * (2 + h);
        int featureBiasAt = featureAt + card.features() * (1 + h);
        for (int f = 0; f < card.features(); f++) {
            int at = featureAt + f * (1 + h);
            StringBuilder sum = new StringBuilder(number(p[featureBiasAt + f])).append(term(p[at], "x"));
            for (int k = 0; k < h; k++) {
                sum.append(term(p[at + 1 + k], "h" + (k + 1)));
            }
            text.append("u").append(f + 1).append(" = tanh(").append(sum).append(")\n");
        }
        String[] gates = {"z", "r", "c"};
        for (int gate = 0; gate < 3; gate++) {
            for (int j = 0; j < h; j++) {
                StringBuilder sum = new StringBuilder(number(p[3 * h * (1 + h) + gate * h + j]));
                sum.append(term(p[gate * h + j], "x"));
                for (int k = 0; k < h; k++) {
                    sum.append(term(p[3 * h + (gate * h + j) * h + k], (gate == 2 ? "r" + (k + 1) + " " : "") + "h"
                            + (k + 1)));
                }
                for (int f = 0; f < card.features(); f++) {
                    sum.append(f % FEATURES_PER_LINE == 0 ? "\n    " : "").append(term(p[featureBiasAt + card.features()
                            + (gate * h + j) * card.features() + f], "u" + (f + 1)));
                }
                text.append(gates[gate]).append(j + 1).append(" = ").append(gate == 2 ? "tanh(" : "sigma(")
                        .append(sum).append(")\n");
            }
        }
        for (int j = 0; j < h; j++) {
            text.append(String.format(Locale.ROOT, "dh%d/dt = (1 - z%d)(c%d - h%d) / %.4g%s%n", j + 1, j + 1, j + 1,
                    j + 1, Math.exp(p[card.layerParameters() - h + j]), dimensionless ? "" : " ms"));
        }
        readout(text, card, p, card.layerParameters());
        text.append(String.format(Locale.ROOT, "V = %.4g%s + %.4g%s v%n", card.scaling().voltageOffsetMv(), mv,
                card.scaling().voltageUnitMv(), mv));
        return text.toString();
    }

    private static void readout(StringBuilder text, NetworkCard card, double[] p, int at) {
        int h = card.units();
        int hidden = card.readoutUnits();
        text.append("v = ").append(number(p[p.length - 1]));
        if (hidden == 0) {
            for (int j = 0; j < h; j++) {
                text.append(term(p[at + j], "h" + (j + 1)));
            }
        }
        for (int k = 0; k < hidden; k++) {
            StringBuilder inner = new StringBuilder(number(p[at + hidden * h + k]));
            for (int j = 0; j < h; j++) {
                inner.append(term(p[at + k * h + j], "h" + (j + 1)));
            }
            text.append(term(p[at + hidden * (h + 1) + k], "tanh(" + inner + ")")).append(k + 1 < hidden ? "\n   " : "");
        }
        text.append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String term(double weight, String factor) {
        return String.format(Locale.ROOT, " %s %.4f %s", weight < 0 ? "-" : "+", Math.abs(weight), factor);
    }
}
