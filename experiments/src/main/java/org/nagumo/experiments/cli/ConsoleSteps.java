package org.nagumo.experiments.cli;

import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.nagumo.experiments.reproduce.Steps;

/**
 * Progress on standard error: a bar on a terminal, a plain line every few seconds elsewhere, nothing when quiet.
 * Whether standard error is a terminal is told by the launcher ({@code -Dnagumo.terminal=true}).
 */
final class ConsoleSteps implements Steps {

    private static final long LINE_EVERY_NS = 5_000_000_000L;

    private final boolean quiet;

    ConsoleSteps(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    public Step begin(String name, long total) {
        if (quiet) {
            return new Quiet();
        }
        return Boolean.getBoolean("nagumo.terminal") ? new Bar(name, total) : new Lines(name, total);
    }

    private static final class Quiet implements Step {
        @Override
        public void advance(long amount) {
            // nothing is shown
        }

        @Override
        public void note(String text) {
            // nothing is shown
        }

        @Override
        public void close() {
            // nothing to end
        }
    }

    private static final class Bar implements Step {

        private final ProgressBar bar;
        private final double scale;
        private final AtomicLong done = new AtomicLong();

        Bar(String name, long total) {
            // Thousandths: nobody wants to read a count of Euler steps.
            scale = 1000.0 / total;
            bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(1000)
                    .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500).build();
        }

        @Override
        public void advance(long amount) {
            bar.stepTo(Math.round(done.addAndGet(amount) * scale));
        }

        @Override
        public void note(String text) {
            bar.setExtraMessage(text);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private static final class Lines implements Step {

        private final String name;
        private final long total;
        private final AtomicLong done = new AtomicLong();
        private final long began = System.nanoTime();
        private final AtomicLong lastLine = new AtomicLong(began);

        Lines(String name, long total) {
            this.name = name;
            this.total = total;
            System.err.println(name + " ...");
        }

        @Override
        public void advance(long amount) {
            long now = System.nanoTime();
            double share = (double) done.addAndGet(amount) / total;
            long last = lastLine.get();
            if (now - last > LINE_EVERY_NS && lastLine.compareAndSet(last, now)) {
                double seconds = (now - began) * 1e-9;
                System.err.printf("%s: %.0f %%, %.0f s, about %.0f s to go%n", name, 100 * share, seconds,
                        seconds * (1 - share) / Math.max(share, 1e-9));
            }
        }

        @Override
        public void note(String text) {
            System.err.println(name + ": " + text);
        }

        @Override
        public void close() {
            System.err.printf("%s: %.1f s%n", name, (System.nanoTime() - began) * 1e-9);
        }
    }
}
