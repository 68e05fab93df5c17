package org.nagumo.core.gru;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the arithmetic of single precision: plain loops, or the vector instructions of the module
 * {@code jdk.incubator.vector} where the process was started with {@code --add-modules jdk.incubator.vector}. The numbers
 * are the same to the last bit, so that it does not matter when the choice changes.
 *
 * <p>Vector code is slow for its first seconds, until it is compiled: a process begins with plain loops, warms the vector
 * code up beside them when there has been some work and they have had a second to be compiled, and changes over when it
 * is faster. The system property {@code nagumo.vector} is {@code auto}, {@code on} (from the first step) or {@code off}.
 */
final class VectorSupport {

    private static final Logger LOG = LoggerFactory.getLogger(VectorSupport.class);

    private static final RowMath<float[]> PLAIN = new FloatRowMath();

    /** Lanes times steps times units after which vector code is made ready: half a second or so of plain loops. */
    private static final long WORTH_IT = 20_000_000;

    /** Time from the first use on that is left to the plain loops: to compile vector code would hold theirs up. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final String MODULE = "jdk.incubator.vector";
    private static final AtomicLong WORK = new AtomicLong();
    private static final AtomicBoolean WARMING = new AtomicBoolean();
    private static final long FIRST_USE_NANOS = System.nanoTime();
    private static final boolean AVAILABLE;

    private static volatile RowMath<float[]> vector;

    static {
        String wish = System.getProperty("nagumo.vector", "auto");
        if (!wish.equals("auto") && !wish.equals("on") && !wish.equals("off")) {
            throw new IllegalArgumentException("system property nagumo.vector is '" + wish
                    + "'; allowed: auto, on and off");
        }
        boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
        RowMath<float[]> candidate = present && !wish.equals("off") ? load() : null;
        AVAILABLE = candidate != null;
        if (wish.equals("on")) {
            if (!AVAILABLE) {
                throw new IllegalStateException("system property nagumo.vector is 'on', but there are no vector "
                        + "instructions to use; allowed: with java --add-modules " + MODULE
                        + ", on a processor with at least 8 lanes of float");
            }
            vector = candidate;
        }
        LOG.info("continuous-time GRU: {}", wish.equals("on") ? "vector instructions"
                : AVAILABLE ? "plain loops, vector instructions once they pay"
                : "plain loops" + (present ? "" : "; java --add-modules " + MODULE + " would be faster"));
    }

    private VectorSupport() {
    }

    /** The one place that names the class, so that it is not loaded where its module is missing. */
    private static RowMath<float[]> load() {
        try {
            Class<?> type = Class.forName("org.nagumo.core.gru.VectorRowMath");
            @SuppressWarnings("unchecked")
            RowMath<float[]> math = (RowMath<float[]>) type.getDeclaredConstructor().newInstance();
            return math.laneMultiple() >= 16 ? math : null;
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warn("vector instructions cannot be used: {}", e.toString());
            return null;
        }
    }

    /** Whether vector code can be used, now or later. */
    static boolean available() {
        return AVAILABLE;
    }

    /** Lanes are best a multiple of this. */
    static int laneMultiple() {
        RowMath<float[]> math = vector;
        return math == null ? 1 : math.laneMultiple();
    }

    /**
     * The arithmetic for a call.
     *
     * @param lanes number of lanes
     * @param work  lanes times steps times units
     */
    static RowMath<float[]> choose(int lanes, long work) {
        RowMath<float[]> math = vector;
        if (math != null) {
            return lanes % math.laneMultiple() == 0 ? math : PLAIN;
        }
        if (AVAILABLE && !WARMING.get() && WORK.addAndGet(work) >= WORTH_IT
                && System.nanoTime() - FIRST_USE_NANOS >= PATIENCE_NANOS && WARMING.compareAndSet(false, true)) {
            Thread thread = new Thread(VectorSupport::warmUp, "nagumo-vector-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
        return PLAIN;
    }

    private static void warmUp() {
        RowMath<float[]> candidate = load();
        if (candidate == null) {
            return;
        }
        WarmUp plain = new WarmUp(PLAIN);
        WarmUp vectors = new WarmUp(candidate);
        long limit = plain.batchNanos();
        for (int batch = 0; batch < WarmUp.MOST_BATCHES; batch++) {
            if (vectors.batchNanos() < limit && vectors.batchNanos() < plain.batchNanos()) {
                vector = candidate;
                LOG.info("continuous-time GRU: vector instructions from now on");
                return;
            }
        }
        LOG.info("continuous-time GRU: plain loops to the end, vector instructions are not faster here");
    }

    /** A small narrow layer and a small wide one with shared features, so that all of the code is compiled. */
    private static final class WarmUp {

        private static final int MOST_BATCHES = 200;
        private static final int LANES = 64;
        private static final int STEPS = 40;
        private static final int ROUNDS = 20;

        private final FusedGru<float[]> narrow;
        private final FusedGru<float[]> wide;

        WarmUp(RowMath<float[]> math) {
            narrow = FusedGru.ofFloats((lanes, work) -> math, GruEquations.euler(1), 1, 2);
            wide = FusedGru.ofFloats((lanes, work) -> math, GruEquations.euler(1, 8), 1, 8);
        }

        long batchNanos() {
            long start = System.nanoTime();
            for (int round = 0; round < ROUNDS; round++) {
                run(narrow);
                run(wide);
            }
            return System.nanoTime() - start;
        }

        private static void run(FusedGru<float[]> kernel) {
            kernel.resize(LANES, STEPS);
            kernel.forward(new double[kernel.parameterCount()], null);
            kernel.backward(true);
        }
    }
}
