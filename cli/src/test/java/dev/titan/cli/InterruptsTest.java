package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    /** A signal that ends nobody who does not know it. */
    @Test
    void runsOnASignalFromOutside() throws IOException, InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);

        assertThat(Interrupts.on("WINCH", heard::countDown)).isTrue();
        long self = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-WINCH", Long.toString(self)).start().waitFor();

        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
