package dev.titan.sandboxd.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JournalTest {

    @Test
    void beginsWhatAKeyStandsForOnce() {
        Journal<Deed> journal = new Journal<>();
        AtomicInteger begun = new AtomicInteger();

        Deed first = journal.of("a", () -> new Deed(1), deed -> begun.incrementAndGet());
        Deed second = journal.of("a", () -> new Deed(2), deed -> begun.incrementAndGet());

        assertThat(second).isSameAs(first);
        assertThat(begun).hasValue(1);
        assertThat(journal.find("b")).isEmpty();
    }

    @Test
    void letsOthersFindWhatHasOnlyBegun() throws InterruptedException {
        Journal<Deed> journal = new Journal<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread doer = Thread.ofPlatform()
                .start(() -> journal.of("a", () -> new Deed(1), deed -> {
                    begun.countDown();
                    awaitUninterrupted(mayEnd);
                }));
        begun.await();

        assertThat(journal.find("a")).isPresent();
        assertThat(journal.of("b", () -> new Deed(1), deed -> {}).finished()).isFalse();

        mayEnd.countDown();
        doer.join();
    }

    @Test
    void givesUpBytesOfTheOldestFirstAndStillKnowsIt() {
        Journal<Deed> journal = new Journal<>(10, 250);
        Deed running = journal.of("running", () -> new Deed(100), deed -> {});
        Deed old = journal.of("old", () -> new Deed(100).finish(), deed -> {});
        Deed young = journal.of("young", () -> new Deed(100).finish(), deed -> {});

        assertThat(running.retainedBytes()).isEqualTo(100);
        assertThat(old.retainedBytes()).isZero();
        assertThat(young.retainedBytes()).isEqualTo(100);
        assertThat(journal.find("old")).contains(old);
    }

    @Test
    void forgetsTheOldestFinishedWhenThereAreTooMany() {
        Journal<Deed> journal = new Journal<>(2, 1_000);
        journal.of("running", () -> new Deed(1), deed -> {});
        journal.of("old", () -> new Deed(1).finish(), deed -> {});
        journal.of("young", () -> new Deed(1).finish(), deed -> {});

        assertThat(journal.find("old")).isEmpty();
        assertThat(journal.find("running")).isPresent();
        assertThat(journal.find("young")).isPresent();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Deed implements Journal.Entry {
        private long bytes;
        private boolean finished;

        Deed(long bytes) {
            this.bytes = bytes;
        }

        Deed finish() {
            finished = true;
            return this;
        }

        @Override
        public boolean finished() {
            return finished;
        }

        @Override
        public long retainedBytes() {
            return bytes;
        }

        @Override
        public void shed() {
            bytes = 0;
        }
    }
}
