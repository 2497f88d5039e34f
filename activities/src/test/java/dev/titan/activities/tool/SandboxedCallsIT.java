package dev.titan.activities.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.activities.sandbox.SandboxHost;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.tools.BuiltInTools;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The built-in tools through the effect protocol, against a real PostgreSQL and real sandboxes. */
@ExtendWith(LocalSandboxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
@Tag("bubblewrap")
@Tag("postgres")
class SandboxedCallsIT {

    /** Appends a line to a counter file, says so, and ends long after a test has interrupted it. */
    private static final String COUNTING = "echo run >> counter.txt; echo begun; sleep 3; echo ended";

    private final DispatchFixture store = new DispatchFixture();
    private SandboxHost host;
    private TaskId task;
    private SandboxRef sandbox;
    private Workspace workspace;

    @AfterAll
    void close() {
        store.close();
    }

    @BeforeAll
    void createSandbox(SandboxHost provided) {
        host = provided;
        SandboxSpec spec = SandboxSpec.standard(store.task());
        sandbox = new SandboxRef(spec.id(), host.host().value(), "local", 1);
        workspace = host.provider().create(spec);
    }

    /** Effects are told apart by their task, so one sandbox serves all tests. */
    @BeforeEach
    void freshTask() {
        task = store.task();
        run("rm -rf /work/*");
    }

    @Test
    void aCommandThatWasRunningWhenItsWorkerLeftRunsOnceAndIsAttachedTo() {
        ToolCallRequest request = shell(COUNTING);

        assertThatThrownBy(() -> dispatch(EffectProtection.ON).run(request, leavingAfterFirstOutput()))
                .isInstanceOf(ActivityWorkerShutdownException.class);
        ToolCallReport report = dispatch(EffectProtection.ON).run(request, DispatchFixture.NEVER);

        assertThat(report.succeeded()).isTrue();
        assertThat(resultOf(request)).isEqualTo(new ToolResult.Succeeded("exit status 0\nbegun\nended\n"));
        assertThat(content("counter.txt")).isEqualTo("run\n");
        assertThat(shownOutput()).isEqualTo("begun\nended\n");
    }

    /** An attempt that was thought dead and was only slow must not take the command with it. */
    @Test
    void aCommandGoesOnWhenTheAttemptThatWaitedForItIsTakenOver() throws Exception {
        ToolCallRequest request = shell(
                "echo run >> counter.txt; until [ -e go ]; do echo waiting; sleep 0.1; done; echo ended >> counter.txt");
        try (ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ToolCallReport> slow =
                    attempts.submit(() -> dispatch(EffectProtection.ON).run(request, DispatchFixture.NEVER));
            await().atMost(Duration.ofSeconds(30)).until(() -> shownOutput().contains("waiting"));

            Future<ToolCallReport> next =
                    attempts.submit(() -> dispatch(EffectProtection.ON).run(request, DispatchFixture.NEVER));

            assertThatThrownBy(slow::get).hasCauseInstanceOf(FencedOutException.class);
            workspace.write(new EffectId(task, new StepId("go"), 1, 0), "go", new byte[0]);
            assertThat(next.get().succeeded()).isTrue();
        }
        assertThat(content("counter.txt")).isEqualTo("run\nended\n");
    }

    /** The control: without the protection the same command runs twice. */
    @Test
    void withoutProtectionTheSameCommandRunsTwice() {
        ToolCallRequest request = shell(COUNTING);
        System.setProperty(EffectProtection.PROPERTY, "off");
        try {
            assertThatThrownBy(() -> dispatch(EffectProtection.OFF).run(request, leavingAfterFirstOutput()))
                    .isInstanceOf(ActivityWorkerShutdownException.class);
            dispatch(EffectProtection.OFF).run(request, DispatchFixture.NEVER);
        } finally {
            System.clearProperty(EffectProtection.PROPERTY);
        }

        assertThat(content("counter.txt")).isEqualTo("run\nrun\n");
    }

    @Test
    void aCancelEndsTheCommandWithEveryProcessItStarted() {
        ToolCallRequest request = shell("(sleep 600 & echo $! > child.pid; echo begun; wait)");
        AtomicInteger checks = new AtomicInteger();

        assertThatThrownBy(() -> dispatch(EffectProtection.ON).run(request, () -> {
                    if (checks.incrementAndGet() > 3) {
                        throw new ActivityCanceledException();
                    }
                }))
                .isInstanceOf(ActivityCanceledException.class);

        assertThat(resultOf(request))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CANCELLED));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(run("ps -o args= -e | grep -c '[s]leep 600' || true"))
                        .isEqualTo(new ToolResult.Succeeded("exit status 0\n0\n")));
    }

    @Test
    void aCommandThatFailsShowsItsStatusAndItsOutput() {
        assertThat(run("echo out; echo err >&2; exit 3"))
                .isEqualTo(new ToolResult.Failed(FailureKind.EXIT_STATUS, "exit status 3\nout\nerr\n"));
    }

    @Test
    void aCommandOverItsTimeLimitIsEndedAndSaysSo() {
        ToolCallRequest request =
                store.planned(task, sandbox, "shell", Map.of("command", "echo begun; sleep 60", "timeout_s", 1));
        dispatch(EffectProtection.ON).run(request, DispatchFixture.NEVER);

        assertThat(resultOf(request)).isInstanceOfSatisfying(ToolResult.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(failed.text()).startsWith("timed out after 1 s;").endsWith("begun\n");
        });
    }

    @Test
    void longOutputKeepsItsBeginningAndItsEnd() {
        assertThat(run("seq 1 200000")).isInstanceOfSatisfying(ToolResult.Succeeded.class, done -> {
            assertThat(done.text())
                    .startsWith("exit status 0\n1\n2\n")
                    .endsWith("\n199999\n200000\n")
                    .contains("bytes cut here");
            assertThat(done.text().length()).isLessThanOrEqualTo(10_000);
        });
    }

    @Test
    void aForbiddenCommandIsAnsweredAndNotRun() {
        assertThat(run("touch ran.txt; rm -rf /"))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.DENIED));
        assertThat(workspace.read("ran.txt", 10)).isInstanceOf(FileReply.Refused.class);
    }

    @Test
    void environmentAndDirectoryReachTheCommand() {
        run("mkdir -p sub/dir");
        Map<String, Object> arguments =
                Map.of("command", "pwd; echo $GREETING", "workdir", "sub/dir", "env", Map.of("GREETING", "hi"));

        assertThat(call("shell", arguments)).isEqualTo(new ToolResult.Succeeded("exit status 0\n/work/sub/dir\nhi\n"));
    }

    @Test
    void aBackgroundCommandIsTypedIntoAndReadByLaterCalls() {
        List<ToolCallRequest> calls = asked(
                Map.of("command", "cat > typed.txt; echo got it", "background", true),
                List.of(
                        Map.of("action", "write", "id", "talk/3/0", "text", "one\n", "wait_s", 0),
                        Map.of("action", "write", "id", "talk/3/0", "text", "two\n", "close_input", true),
                        Map.of("action", "read", "id", "talk/3/0")));

        calls.forEach(call -> dispatch(EffectProtection.ON).run(call, DispatchFixture.NEVER));

        assertThat(resultOf(calls.getFirst()).text())
                .isEqualTo("talk/3/0 is running; read on with offset 0\n(no new output)");
        assertThat(resultOf(calls.get(2)))
                .isEqualTo(new ToolResult.Succeeded("talk/3/0 has ended: exit status 0\ngot it\n"));
        assertThat(resultOf(calls.getLast())).isEqualTo(resultOf(calls.get(2)));
        assertThat(content("typed.txt")).isEqualTo("one\ntwo\n");
    }

    @Test
    void textIsTypedOnceThoughItsWorkerLeft() {
        assertThat(typedByAWorkerThatLeaves(EffectProtection.ON)).isEqualTo("one\n");
    }

    /** The control: without the protection the same text is typed twice. */
    @Test
    void withoutProtectionTextIsTypedTwice() {
        System.setProperty(EffectProtection.PROPERTY, "off");
        try {
            assertThat(typedByAWorkerThatLeaves(EffectProtection.OFF)).isEqualTo("one\none\n");
        } finally {
            System.clearProperty(EffectProtection.PROPERTY);
        }
    }

    @Test
    void filesAreWrittenReadAndListedWithAnAuditTrail() {
        ToolCallRequest write =
                store.planned(task, sandbox, "file_write", Map.of("path", "src/a.txt", "content", "one\ntwo\n"));
        dispatch(EffectProtection.ON).run(write, DispatchFixture.NEVER);

        assertThat(resultOf(write)).isEqualTo(new ToolResult.Succeeded("created src/a.txt, 8 bytes"));
        assertThat(content("src/a.txt")).isEqualTo("one\ntwo\n");
        assertThat(store.eventsOf(task, TaskEvent.FileAccessed.class))
                .containsExactly(new TaskEvent.FileAccessed("write", "src/a.txt", true, 8));
    }

    @Test
    void pathsOutsideTheWorkspaceAreRefusedAndOnRecord() {
        ToolCallRequest request = store.planned(task, sandbox, "file_read", Map.of("path", "../etc/hostname"));
        dispatch(EffectProtection.ON).run(request, DispatchFixture.NEVER);

        assertThat(resultOf(request))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.DENIED));
        assertThat(store.eventsOf(task, TaskEvent.FileAccessed.class))
                .containsExactly(new TaskEvent.FileAccessed("read", "../etc/hostname", false, 0));
    }

    private String typedByAWorkerThatLeaves(EffectProtection protection) {
        List<ToolCallRequest> calls = asked(
                Map.of("command", "cat > typed.txt", "background", true),
                List.of(
                        Map.of("action", "write", "id", "talk/3/0", "text", "one\n", "wait_s", 1),
                        Map.of("action", "write", "id", "talk/3/0", "close_input", true)));
        dispatch(protection).run(calls.getFirst(), DispatchFixture.NEVER);

        assertThatThrownBy(() -> dispatch(protection).run(calls.get(1), () -> {
                    if (content("typed.txt").startsWith("one")) {
                        throw new ActivityWorkerShutdownException();
                    }
                }))
                .isInstanceOf(ActivityWorkerShutdownException.class);
        dispatch(protection).run(calls.get(1), DispatchFixture.NEVER);
        dispatch(protection).run(calls.getLast(), DispatchFixture.NEVER);

        assertThat(resultOf(calls.getLast()).text()).startsWith("talk/3/0 has ended: exit status 0");
        return content("typed.txt");
    }

    /** One turn that starts a command with the first arguments and does the rest to it. */
    private List<ToolCallRequest> asked(Map<String, Object> shell, List<Map<String, Object>> process) {
        List<Message.AskedCall> calls = Stream.concat(
                        Stream.of(new Message.AskedCall("c0", "shell", json(shell))),
                        process.stream().map(each -> new Message.AskedCall("c", "shell_process", json(each))))
                .toList();
        store.asked(task, 0, calls);
        return IntStream.range(0, calls.size())
                .mapToObj(call -> new ToolCallRequest(
                        new EffectId(task, new StepId("talk"), 3, call),
                        new CallSource.Asked(),
                        sandbox,
                        null,
                        "0".repeat(32),
                        List.of()))
                .toList();
    }

    private static String json(Map<String, Object> arguments) {
        return TitanJson.mapper().writeValueAsString(arguments);
    }

    private ToolDispatch dispatch(EffectProtection protection) {
        Path libraries = Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib");
        return store.dispatch(host, protection, BuiltInTools.all(libraries));
    }

    private ToolCallRequest shell(String command) {
        return store.planned(task, sandbox, "shell", Map.of("command", command));
    }

    private ToolResult run(String command) {
        return call("shell", Map.of("command", command));
    }

    /** Makes a call in the name of a task of its own, in the sandbox of this test. */
    private ToolResult call(String tool, Map<String, Object> arguments) {
        ToolCallRequest request = store.planned(store.task(), sandbox, tool, arguments);
        dispatch(EffectProtection.ON).run(request, DispatchFixture.NEVER);
        return resultOf(request);
    }

    private ToolResult resultOf(ToolCallRequest request) {
        return Objects.requireNonNull(
                store.ledger.find(request.effect()).orElseThrow().result());
    }

    private String content(String path) {
        return workspace.read(path, 1_000_000) instanceof FileReply.Content(byte[] bytes)
                ? new String(bytes, UTF_8)
                : "(no such file)";
    }

    private String shownOutput() {
        return store.eventsOf(task, TaskEvent.ToolOutput.class).stream()
                .map(TaskEvent.ToolOutput::text)
                .collect(Collectors.joining());
    }

    private Interruption leavingAfterFirstOutput() {
        AtomicBoolean begun = new AtomicBoolean();
        return () -> {
            // The check comes before the output is taken in, so leave on the one after it was seen in the workspace.
            if (begun.get()) {
                throw new ActivityWorkerShutdownException();
            }
            begun.set(content("counter.txt").startsWith("run"));
        };
    }
}
