package org.nagumo.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.nagumo.experiments.reproduce.Steps;

class ConsoleStepsTest {

    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong time = new AtomicLong();
    private final ConsoleSteps.Lines lines = new ConsoleSteps.Lines("data", new PrintStream(bytes, true), time::get);

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineSaysWhatIsDoneHowFarItIsAndWhenItWillBeDone() {
        time.set(5 * SECOND);
        lines.show(0.25);
        lines.note("stage 1 of 8");
        time.set(12 * SECOND);
        lines.show(1);
        lines.end(true);
        assertThat(said().lines()).containsExactly("data: 25 %, 5 s, about 15 s to go", "data: stage 1 of 8",
                "data: 100 %, 12 s, about 0 s to go", "data: done in 12.0 s");
        assertThat(said().chars().filter(Character::isISOControl).filter(c -> c != '\n')).isEmpty();
    }

    @Test
    void beforeAnythingIsDoneNoEndIsPromised() {
        time.set(2 * SECOND);
        lines.show(0);
        assertThat(said()).isEqualTo("data: 0 %, 2 s" + System.lineSeparator());
    }

    @Test
    void whatAnEarlierRunDidIsNotTakenForSpeed() {
        time.set(SECOND);
        lines.begin(0.5);
        lines.show(0.5);
        time.set(3 * SECOND);
        lines.show(0.75);
        lines.end(false);
        assertThat(said().lines()).containsExactly("data: 50 %, 1 s", "data: 75 %, 3 s, about 2 s to go",
                "data: ended after 3.0 s");
    }

    @Test
    void whatEndsSoonSaysNothing() {
        try (Steps.Step step = new ConsoleSteps.Watched(lines, 3, 3_600_000, 3_600_000)) {
            step.advance(3);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void aLongStepIsShownWhileNothingOfItIsDone() throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(3);
        try (Steps.Step step = new ConsoleSteps.Watched(new ConsoleSteps.Display() {
            @Override
            public void begin(double share) {
                // not asked for
            }

            @Override
            public void show(double share) {
                if (share == 0.5) {
                    shown.countDown();
                }
            }

            @Override
            public void note(String text) {
                // not asked for
            }

            @Override
            public void end(boolean done) {
                // nothing to end
            }
        }, 4, 20, 1)) {
            step.advance(2);
            assertThat(shown.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void quietIsQuiet() {
        PrintStream err = System.err;
        System.setErr(new PrintStream(bytes, true));
        try (Steps.Step step = new ConsoleSteps(true).begin("data", 1)) {
            step.note("something");
            step.advance(1);
        } finally {
            System.setErr(err);
        }
        assertThat(said()).isEmpty();
    }
}
