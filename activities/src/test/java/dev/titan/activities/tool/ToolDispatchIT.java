package dev.titan.activities.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.titan.contracts.chat.Message.AskedCall;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.ToolContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect protocol against a real PostgreSQL. A crash is an error that leaves the claim without a result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("postgres")
class ToolDispatchIT {

    private static final ToolResult DONE = new ToolResult.Succeeded("done");

    private final DispatchFixture store = new DispatchFixture();
    private TaskId task = store.task();

    /** The death of a worker in the middle of a call. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    void requireUnprotectedSwitchToBeOff() {
        assertThat(EffectProtection.configured()).isEqualTo(EffectProtection.ON);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void runsACallOnceAndAnswersARepeatFromTheLedger() {
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> DONE);
        ToolCallRequest request = freshCall();

        ToolCallReport first = store.dispatch(tool).run(request, DispatchFixture.NEVER);
        ToolCallReport repeat = store.dispatch(tool).run(request, DispatchFixture.NEVER);

        assertThat(first).isEqualTo(new ToolCallReport(null, CallHash.of("done")));
        assertThat(repeat).isEqualTo(first);
        assertThat(tool.runs()).containsExactly(request.effect());
        assertThat(store.eventsOf(task, TaskEvent.ToolCalled.class))
                .containsExactly(new TaskEvent.ToolCalled(0, "scripted", Map.of("text", "x")));
        assertThat(store.eventsOf(task, TaskEvent.ToolCompleted.class))
                .extracting(TaskEvent.ToolCompleted::failure, TaskEvent.ToolCompleted::result)
                .containsExactly(tuple(null, "done"));
    }

    @ParameterizedTest
    @EnumSource(
            value = EffectClass.class,
            names = {"PURE", "IDEMPOTENT", "SANDBOX"})
    void runsAgainUnderTheSameKeyAfterACrash(EffectClass effect) {
        ScriptedTool tool = crashingFirst(effect, context -> DONE);
        ToolCallRequest request = freshCall();

        assertThatThrownBy(() -> store.dispatch(tool).run(request, DispatchFixture.NEVER))
                .isInstanceOf(Crash.class);
        ToolCallReport report = store.dispatch(tool).run(request, DispatchFixture.NEVER);

        assertThat(report.succeeded()).isTrue();
        assertThat(tool.runs()).containsExactly(request.effect(), request.effect());
        assertThat(store.eventsOf(task, TaskEvent.ToolCalled.class)).hasSize(1);
        assertThat(store.eventsOf(task, TaskEvent.ToolCompleted.class)).hasSize(1);
    }

    @Test
    void neverRepeatsAnEffectThatMustHappenOnce() {
        ScriptedTool tool = crashingFirst(EffectClass.ONCE, context -> DONE);
        ToolCallRequest request = freshCall();

        assertThatThrownBy(() -> store.dispatch(tool).run(request, DispatchFixture.NEVER))
                .isInstanceOf(Crash.class);
        ToolCallReport second = store.dispatch(tool).run(request, DispatchFixture.NEVER);
        ToolCallReport third = store.dispatch(tool).run(request, DispatchFixture.NEVER);

        assertThat(second.failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
        assertThat(third).isEqualTo(second);
        assertThat(tool.runs()).hasSize(1);
    }

    /** The control: the same crash without the protection causes the effect twice, under two keys. */
    @Test
    void withoutProtectionTheEffectTakesPlaceTwice() {
        ScriptedTool tool = crashingFirst(EffectClass.ONCE, context -> DONE);
        ToolCallRequest request = freshCall();
        System.setProperty(EffectProtection.PROPERTY, "off");
        try {
            ToolDispatch unprotected =
                    store.dispatch(DispatchFixture.NO_SANDBOX, EffectProtection.configured(), List.of(tool));
            assertThatThrownBy(() -> unprotected.run(request, DispatchFixture.NEVER))
                    .isInstanceOf(Crash.class);
            ToolCallReport report = unprotected.run(request, DispatchFixture.NEVER);

            assertThat(report.succeeded()).isTrue();
            assertThat(tool.runs()).hasSize(2).doesNotHaveDuplicates();
        } finally {
            System.clearProperty(EffectProtection.PROPERTY);
        }
    }

    @Test
    void refusesToWorkUnprotectedOutsideTests() {
        assertThatThrownBy(() ->
                        new EffectJournal(store.events, store.ledger, store.workspaceCheckpoints, EffectProtection.OFF))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(EffectProtection.PROPERTY);
    }

