package dev.titan.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.event.TaskEvent.EgressDecided;
import dev.titan.contracts.network.Host;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EgressAuditTest {

    private static final Target TARGET = new Target(Host.parse("ok.example"), 443);

    private final List<EgressDecided> told = new ArrayList<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    /** Nothing is written by another thread: what is due is told when it is noted, the rest at the end. */
    private final EgressAudit audit = new EgressAudit(told::addAll, timer, Runnable::run);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void tellsTheFirstAtOnceAndCountsTheRest() {
        for (int i = 0; i < 10_000; i++) {
            audit.refused(Verdict.Refused.of(TARGET, Reason.NOT_LISTED));
        }
        assertThat(told).containsExactly(refused("ok.example", 443, 1));

        audit.close();

        assertThat(told).containsExactly(refused("ok.example", 443, 1), refused("ok.example", 443, 9_999));
    }

    @Test
    void tellsNoMoreHostsThanItsBound() {
        for (int i = 0; i < 10_000; i++) {
            audit.refused(Verdict.Refused.of(new Target(Host.parse("h" + i + ".example"), 443), Reason.NOT_LISTED));
        }
        audit.close();

        assertThat(told).hasSize(EgressAudit.KINDS_MAX + 2).endsWith(refused("*", 0, 9_499));
    }

    @Test
    void tellsAConnectionWithItsBytesWhenItEnds() {
        var passage = audit.allowed(TARGET, InetAddress.ofLiteral("93.184.215.14"));
        passage.sent(10);
        passage.received(20);
        assertThat(told).isEmpty();

        passage.ended();

        assertThat(told)
                .containsExactly(new EgressDecided("ok.example", 443, "93.184.215.14", true, "allowed", 1, 10, 20));
    }

    @Test
    void goesOnWhenTheJournalDoesNot() {
        EgressAudit deaf = new EgressAudit(
                decisions -> {
                    throw new IllegalStateException("no database");
                },
                timer,
                Runnable::run);

        deaf.refused(Verdict.Refused.of(TARGET, Reason.NOT_LISTED));
        deaf.close();
    }

    private static EgressDecided refused(String host, int port, long times) {
        return new EgressDecided(host, port, null, false, "not_listed", times, 0, 0);
    }
}
