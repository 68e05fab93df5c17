package org.nagumo.datagen.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.nagumo.datagen.neuron.Neuron;

/**
 * A neuron as a system that answers currents, many at once in batches ({@link BatchSimulator}) and in several threads.
 * A response is the same to the last bit whatever other currents are in the list and with any number of threads. How
 * exact it is says {@link Integration}.
 */
public final class NeuronSimulator implements ExcitableSystem {

    private final Neuron neuron;
    private final double[] initial;
    private final int threads;
    private final Integration integration;

    /**
     * The adaptive method, from rest.
     *
     * @param neuron  the neuron
     * @param threads number of worker threads, at least 1; does not change the numbers
     * @throws IllegalArgumentException when the neuron has no resting state to begin in
     */
    public NeuronSimulator(Neuron neuron, int threads) {
        this(neuron, threads, neuron.restState(), Integration.ADAPTIVE);
    }

    /**
     * A simulator for neurons that do not come to rest, or that begin elsewhere.
     *
     * @param initial     the state in which every response begins, in the neuron's order; copied
     * @param integration the method
     */
    public NeuronSimulator(Neuron neuron, int threads, double[] initial, Integration integration) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: at least 1");
        }
        if (initial.length != neuron.dimension()) {
            throw new IllegalArgumentException("initial has " + initial.length + " values; allowed: "
                    + neuron.dimension() + ", one for each of " + neuron.stateNames());
        }
        this.neuron = neuron;
        this.threads = threads;
        this.initial = initial.clone();
        this.integration = integration;
    }

    @Override
    public String name() {
        return neuron.name();
    }

    /** The neuron that is simulated. */
    public Neuron neuron() {
        return neuron;
    }

    @Override
    public List<String> stateNames() {
        return neuron.stateNames().subList(1, neuron.dimension());
    }

    @Override
    public List<Trace> respond(List<CurrentTrace> currents, LongConsumer progress) {
        Trace[] traces = new Trace[currents.size()];
        List<int[]> batches = batches(currents);
        if (threads == 1 || batches.size() < 2) {
            batches.forEach(batch -> respond(currents, batch, traces, progress));
            return List.of(traces);
        }
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, batches.size()), task -> {
            Thread thread = new Thread(task, "simulation");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int[] batch : batches) {
                running.add(workers.submit(() -> respond(currents, batch, traces, progress)));
            }
            for (Future<?> future : running) {
                future.get();
            }
            return List.of(traces);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulation was interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Currents that are answered together: one sampling step, and enough batches for all threads. */
    private List<int[]> batches(List<CurrentTrace> currents) {
        Map<Double, List<Integer>> byStep = new LinkedHashMap<>();
        for (int k = 0; k < currents.size(); k++) {
            byStep.computeIfAbsent(currents.get(k).dtMs(), dt -> new ArrayList<>()).add(k);
        }
        List<int[]> batches = new ArrayList<>();
        for (List<Integer> alike : byStep.values()) {
            int lanes = BatchSimulator.lanes(alike.size(), threads);
            for (int from = 0; from < alike.size(); from += lanes) {
                batches.add(alike.subList(from, Math.min(from + lanes, alike.size())).stream().mapToInt(k -> k)
                        .toArray());
            }
        }
        return batches;
    }

    private void respond(List<CurrentTrace> all, int[] batch, Trace[] traces, LongConsumer progress) {
        int n = neuron.dimension();
        List<CurrentTrace> currents = new ArrayList<>();
        double[][][] columns = new double[n][batch.length][];
        for (int i = 0; i < batch.length; i++) {
            currents.add(all.get(batch[i]));
            for (int v = 0; v < n; v++) {
                columns[v][i] = new double[currents.get(i).length()];
            }
        }
        new BatchSimulator(neuron, initial, integration, batch.length).run(currents, (trace, sample, states, lane) -> {
            for (int v = 0; v < n; v++) {
                columns[v][trace][sample] = states[v][lane];
            }
        }, progress);
        for (int i = 0; i < batch.length; i++) {
            double[][] states = new double[n - 1][];
            for (int v = 1; v < n; v++) {
                states[v - 1] = columns[v][i];
            }
            traces[batch[i]] = new Trace(currents.get(i), columns[0][i], stateNames(), states);
        }
    }
}