    @Test
    void fencesOutAnAttemptThatWasOnlySlow() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> {
            if (attempts.incrementAndGet() == 1) {
                begun.countDown();
                awaitQuietly(goOn);
                return new ToolResult.Succeeded("of the slow one");
            }
            return new ToolResult.Succeeded("of its successor");
        });
        ToolCallRequest request = freshCall();

        CompletableFuture<ToolCallReport> slow =
                CompletableFuture.supplyAsync(() -> store.dispatch(tool).run(request, DispatchFixture.NEVER));
        begun.await();
        ToolCallReport successor = store.dispatch(tool).run(request, DispatchFixture.NEVER);
        goOn.countDown();

        assertThatThrownBy(slow::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(FencedOutException.class);
        assertThat(successor.resultHash()).isEqualTo(CallHash.of("of its successor"));
        assertThat(store.ledger.find(request.effect()).orElseThrow().result())
                .isEqualTo(new ToolResult.Succeeded("of its successor"));
        assertThat(store.eventsOf(task, TaskEvent.ToolCompleted.class)).hasSize(1);
    }

    @Test
    void anAttemptThatWasOnlySlowShowsNoMoreOutput() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> {
            if (attempts.incrementAndGet() == 1) {
                begun.countDown();
                awaitQuietly(goOn);
            }
            context.viewers().onOutput("hello".getBytes(UTF_8));
            return DONE;
        });
        ToolCallRequest request = freshCall();

        CompletableFuture<ToolCallReport> slow =
                CompletableFuture.supplyAsync(() -> store.dispatch(tool).run(request, DispatchFixture.NEVER));
        begun.await();
        store.dispatch(tool).run(request, DispatchFixture.NEVER);
        goOn.countDown();

        assertThatThrownBy(slow::get).hasCauseInstanceOf(FencedOutException.class);
        assertThat(shownOutput()).isEqualTo("hello");
    }

    @Test
    void showsOutputOnceHoweverOftenItIsHeard() {
        String all = "äöü 0123456789\n".repeat(2_000);
        byte[] bytes = all.getBytes(UTF_8);
        AtomicInteger attempts = new AtomicInteger();
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> {
            int end = attempts.incrementAndGet() == 1 ? 20_001 : bytes.length;
            for (int at = 0; at < end; at += 777) {
                context.viewers().onOutput(Arrays.copyOfRange(bytes, at, Math.min(end, at + 777)));
            }
            if (attempts.get() == 1) {
                throw new Crash();
            }
            return DONE;
        });
        ToolCallRequest request = freshCall();

        assertThatThrownBy(() -> store.dispatch(tool).run(request, DispatchFixture.NEVER))
                .isInstanceOf(Crash.class);
        assertThat(shownOutput()).isNotEmpty();
        store.dispatch(tool).run(request, DispatchFixture.NEVER);

        assertThat(shownOutput()).isEqualTo(all);
        long expected = 0;
        for (TaskEvent.ToolOutput output : store.eventsOf(task, TaskEvent.ToolOutput.class)) {
            assertThat(output.offset()).isEqualTo(expected);
            expected += output.text().getBytes(UTF_8).length;
        }
    }

    @Test
    void showsABoundedPartOfEndlessOutputAndSaysSo() {
        byte[] chunk = "x".repeat(10_000).getBytes(UTF_8);
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> {
            for (int i = 0; i < 100; i++) {
                context.viewers().onOutput(chunk);
            }
            return DONE;
        });

        store.dispatch(tool).run(freshCall(), DispatchFixture.NEVER);

        assertThat(shownOutput())
                .startsWith("x".repeat(OutputRecorder.CALL_BYTES_MAX))
                .endsWith("\n[… further output is not shown here …]\n")
                .hasSizeLessThan(OutputRecorder.CALL_BYTES_MAX + 100);
    }

    @Test
    void recordsACancelAsTheResultAndPassesItOn() {
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> {
            context.viewers().onOutput(new byte[0]);
            return DONE;
        });
        ToolCallRequest request = freshCall();

        assertThatThrownBy(() -> store.dispatch(tool).run(request, secondTime(new ActivityCanceledException())))
                .isInstanceOf(ActivityCanceledException.class);

        assertThat(store.ledger.find(request.effect()).orElseThrow().result())
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED));
    }

    @Test
    void leavesACallToTheNextAttemptWhenTheWorkerShutsDown() {
        ScriptedTool tool = new ScriptedTool(EffectClass.SANDBOX, context -> {
            context.viewers().onOutput(new byte[0]);
            return DONE;
        });
        ToolCallRequest request = freshCall();

        assertThatThrownBy(() -> store.dispatch(tool).run(request, secondTime(new ActivityWorkerShutdownException())))
                .isInstanceOf(ActivityWorkerShutdownException.class);
        assertThat(store.ledger.find(request.effect()).orElseThrow().result()).isNull();

        assertThat(store.dispatch(tool).run(request, DispatchFixture.NEVER).succeeded())
                .isTrue();
        assertThat(tool.runs()).containsExactly(request.effect(), request.effect());
    }

    @Test
    void recordsWhatTheToolEmitsWithTheResult() {
        TaskEvent audit = new TaskEvent.FileAccessed("read", "a.txt", true, 3);
        ScriptedTool tool = new ScriptedTool(EffectClass.PURE, context -> {
            context.emit("file_accessed", audit);
            return DONE;
        });

        store.dispatch(tool).run(freshCall(), DispatchFixture.NEVER);

        assertThat(store.eventsOf(task, TaskEvent.FileAccessed.class)).containsExactly((TaskEvent.FileAccessed) audit);
    }

    @Test
    void findsTheArgumentsOfACallTheModelAskedFor() {
        ScriptedTool tool = new ScriptedTool(EffectClass.PURE, context -> DONE);
        task = store.task();
        ToolCallRequest request = store.asked(
                task,
                1,
                List.of(
                        new AskedCall("a", "other", "{}"),
                        new AskedCall("b", "scripted", "{\"text\": \"asked\", \"unset\": null}")));

        assertThat(store.dispatch(tool).run(request, DispatchFixture.NEVER).succeeded())
                .isTrue();
        assertThat(store.ledger.find(request.effect()).orElseThrow().call())
                .isEqualTo(new ToolCall("scripted", Map.of("text", "asked")));
    }

    @Test
    void answersWhatCannotBeCalledSoThatTheModelCanMendIt() {
        assertThat(answerTo(new AskedCall("a", "no_such_tool", "{}")))
                .isEqualTo(new ToolResult.Failed(
                        FailureKind.UNKNOWN_TOOL, "There is no tool 'no_such_tool'. The tools are: scripted."));
        assertThat(answerTo(new AskedCall("a", "scripted", "{\"text\": ")))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.INVALID_ARGUMENTS));
        assertThat(answerTo(new AskedCall("a", "scripted", "{\"text\": 1, \"more\": true}")))
                .isEqualTo(new ToolResult.Failed(FailureKind.INVALID_ARGUMENTS, """
                                The arguments do not fit scripted; nothing was done.
                                text: expected text, got 1
                                more: is not an argument of this tool; it has text"""));
    }

    @Test
    void keepsToTheToolsTheTaskMayUse() {
        task = store.task(new TaskRequest(
                "g",
                Map.of(),
                null,
                Map.of(),
                null,
                List.of("file_read"),
                TaskLimits.DEFAULT,
                List.of(),
                Map.of(),
                new NetworkPolicy.Isolated(),
                null));
        ScriptedTool tool = new ScriptedTool(EffectClass.PURE, context -> DONE);
        ToolCallRequest request = store.planned(task, null, "scripted", Map.of("text", "x"));

        assertThat(store.dispatch(tool).run(request, DispatchFixture.NEVER).failure())
                .isEqualTo(FailureKind.UNKNOWN_TOOL);
        assertThat(tool.runs()).isEmpty();
    }

    @Test
    void readsTheCommandOfACheckFromTheRequest() {
        task = store.task(new TaskRequest(
                "g",
                Map.of(),
                null,
                Map.of(),
                null,
                List.of(),
                TaskLimits.DEFAULT,
                List.of(
                        new SuccessCriterion.Words("nice"),
                        new SuccessCriterion.Check("first", "true"),
                        new SuccessCriterion.Check("second", "test -f out.txt")),
                Map.of(),
                new NetworkPolicy.Isolated(),
                null));
        ToolCallRequest request = new ToolCallRequest(
                new EffectId(task, new StepId("verify"), 1, 1),
                new CallSource.Criterion(1),
                null,
                null,
                DispatchFixture.TRACE,
                List.of());

        store.dispatch(new ScriptedTool(EffectClass.PURE, context -> DONE)).run(request, DispatchFixture.NEVER);

        assertThat(store.ledger.find(request.effect()).orElseThrow().call())
                .isEqualTo(new ToolCall("shell", Map.of("command", "test -f out.txt", "timeout_s", 120)));
    }

    private ToolCallRequest freshCall() {
        task = store.task();
        return store.planned(task, null, "scripted", Map.of("text", "x"));
    }

    private ToolResult answerTo(AskedCall call) {
        task = store.task();
        ToolCallRequest request = store.asked(task, 0, List.of(call));
        store.dispatch(new ScriptedTool(EffectClass.PURE, context -> DONE)).run(request, DispatchFixture.NEVER);
        return Objects.requireNonNull(
                store.ledger.find(request.effect()).orElseThrow().result());
    }

    private String shownOutput() {
        return store.eventsOf(task, TaskEvent.ToolOutput.class).stream()
                .map(TaskEvent.ToolOutput::text)
                .collect(Collectors.joining());
    }

    private static ScriptedTool crashingFirst(EffectClass effect, Function<ToolContext, ToolResult> then) {
        AtomicInteger attempts = new AtomicInteger();
        return new ScriptedTool(effect, context -> {
            if (attempts.incrementAndGet() == 1) {
                throw new Crash();
            }
            return then.apply(context);
        });
    }

    private static Interruption secondTime(RuntimeException stop) {
        AtomicInteger checks = new AtomicInteger();
        return () -> {
            if (checks.incrementAndGet() > 1) {
                throw stop;
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
