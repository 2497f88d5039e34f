package dev.titan.sandboxd.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {

    /** Near the largest value, because {@link System#nanoTime} may overflow. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private final Lease lease = new Lease(Duration.ofSeconds(10), Duration.ofSeconds(60), nanos::get);

    @Test
    void endsWhenNobodyAsksForItsTerm() {
        pass(9);
        assertThat(lease.over()).isFalse();
        pass(1);
        assertThat(lease.over()).isTrue();
    }

    @Test
    void goesOnWithEverySignOfLife() {
        pass(9);
        lease.touch();
        pass(9);
        assertThat(lease.over()).isFalse();
    }

    @Test
    void takesANewTerm() {
        lease.renew(Duration.ofSeconds(30));
        pass(29);
        assertThat(lease.over()).isFalse();
        pass(1);
        assertThat(lease.over()).isTrue();
    }

    @Test
    void endsAtItsHardLimitHoweverMuchItIsWanted() {
        lease.renew(Duration.ofHours(1));
        pass(59);
        lease.touch();
        assertThat(lease.over()).isFalse();
        pass(1);
        assertThat(lease.over()).isTrue();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
