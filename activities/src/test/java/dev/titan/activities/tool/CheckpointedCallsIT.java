package dev.titan.activities.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.activities.sandbox.IdleSandboxes;
import dev.titan.activities.sandbox.SandboxActivityImpl;
import dev.titan.activities.sandbox.SandboxHost;
import dev.titan.activities.sandbox.SandboxRecords;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxActivity.Cause;
import dev.titan.contracts.sandbox.SandboxActivity.CreateRequest;
import dev.titan.contracts.sandbox.SandboxActivity.RestoreRequest;
import dev.titan.contracts.sandbox.SandboxActivity.SandboxRequest;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.checkpoint.StoredCheckpoint;
import dev.titan.tools.BuiltInTools;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls, checkpoints, and what is left when a sandbox is not: against a real PostgreSQL and real sandboxes. */
@ExtendWith(LocalSandboxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
@Tag("bubblewrap")
@Tag("postgres")
class CheckpointedCallsIT {

    /** Every sandbox has been idle for longer than less than nothing. */
    private static final Duration AT_ONCE = Duration.ofMinutes(-1);

    private final DispatchFixture store = new DispatchFixture();
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private SandboxHost host;
    private SandboxRecords records;
    private SandboxActivity activity;
    private TaskId task;
    private SandboxRef sandbox;
    private int turns;

    @BeforeAll
    void register(SandboxHost provided) {
        host = provided;
        records = new SandboxRecords(
                store.tasks, store.events, store.sandboxes, store.artifacts, store.ledger, store.workspaceCheckpoints);
        temporal.registerActivitiesImplementations(new SandboxActivityImpl(host, records));
        activity = temporal.newActivityStub(SandboxActivity.class);
    }

    @AfterAll
    void close() {
        temporal.close();
        store.close();
    }

    @BeforeEach
    void createSandbox() {
        turns = 0;
        task = store.task(new TaskRequest(
                "goal",
                Map.of("given.txt", "given\n"),
                "echo run >> setup-runs.txt",
                Map.of(),
                null,
                List.of(),
                TaskLimits.DEFAULT,
                List.of(),
                Map.of(),
                new NetworkPolicy.Isolated(),
                null));
        sandbox = activity.createSandbox(new CreateRequest(task, DispatchFixture.TRACE, List.of()));
    }

    @AfterEach
    void destroySandboxes() {
        host.provider().list().forEach(host.provider()::destroy);
    }

    @Test
    void aCallIsDoneWhenACheckpointHoldsWhatItChanged() {
        assertThat(newest()).isEqualTo(1);

        run("echo one > one.txt");
        assertThat(newest()).isEqualTo(2);
        run("cat one.txt");
        assertThat(newest()).isEqualTo(2);
        run("echo two > two.txt; exit 3");
        assertThat(newest()).isEqualTo(3);

        assertThat(store.checkpoints.uncovered(task)).isZero();
        assertThat(store.checkpoints.newest(task).orElseThrow().effect()).isEqualTo("build/3/0");
    }

    @Test
    void aLostSandboxIsReplacedByTheNewestCheckpoint() {
        run("echo one >> counter.txt; mkdir -m 750 dir; ln -s ../given.txt dir/link");
        host.provider().destroy(sandbox.id());
        ToolCallRequest lost = request("echo two >> counter.txt; cat counter.txt dir/link");

        assertThatThrownBy(() -> dispatch().run(lost, DispatchFixture.NEVER)).isInstanceOf(SandboxException.Lost.class);
        SandboxRef replacement = activity.restoreSandbox(restore(Cause.LOST));
        assertThat(activity.restoreSandbox(restore(Cause.LOST))).isEqualTo(replacement);
        sandbox = replacement;
        dispatch().run(in(replacement, lost), DispatchFixture.NEVER);

        assertThat(replacement.generation()).isEqualTo(2);
        assertThat(resultOf(lost).text())
                .startsWith("exit status 0\none\ntwo\ngiven\n")
                .contains("Note: the container was killed, and the sandbox was rebuilt.")
                .contains("Processes in the background are gone");
        assertThat(run("cat setup-runs.txt; stat -c %a dir").text()).isEqualTo("exit status 0\nrun\n750\n");
        assertThat(store.eventsOf(task, TaskEvent.SandboxLost.class)).hasSize(1);
        assertThat(store.eventsOf(task, TaskEvent.SandboxRestored.class))
                .containsExactly(
                        new TaskEvent.SandboxRestored(replacement.id().value(), "the container was killed", 2, 2));
        assertThat(host.provider().list()).containsExactly(replacement.id());
    }

    @Test
    void callsOfAnOlderGenerationAreRefused() {
        SandboxRef old = sandbox;
        ToolCallRequest late = request("echo late > late.txt");
        sandbox = activity.restoreSandbox(restore(Cause.LOST));

        assertThatThrownBy(() -> dispatch().run(late, DispatchFixture.NEVER))
                .isInstanceOf(SandboxException.Lost.class)
                .hasMessageContaining("generation 2 has taken its place");
        assertThat(store.ledger.find(late.effect())).isEmpty();
        assertThatThrownBy(() -> activity.collectArtifacts(new SandboxRequest(task, old, DispatchFixture.TRACE)))
                .satisfies(
                        thrown -> assertThat(failureIn(thrown).getType()).isEqualTo(FailureType.SANDBOX_LOST.name()));
        assertThatThrownBy(() -> host.provider().connect(old.id())).isInstanceOf(SandboxException.Lost.class);
    }

    /** The command ends in a sandbox that has been replaced meanwhile: what it did there does not count. */
    @Test
    void aCallWhoseSandboxIsReplacedWhileItRunsIsNotDone() {
        ToolCallRequest slow = request("echo slow > slow.txt");
        SandboxRef old = sandbox;
        Workspaces replacing = ref -> {
            var workspace = host.open(ref);
            store.events.append(
                    task,
                    DispatchFixture.TRACE,
                    List.of(),
                    () -> store.workspaceCheckpoints.raise(task, old, "replaced"));
            return workspace;
        };

        assertThatThrownBy(() -> store.dispatch(replacing, EffectProtection.ON, BuiltInTools.all(libraries()))
                        .run(slow, DispatchFixture.NEVER))
                .isInstanceOf(SandboxException.Lost.class);

        assertThat(store.ledger.find(slow.effect()).orElseThrow().result()).isNull();
        assertThat(newest()).isEqualTo(1);
    }

    @Test
    void withoutAnyCheckpointNothingIsPretended() {
        run("echo one > one.txt");
        store.execute("delete from checkpoints where task_id = '%s'".formatted(task));
        store.execute("update effects set checkpoint = null where task_id = '%s'".formatted(task));

        assertThatThrownBy(() -> activity.restoreSandbox(restore(Cause.LOST)))
                .satisfies(
                        thrown -> assertThat(failureIn(thrown).getType()).isEqualTo(FailureType.WORKSPACE_LOST.name()));
    }

    @Test
    void aDamagedBlobIsNamedWithItsPath() {
        run("mkdir d; printf original > d/precious.txt");
        store.execute(
                "update blob_chunks set bytes = 'replaced' where sha256 = '0682c5f2076f099c34cfdd15a9e063849ed437a49677e6fcc5b4198c76575be5'");

        assertThatThrownBy(() -> activity.restoreSandbox(restore(Cause.LOST))).satisfies(thrown -> {
            assertThat(failureIn(thrown).isNonRetryable()).isTrue();
            assertThat(failureIn(thrown).getOriginalMessage())
                    .contains("'d/precious.txt' does not match its hash (blob 0682c5f2076f");
        });
    }

    @Test
    void aWorkspaceThatIsTooLargeForACheckpointSaysSoAndGoesOn() {
        run("echo one > one.txt");
        ToolResult result = run("d=.; for i in $(seq 140); do d=$d/d; done; mkdir -p $d; echo done");

        assertThat(result).isInstanceOf(ToolResult.Succeeded.class);
        assertThat(result.text())
                .startsWith("exit status 0\ndone\n")
                .contains("directories deeper than 128 levels")
                .contains("its changes are lost too");
        assertThat(store.checkpoints.uncovered(task)).isEqualTo(1);
        sandbox = activity.restoreSandbox(restore(Cause.LOST));
        assertThat(run("cat one.txt; ls").text())
                .startsWith("exit status 0\none\n")
                .contains("what 1 later calls changed is gone");
    }

    @Test
    void anIdleSandboxIsStoppedAndTheNextCallFindsItHibernated() {
        run("echo kept > kept.txt; sleep 300 > /dev/null 2>&1 &");
        var patient = new IdleSandboxes(host, records, store.workspaces, Duration.ofHours(1));
        var impatient = new IdleSandboxes(host, records, store.workspaces, AT_ONCE);

        assertThat(patient.hibernate()).isZero();
        assertThat(impatient.hibernate()).isPositive();
        assertThat(impatient.hibernate()).isZero();
        assertThat(host.provider().list()).isEmpty();
        ToolCallRequest next = request("cat kept.txt");
        assertThatThrownBy(() -> dispatch().run(next, DispatchFixture.NEVER))
                .isInstanceOf(SandboxException.Hibernated.class);
        sandbox = activity.restoreSandbox(restore(Cause.HIBERNATED));
        dispatch().run(in(sandbox, next), DispatchFixture.NEVER);

        assertThat(resultOf(next).text()).startsWith("exit status 0\nkept\n").contains("Processes in the background");
        assertThat(store.eventsOf(task, TaskEvent.SandboxLost.class)).isEmpty();
        assertThat(store.eventsOf(task, TaskEvent.SandboxRestored.class)).hasSize(1);
        assertThat(host.open(sandbox).read("kept.txt", 10))
                .isInstanceOfSatisfying(
                        FileReply.Content.class,
                        content ->
                                assertThat(new String(content.bytes(), UTF_8)).isEqualTo("kept\n"));
        assertThat(impatient.hibernate())
                .as("one that was restored can be stopped, too")
                .isPositive();
    }

    private ToolResult run(String command) {
        ToolCallRequest request = request(command);
        dispatch().run(request, DispatchFixture.NEVER);
        return resultOf(request);
    }

    /** A planned call of a plan and a turn of its own. */
    private ToolCallRequest request(String command) {
        turns++;
        StepId step = new StepId("build");
        PlannedCall call = new PlannedCall("shell", Map.of("command", command));
        store.plans.save(
                task,
                new Plan(
                        turns,
                        "because",
                        List.of(new Step(
                                step,
                                "do it",
                                List.of(),
                                "shell",
                                call,
                                List.of(),
                                null,
                                StepStatus.PENDING,
                                null,
                                null))));
        return new ToolCallRequest(
                new EffectId(task, step, turns, 0),
                new CallSource.Planned(turns),
                sandbox,
                null,
                DispatchFixture.TRACE,
                List.of());
    }

    private static ToolCallRequest in(SandboxRef sandbox, ToolCallRequest request) {
        return new ToolCallRequest(
                request.effect(), request.source(), sandbox, null, request.traceId(), request.outbox());
    }

    private RestoreRequest restore(Cause cause) {
        return new RestoreRequest(task, sandbox, cause, "the container was killed", DispatchFixture.TRACE, List.of());
    }

    private int newest() {
        return store.checkpoints.newest(task).map(StoredCheckpoint::number).orElse(0);
    }

    private ToolResult resultOf(ToolCallRequest request) {
        return Objects.requireNonNull(
                store.ledger.find(request.effect()).orElseThrow().result());
    }

    private ToolDispatch dispatch() {
        return store.dispatch(host, EffectProtection.ON, BuiltInTools.all(libraries()));
    }

    private static Path libraries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib");
    }

    private static ApplicationFailure failureIn(Throwable thrown) {
        Throwable cause = thrown;
        while (!(cause instanceof ApplicationFailure failure)) {
            cause = Objects.requireNonNull(cause.getCause());
        }
        return failure;
    }
}
