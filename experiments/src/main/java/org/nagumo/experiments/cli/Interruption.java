package org.nagumo.experiments.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that is told to stop when the program is, as by Ctrl-C, and has time to keep what it has. */
final class Interruption {

    private static final long PATIENCE_S = 60;

    private Interruption() {
    }

    /** Does the work in this thread, which is interrupted when the program is asked to end. */
    static int guard(Callable<Integer> work) throws Exception {
        Thread worker = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            worker.interrupt();
            try {
                ended.await(PATIENCE_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } catch (Exception e) {
            if (!isEnding(hook)) {
                throw e;
            }
            System.err.println("interrupted; --resume goes on from here");
            return 1;
        } finally {
            isEnding(hook);
            ended.countDown();
        }
    }

    /** Whether the program is ending; if not, the hook is taken away. */
    private static boolean isEnding(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
