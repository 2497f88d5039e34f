package dev.titan.activities.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.Autonomy;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.task.UnknownOutcome;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.Ruling;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a call that must not be repeated, when a crash hides its outcome and a person is to be asked. */
@Tag("postgres")
class UnknownOutcomeIT {

    private static final TaskTerms ASKING = new TaskTerms(
            Autonomy.AUTO, Duration.ofDays(1), ReviewMode.EVERY_STEP, Budget.UNLIMITED, UnknownOutcome.ASK_PERSON);

    private static DispatchFixture store;

    private final ScriptedTool tool = new ScriptedTool(EffectClass.ONCE, context -> {
        throw new Crash();
    });
    private TaskId task;
    private ToolCallRequest request;

    /** The death of a worker in the middle of a call. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void open() {
        store = new DispatchFixture();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void crashInTheMiddleOfTheCall() {
        task = store.task(new TaskRequest(
                "g",
                Map.of(),
                null,
                Map.of(),
                null,
                List.of(),
                TaskLimits.DEFAULT,
                List.of(),
                Map.of(),
                new NetworkPolicy.Isolated(),
                ASKING));
        request = store.planned(task, null, "scripted", Map.of("text", "x"));
        assertThatThrownBy(() -> run(null)).isInstanceOf(Crash.class);
    }

    @Test
    void isLeftOpenForAPersonHoweverOftenItIsAttempted() {
        assertThat(run(null).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
        assertThat(run(null).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);

        assertThat(store.ledger.find(request.effect()).orElseThrow().result()).isNull();
        assertThat(store.eventsOf(task, TaskEvent.ToolCompleted.class)).isEmpty();
    }

    @Test
    void isWhatThePersonSays() {
        ToolCallReport open = run(null);
        CommandId answer = new CommandId("cmd-1");
        store.commands.save(task, answer, new Command.Say("It is paid."));
        store.execute("update effects set claimed_at = claimed_at - interval '9 days'");

        ToolCallReport told = run(new Ruling.Told(answer, null));

        assertThat(open.succeeded()).isFalse();
        assertThat(told.succeeded()).isTrue();
        assertThat(result())
                .isEqualTo(
                        new ToolResult.Succeeded(
                                "A crash hides whether this call took effect, and it was not repeated. A person has looked and says: It is paid."));
        assertThat(store.eventsOf(task, TaskEvent.ToolCompleted.class))
                .singleElement()
                .satisfies(completed -> assertThat(completed.took())
                        .as("without the days in which a person has looked")
                        .isLessThan(Duration.ofDays(1)));
        assertThat(tool.runs()).as("the tool").hasSize(1);
    }

    /** Whoever reads what a person says has to know what call that is about. */
    @Test
    void isToldWithTheArgumentsThatAPersonHasGivenTheCall() {
        CommandId edit = new CommandId("cmd-1");
        ApprovalId approval = ApprovalId.of(request.effect());
        store.commands.save(
                task,
                edit,
                new Command.Decide(approval, ApprovalStatus.EDITED, "0".repeat(64), Map.of("text", "y"), null));
        CommandId answer = new CommandId("cmd-2");
        store.commands.save(task, answer, new Command.Say("It is paid."));

        assertThat(run(new Ruling.Told(answer, new Ruling.Edited(edit))).succeeded())
                .isTrue();

        assertThat(result().text()).contains("says: It is paid.").contains("changed the arguments", "{\"text\":\"y\"}");
    }

    @Test
    void isUnknownToTheModelWhenNobodySaysAnything() {
        assertThat(run(new Ruling.Untold(null)).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);

        assertThat(result()).isInstanceOf(ToolResult.Failed.class);
        assertThat(tool.runs()).as("the tool").hasSize(1);
    }

    @Test
    void isAnotherQuestionThanWhetherTheCallMayBeMade() {
        ToolCall call = new ToolCall("scripted", Map.of("text", "x"));
        ApprovalId approval = ApprovalId.of(request.effect());
        ApprovalId outcome = ApprovalId.ofOutcome(request.effect());

        store.approvals.request(approval, request.effect(), false, call, "hash", Duration.ofDays(1));
        store.approvals.request(outcome, request.effect(), true, call, "hash", Duration.ofDays(1));

        assertThat(store.approvals.find(approval).orElseThrow().isQuestion()).isFalse();
        assertThat(store.approvals.find(outcome).orElseThrow().isQuestion()).isTrue();
    }

    private ToolResult result() {
        return Objects.requireNonNull(
                store.ledger.find(request.effect()).orElseThrow().result());
    }

    private ToolCallReport run(@Nullable Ruling ruling) {
        var ruled = new ToolCallRequest(
                request.effect(), request.source(), null, ruling, request.traceId(), request.outbox());
        return store.dispatch(tool).run(ruled, DispatchFixture.NEVER);
    }
}
