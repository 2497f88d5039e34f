package dev.titan.sandbox.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.Demand;
import dev.titan.sandbox.PoolShape;
import dev.titan.sandbox.PoolSize;
import dev.titan.sandbox.WarmSandboxes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarmPoolTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Stock stock = new Stock();
    private final WarmPool pool = new WarmPool(stock, PoolShape.STANDARD, new PoolSize(1, 3), nanos::get);

    @Test
    void keepsTheFloorWhenNobodyAsks() {
        pass(Duration.ofSeconds(10));

        rounds(5);

        assertThat(stock.waiting).isOne();
    }

    @Test
    void growsWithDemandUpToTheCeiling() {
        ask(2);
        pass(Duration.ofSeconds(10));
        rounds(9);
        assertThat(stock.waiting).isEqualTo(2);

        ask(20);
        pass(Duration.ofSeconds(10));
        rounds(9);

        assertThat(stock.waiting).isEqualTo(3);
    }

    @Test
    void shrinksWhenTheBurstIsLongAgo() {
        ask(20);
        pass(Duration.ofSeconds(10));
        rounds(9);

        pass(Duration.ofMinutes(11));
        rounds(9);

        assertThat(stock.waiting).isOne();
    }

    @Test
    void makesNothingWhileSomebodyWaitsForASandboxOfHisOwn() {
        pass(Duration.ofSeconds(10));
        try (Demand.Creation _ = stock.demand.begin()) {
            rounds(5);
            assertThat(stock.waiting).isZero();
        }
        rounds(1);
        assertThat(stock.waiting).as("just now is not quiet yet").isZero();

        pass(Duration.ofSeconds(3));
        rounds(1);

        assertThat(stock.waiting).isOne();
    }

    @Test
    void makesOneAfterAWhileWhenItIsNeverQuiet() {
        for (int second = 0; second < 15 && stock.waiting == 0; second++) {
            ask(1);
            rounds(1);
            pass(Duration.ofSeconds(1));
        }

        assertThat(stock.waiting).isOne();
    }

    @Test
    void waitsLongerAfterAFailure() {
        pass(Duration.ofSeconds(10));
        stock.broken = true;
        Duration afterFailure = pool.round();

        stock.broken = false;
        rounds(1);

        assertThat(afterFailure).isGreaterThan(Duration.ofSeconds(5));
        assertThat(stock.waiting).isOne();
    }

    @Test
    void leavesNobodyWaitingWhenItIsStopped() {
        pass(Duration.ofSeconds(10));
        rounds(1);

        Thread.currentThread().interrupt();
        pool.run();

        assertThat(stock.waiting).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            pool.round();
        }
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            stock.demand.begin().close();
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Counts instead of starting anything. */
    private final class Stock implements WarmSandboxes {

        private final Demand demand = new Demand(nanos::get);
        private int waiting;
        private boolean broken;

        @Override
        public void add(PoolShape shape) {
            if (broken) {
                throw new SandboxException.Unavailable("the host is full");
            }
            waiting++;
        }

        @Override
        public int tend(PoolShape shape) {
            return waiting;
        }

        @Override
        public void drop(PoolShape shape) {
            waiting--;
        }

        @Override
        public void drain(PoolShape shape) {
            waiting = 0;
        }

        @Override
        public Demand demand() {
            return demand;
        }
    }
}
