package org.nagumo.experiments.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.nagumo.experiments.reproduce.Steps;

/**
 * Progress on standard error, for what takes longer than two seconds: a bar on a terminal, a plain line every few
 * seconds elsewhere, nothing when quiet. Whether standard error is a terminal is told by the launcher
 * ({@code -Dnagumo.terminal=true}).
 */
final class ConsoleSteps implements Steps {

    /** Who waits less wants to read nothing. */
    private static final long PATIENCE_MS = 2000;
    /** What is done by now was done before. */
    private static final long AT_ONCE_MS = 250;
    private static final long BAR_EVERY_MS = 500;
    private static final long LINE_EVERY_MS = 5000;

    private final boolean quiet;

    ConsoleSteps(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    public Step begin(String name, long total) {
        if (quiet) {
            return new Quiet();
        }
        boolean terminal = Boolean.getBoolean("nagumo.terminal");
        return new Watched(terminal ? new Bar(name) : new Lines(name, System.err, System::nanoTime), total, PATIENCE_MS,
                terminal ? BAR_EVERY_MS : LINE_EVERY_MS);
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

    /** How a step is shown; used by one thread at a time. */
    interface Display {

        /** How far the step was when it had hardly begun: by what an earlier run had done. */
        void begin(double share);

        /** Shows how far the step is, from 0 to 1. */
        void show(double share);

        /** Something worth a line. */
        void note(String text);

        /** Ends what was shown, with all done or not. */
        void end(boolean done);
    }

    /** A step that is looked at again and again, also while nothing of it is done. */
    static final class Watched implements Step {

        private final Display display;
        private final long total;
        private final AtomicLong done = new AtomicLong();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });

        Watched(Display display, long total, long firstMs, long everyMs) {
            this.display = display;
            this.total = total;
            clock.schedule(this::begin, Math.min(AT_ONCE_MS, firstMs / 2), TimeUnit.MILLISECONDS);
            clock.scheduleAtFixedRate(this::show, firstMs, everyMs, TimeUnit.MILLISECONDS);
        }

        private void begin() {
            synchronized (display) {
                display.begin(share());
            }
        }

        private void show() {
            synchronized (display) {
                display.show(share());
            }
        }

        private double share() {
            return total == 0 ? 1 : (double) done.get() / total;
        }

        @Override
        public void advance(long amount) {
            done.addAndGet(amount);
        }

        @Override
        public void note(String text) {
            synchronized (display) {
                display.note(text);
            }
        }

        @Override
        public void close() {
            clock.shutdownNow();
            synchronized (display) {
                display.end(done.get() >= total);
            }
        }
    }

    /** A bar that begins when it is first shown. */
    private static final class Bar implements Display {

        /** Thousandths: nobody wants to read a count of steps. */
        private static final long WHOLE = 1000;

        private final ProgressBarBuilder builder;
        private ProgressBar bar;
        private String note = "";

        Bar(String name) {
            builder = new ProgressBarBuilder().setTaskName(name).setInitialMax(WHOLE)
                    .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis((int) BAR_EVERY_MS);
        }

        @Override
        public void begin(double share) {
            // The bar takes its speed from what is done while it is shown.
        }

        @Override
        public void show(double share) {
            if (bar == null) {
                bar = builder.startsFrom(Math.round(share * WHOLE), Duration.ofMillis(PATIENCE_MS)).build();
            }
            bar.setExtraMessage(note);
            bar.stepTo(Math.round(share * WHOLE));
        }

        @Override
        public void note(String text) {
            note = " " + text;
        }

        @Override
        public void end(boolean done) {
            if (bar != null) {
                if (done) {
                    bar.stepTo(WHOLE);
                }
                bar.close();
            }
        }
    }

    /** Plain lines, without control characters. */
    static final class Lines implements Display {

        private final String name;
        private final PrintStream out;
        private final LongSupplier nanoTime;
        private final long began;
        private double shareAtOnce;
        private double secondsAtOnce;
        private boolean shown;

        Lines(String name, PrintStream out, LongSupplier nanoTime) {
            this.name = name;
            this.out = out;
            this.nanoTime = nanoTime;
            began = nanoTime.getAsLong();
        }

        private double seconds() {
            return (nanoTime.getAsLong() - began) * 1e-9;
        }

        @Override
        public void begin(double share) {
            shareAtOnce = share;
            secondsAtOnce = seconds();
        }

        @Override
        public void show(double share) {
            shown = true;
            String left = share > shareAtOnce ? String.format(Locale.ROOT, ", about %.0f s to go",
                    Math.ceil((seconds() - secondsAtOnce) * (1 - share) / (share - shareAtOnce))) : "";
            out.printf(Locale.ROOT, "%s: %.0f %%, %.0f s%s%n", name, Math.floor(100 * share), seconds(), left);
        }

        @Override
        public void note(String text) {
            shown = true;
            out.println(name + ": " + text);
        }

        @Override
        public void end(boolean done) {
            if (shown) {
                out.printf(Locale.ROOT, "%s: %s %.1f s%n", name, done ? "done in" : "ended after", seconds());
            }
        }
    }
}
