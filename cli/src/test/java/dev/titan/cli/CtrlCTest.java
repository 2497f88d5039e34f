package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CtrlCTest {

    private final List<String> done = new ArrayList<>();
    private final CtrlC ctrlC = new CtrlC(Thread.currentThread(), () -> done.add("halted"));

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    @Test
    void leavesAtOnceWhileThereIsNoTask() {
        ctrlC.press();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void cancelsFirstThenLeavesThenEnds() {
        ctrlC.onFirst(() -> done.add("cancelled"));

        ctrlC.press();
        assertThat(done).containsExactly("cancelled");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        ctrlC.press();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        ctrlC.press();
        assertThat(done).containsExactly("cancelled", "halted");
    }

    @Test
    void aStoppedMachineDoesNotCancelTheTask() {
        ctrlC.onFirst(() -> done.add("cancelled"));

        ctrlC.leave();

        assertThat(done).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
