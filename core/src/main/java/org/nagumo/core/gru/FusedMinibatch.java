package org.nagumo.core.gru;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * {@link FusedGru} over a minibatch of any size and sequences of any length in arrays of ND4J.
 *
 * <p>The minibatch is cut into blocks of {@value #BLOCK} sequences, each with a kernel of its own, which run side by
 * side on the threads of the common pool. Sequences whose rows take more than {@value #WHOLE_BYTES} bytes are cut into
 * segments of time: the states between segments are kept, and going back, each segment but the last is computed once
 * more. The numbers depend on none of this, to the last bit: sequences do not depend on each other, and the gradients
 * of the parameters are summed sequence by sequence.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class FusedMinibatch<A> {

    /** Sequences that run together: long rows for the compiler, several blocks for the processor's cores. */
    private static final int BLOCK = 128;

    /** Beyond this, storing gates and reading them back takes longer than computing them again. */
    private static final long WHOLE_BYTES = 4 << 20;

    /** Rows of a segment, which are to stay in the second cache. */
    private static final long SEGMENT_BYTES = 512 << 10;

    /**
     * Fewer steps do not pay for what a segment costs by itself; so many when no backward pass follows. With wide layers
     * the rows of a segment and the states between segments then take the least together at about 10 000 steps.
     */
    private static final int LEAST_STEPS = 50;

    /** Lanes times steps times units below which threads cost more than they bring. */
    private static final long WORTH_THREADS = 1 << 16;

    private final Precision<A> precision;
    private final GruEquations equations;
    private final int inputs;
    private final int units;

    private List<Block> blocks = List.of();
    private int minibatch;
    private int steps;

    FusedMinibatch(Precision<A> precision, GruEquations equations, int inputs, int units) {
        this.precision = precision;
        this.equations = equations;
        this.inputs = inputs;
        this.units = units;
    }

    /** Where the states before the first step come from. */
    @FunctionalInterface
    interface Start<A> {

        /** Fills the row of a unit's states, for {@code count} sequences from {@code first} on. */
        void fill(int unit, int first, A row, int count);
    }

    /**
     * What a pass reads.
     *
     * @param parameters the kernel's flat vector
     * @param input      channels: the data and, with irregular time, the intervals
     * @param masks      one channel of zeros and ones, or null
     * @param start      the states before the first step
     */
    record Pass<A>(double[] parameters, Channels<A> input, Channels<A> masks, Start<A> start) {
    }

    /** Number of parameters of the kernel. */
    int parameterCount() {
        return blocks.get(0).kernel.parameterCount();
    }

    /**
     * Sets the size of the next passes.
     *
     * @param forBackward whether a forward pass keeps what a backward pass needs
     */
    void resize(int newMinibatch, int newSteps, boolean forBackward) {
        if (newMinibatch != minibatch) {
            blocks = IntStream.iterate(0, first -> first < newMinibatch, first -> first + BLOCK)
                    .mapToObj(first -> new Block(first, Math.min(BLOCK, newMinibatch - first))).toList();
        }
        minibatch = newMinibatch;
        steps = newSteps;
        blocks.forEach(block -> block.resize(forBackward));
    }

    /** Whether {@link #backward} reads what the forward pass read: then some of it is computed again. */
    boolean readsAgain() {
        return blocks.stream().anyMatch(block -> block.segments > 1);
    }

    /**
     * Computes the states and writes them, zero where they are masked.
     *
     * @throws IllegalArgumentException as {@link FusedGru#forward}, for the first faulty block
     */
    void forward(Pass<A> pass, Channels<A> output) {
        onEach(block -> block.forward(pass, output));
    }

    /** Writes the states after the last step of the last forward pass. */
    void lastStates(Channels<A> into) {
        for (Block block : blocks) {
            for (int j = 0; j < units; j++) {
                into.write(0, j, block.first, block.checkpoints[block.segments][j], block.lanes);
            }
        }
    }

    /**
     * Computes the gradients for the last forward pass, once.
     *
     * @param pass      what that pass read
     * @param error     dL/d(output), channels: units
     * @param firstStep the earliest step that gradients flow through
     * @param byInput   receives dL/d(data and intervals); other channels are not touched
     */
    void backward(Pass<A> pass, Channels<A> error, int firstStep, Channels<A> byInput) {
        onEach(block -> block.backward(pass, error, firstStep, byInput));
    }

    /** Gradient of the loss by the parameters, in the flat order. */
    void gradient(double[] into) {
        for (Block block : blocks) {
            block.kernel.addGradient(into, block.lanes);
        }
    }

    /** Writes dL/d(state before the first step) as channels from {@code channel} on at step 0. */
    void initialStateGradient(Channels<A> into, int channel) {
        for (Block block : blocks) {
            for (int j = 0; j < units; j++) {
                into.write(0, channel + j, block.first, block.kernel.initialStateGradient(j), block.lanes);
            }
        }
    }

    /** dL/d(state of a unit before the first step), summed over the minibatch. */
    double initialStateGradient(int unit) {
        double sum = 0;
        for (Block block : blocks) {
            sum = block.kernel.math().sum(sum, block.kernel.initialStateGradient(unit), block.lanes);
        }
        return sum;
    }

    private void onEach(Consumer<Block> work) {
        if (blocks.size() == 1 || (long) minibatch * steps * units < WORTH_THREADS) {
            for (Block block : blocks) {
                work.accept(block);
            }
            return;
        }
        // The pool would wrap what is thrown, and the first of several faults would depend on the threads.
        List<Optional<IllegalArgumentException>> faults = blocks.parallelStream().map(block -> {
            try {
                work.accept(block);
                return Optional.<IllegalArgumentException>empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(e);
            }
        }).toList();
        faults.stream().flatMap(Optional::stream).findFirst().ifPresent(fault -> {
            throw fault;
        });
    }

    /** Some sequences of the minibatch. */
    private final class Block {

        private final int first;
        private final int lanes;
        private final FusedGru<A> kernel;

        private int segmentSteps;
        private int segments;
        private A[][] checkpoints;  // [segments + 1][units]: the states before each segment and at the end
        private A[] masks;
        private A masked;

        Block(int first, int lanes) {
            this.first = first;
            this.lanes = lanes;
            kernel = precision.kernel(equations, inputs, units);
            kernel.shareGradientRows();
        }

        private void resize(boolean forBackward) {
            int multiple = VectorSupport.laneMultiple();
            int width = (lanes + multiple - 1) / multiple * multiple;
            long stepBytes = kernel.bytesPerStep() * width;
            long fitting = stepBytes * steps <= WHOLE_BYTES ? steps : Math.max(LEAST_STEPS, SEGMENT_BYTES / stepBytes);
            int most = (int) Math.min(steps, forBackward ? fitting : LEAST_STEPS);
            segments = (steps + most - 1) / most;
            segmentSteps = (steps + segments - 1) / segments;
            boolean fits = kernel.lanes() == width;
            kernel.resize(width, segmentSteps);
            if (!fits || checkpoints.length <= segments) {
                checkpoints = kernel.table(segments + 1, units);
                masked = kernel.math().row(width);
                masks = null;
            }
        }

        private void forward(Pass<A> pass, Channels<A> output) {
            for (int j = 0; j < units; j++) {
                pass.start().fill(j, first, checkpoints[0][j], lanes);
            }
            for (int s = 0; s < segments; s++) {
                int from = run(pass, s);
                for (int t = 0; t < kernel.steps(); t++) {
                    for (int j = 0; j < units; j++) {
                        A h = kernel.state(t + 1, j);
                        if (masks != null) {
                            kernel.math().multiply(masked, h, masks[t]);
                            h = masked;
                        }
                        output.write(from + t, j, first, h, lanes);
                    }
                }
                for (int j = 0; j < units; j++) {
                    kernel.math().copy(checkpoints[s + 1][j], kernel.state(kernel.steps(), j));
                }
            }
        }

        /** Computes a segment from the state before it; returns its first step. */
        private int run(Pass<A> pass, int segment) {
            int from = segment * segmentSteps;
            int count = Math.min(segmentSteps, steps - from);
            kernel.resize(kernel.lanes(), count);
            kernel.standAt(first, from);
            if (pass.masks() != null && (masks == null || masks.length < count)) {
                masks = kernel.math().rows(segmentSteps, kernel.lanes());
            } else if (pass.masks() == null) {
                masks = null;
            }
            for (int t = 0; t < count; t++) {
                for (int i = 0; i < inputs; i++) {
                    pass.input().read(from + t, i, first, kernel.input(t, i), lanes);
                }
                if (equations.irregularTime()) {
                    pass.input().read(from + t, inputs, first, kernel.interval(t), lanes);
                }
                if (masks != null) {
                    pass.masks().read(from + t, 0, first, masks[t], lanes);
                }
            }
            for (int j = 0; j < units; j++) {
                kernel.math().copy(kernel.initialState(j), checkpoints[segment][j]);
            }
            kernel.forward(pass.parameters(), masks);
            return from;
        }

        private void backward(Pass<A> pass, Channels<A> error, int firstStep, Channels<A> byInput) {
            for (int s = segments - 1; s >= 0; s--) {
                int from = s * segmentSteps;
                int earliest = Math.min(Math.max(0, firstStep - from), Math.min(segmentSteps, steps - from));
                FusedGru.StepGradients gradients = gradients(from, error, byInput);
                if (s == segments - 1) {
                    kernel.backward(true, earliest, gradients);
                } else {
                    run(pass, s);
                    kernel.continueBackward(true, earliest, gradients);
                }
            }
        }

        /** Moves rows while they are in the nearest cache. */
        private FusedGru.StepGradients gradients(int start, Channels<A> error, Channels<A> byInput) {
            return new FusedGru.StepGradients() {
                @Override
                public void fill(int from, int to) {
                    for (int t = from; t < to; t++) {
                        for (int j = 0; j < units; j++) {
                            A e = kernel.outputGradient(t, j);
                            error.read(start + t, j, first, e, lanes);
                            if (masks != null) {
                                kernel.math().multiply(e, e, masks[t]);
                            }
                        }
                    }
                }

                @Override
                public void take(int from, int to) {
                    for (int t = from; t < to; t++) {
                        for (int i = 0; i < inputs; i++) {
                            byInput.write(start + t, i, first, kernel.inputGradient(t, i), lanes);
                        }
                        if (equations.irregularTime()) {
                            byInput.write(start + t, inputs, first, kernel.intervalGradient(t), lanes);
                        }
                    }
                }
            };
        }
    }
}
