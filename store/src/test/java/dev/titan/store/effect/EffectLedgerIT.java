package dev.titan.store.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class EffectLedgerIT {

    private static final StepId STEP = new StepId("build");
    private static final ToolCall CALL = new ToolCall("shell", Map.of("command", "make"));
    private static final ToolResult OK = new ToolResult.Succeeded("fine\u0000");
    private static final ToolResult OK_AS_STORED = new ToolResult.Succeeded("fine\uFFFD");
    private static final ToolResult LATE = new ToolResult.Failed(FailureKind.FAILED, "too late");

    private final StoreDatabase database;
    private final EffectLedger ledger;

    EffectLedgerIT(StoreDatabase database) {
        this.database = database;
        this.ledger = new EffectLedger(database.jdbc());
    }

    @Test
    void theFirstToAskIsGrantedAndTheNextIsToldSinceWhen() {
        EffectId id = effect(TestTasks.accepted(database), 1, 0);

        Claim first = claim(id, "one");
        Instant at = ledger.find(id).orElseThrow().claimedAt();
        assertThat(first).isEqualTo(new Claim.Granted(at));
        assertThat(claim(id, "one")).isEqualTo(new Claim.Granted(at));
        assertThat(claim(id, "two")).isEqualTo(new Claim.Held(at));
    }

    @Test
    void aResultIsWrittenOnceAndEverybodyGetsIt() {
        EffectId id = effect(TestTasks.accepted(database), 1, 0);
        claim(id, "one");

        assertThat(ledger.complete(id, "one", OK)).isTrue();
        assertThat(ledger.complete(id, "one", LATE)).isTrue();

        RecordedEffect recorded = ledger.find(id).orElseThrow();
        assertThat(recorded.result()).isEqualTo(OK_AS_STORED);
        assertThat(recorded.call()).isEqualTo(CALL);
        assertThat(recorded.effectClass()).isEqualTo(EffectClass.ONCE);
        assertThat(claim(id, "two"))
                .isInstanceOfSatisfying(
                        Claim.Done.class, done -> assertThat(done.result()).isEqualTo(OK_AS_STORED));
    }

    @Test
    void anOwnerThatWasReplacedIsFencedOut() {
        EffectId id = effect(TestTasks.accepted(database), 1, 0);
        claim(id, "slow");

        assertThat(ledger.takeOver(id, "successor")).isTrue();
        assertThat(ledger.complete(id, "slow", LATE)).isFalse();
        assertThat(ledger.complete(id, "successor", OK)).isTrue();
        assertThat(ledger.complete(id, "slow", LATE)).isFalse();
        assertThat(ledger.takeOver(id, "third")).isFalse();

        assertThat(ledger.find(id).orElseThrow().result()).isEqualTo(OK_AS_STORED);
    }

    @Test
    void ofManyWhoAskAtOnceOneIsGranted() throws Exception {
        EffectId id = effect(TestTasks.accepted(database), 1, 0);
        List<Callable<Claim>> askers = IntStream.range(0, 8)
                .<Callable<Claim>>mapToObj(asker -> () -> claim(id, "asker " + asker))
                .toList();
        List<Claim> claims = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(askers.size())) {
            for (var claim : threads.invokeAll(askers)) {
                claims.add(claim.get());
            }
        }

        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.Held.class::isInstance).hasSize(7);
    }

    @Test
    void aTurnListsItsCallsInOrder() {
        TaskId task = TestTasks.accepted(database);
        claim(effect(task, 2, 1), "one");
        claim(effect(task, 2, 0), "one");
        claim(effect(task, 3, 0), "one");
        ledger.complete(effect(task, 2, 0), "one", OK);

        assertThat(ledger.turn(task, STEP, 2))
                .extracting(RecordedEffect::id)
                .containsExactly(effect(task, 2, 0), effect(task, 2, 1));
        assertThat(ledger.turn(task, STEP, 2).getLast().result()).isNull();
        assertThat(ledger.find(effect(task, 9, 0))).isEmpty();
        assertThat(ledger.complete(effect(task, 9, 0), "one", OK)).isFalse();
    }

    private Claim claim(EffectId id, String token) {
        return ledger.claim(id, EffectClass.ONCE, CALL, token);
    }

    private static EffectId effect(TaskId task, int turn, int call) {
        return new EffectId(task, STEP, turn, call);
    }
}
