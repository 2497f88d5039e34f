package dev.titan.activities.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.titan.activities.tool.DispatchFixture;
import dev.titan.activities.tool.LocalSandboxExtension;
import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxActivity.CreateRequest;
import dev.titan.contracts.sandbox.SandboxActivity.SandboxRequest;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.EffectId;
import dev.titan.store.sandbox.SandboxRow;
import io.temporal.client.WorkflowException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a sandbox as the loop sees it, against a real PostgreSQL and real sandboxes. */
@ExtendWith(LocalSandboxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
@Tag("bubblewrap")
@Tag("postgres")
class SandboxActivityIT {

    private final DispatchFixture store = new DispatchFixture();
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private SandboxHost host;
    private SandboxRecords records;
    private SandboxActivity activity;

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

    @Test
    void createsSeedsCollectsAndDestroys() {
        TaskId task = store.task(request(
                Map.of("given.txt", "given\n", "dir/changed.txt", "before\n", ".env", "SECRET=1\n"),
                "mkdir lib && echo dependency > lib/setup.txt"));

        SandboxRef sandbox = activity.createSandbox(new CreateRequest(task, DispatchFixture.TRACE, List.of()));
        Workspace workspace = host.open(sandbox);
        work(task, workspace, """
                echo after > dir/changed.txt; mkdir -p out node_modules/x .git; echo '{}' > out/data.json
                echo skipped > node_modules/x/a.js; echo skipped > .git/HEAD; printf 'a\\000b' > out/raw
                head -c 6000000 /dev/zero > out/too-large; ln -s /etc/passwd out/link
                """);
        int collected = activity.collectArtifacts(new SandboxRequest(task, sandbox, DispatchFixture.TRACE));

        assertThat(collected).isEqualTo(3);
        assertThat(store.artifacts.list(task))
                .extracting(Artifact::name, Artifact::mediaType, Artifact::sizeBytes)
                .containsExactlyInAnyOrder(
                        tuple("dir/changed.txt", "text/plain", 6L),
                        tuple("out/data.json", "application/json", 3L),
                        tuple("out/raw", "application/octet-stream", 3L));
        assertThat(types(task))
                .containsExactly(
                        "TaskQueued", "SandboxCreated", "ArtifactCreated", "ArtifactCreated", "ArtifactCreated");

        assertThat(activity.collectArtifacts(new SandboxRequest(task, sandbox, DispatchFixture.TRACE)))
                .isEqualTo(3);
        assertThat(types(task)).hasSize(5);

        activity.destroySandbox(new SandboxRequest(task, sandbox, DispatchFixture.TRACE));
        activity.destroySandbox(new SandboxRequest(task, sandbox, DispatchFixture.TRACE));
        assertThat(host.provider().list()).doesNotContain(sandbox.id());
        assertThat(store.sandboxes.of(task)).extracting(SandboxRow::active).containsExactly(false);
    }

    @Test
    void creatingAgainAdoptsAndSeedsNothingTwice() {
        TaskId task = store.task(request(Map.of("given.txt", "given\n"), "echo run >> setup-runs.txt"));

        SandboxRef first = activity.createSandbox(new CreateRequest(task, DispatchFixture.TRACE, List.of()));
        work(task, host.open(first), "echo mine > given.txt");
        SandboxRef second = activity.createSandbox(new CreateRequest(task, DispatchFixture.TRACE, List.of()));

        assertThat(second).isEqualTo(first);
        assertThat(content(first, "setup-runs.txt")).isEqualTo("run\n");
        assertThat(content(first, "given.txt")).isEqualTo("mine\n");
        assertThat(types(task)).containsExactly("TaskQueued", "SandboxCreated");
        activity.destroySandbox(new SandboxRequest(task, first, DispatchFixture.TRACE));
    }

    @Test
    void aSetupThatFailsIsTheUsersToMendAndSaysWhy() {
        TaskId task = store.task(request(Map.of(), "echo no such thing >&2; exit 4"));

        assertThatThrownBy(() -> activity.createSandbox(new CreateRequest(task, DispatchFixture.TRACE, List.of())))
                .satisfies(thrown -> {
                    ApplicationFailure failure = failureIn(thrown);
                    assertThat(failure.getType()).isEqualTo(FailureType.SANDBOX_REFUSED.name());
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("exit status 4", "no such thing");
                });
    }

    @Test
    void aFileThatCannotBePutIntoTheWorkspaceIsNamed() {
        TaskId task = store.task(request(Map.of("../escape.txt", "x"), null));

        assertThatThrownBy(() -> activity.createSandbox(new CreateRequest(task, DispatchFixture.TRACE, List.of())))
                .satisfies(thrown ->
                        assertThat(failureIn(thrown).getOriginalMessage()).contains("'../escape.txt'"));
    }

    private static TaskRequest request(Map<String, String> files, @Nullable String setup) {
        return new TaskRequest(
                "goal",
                files,
                setup,
                Map.of(),
                null,
                List.of(),
                TaskLimits.DEFAULT,
                List.of(),
                Map.of(),
                new NetworkPolicy.Isolated(),
                null);
    }

    private static void work(TaskId task, Workspace workspace, String command) {
        workspace.exec(
                new EffectId(task, new StepId("work"), 1, 0),
                ExecCommand.bash(command, Duration.ofSeconds(30)),
                Workspace.OutputListener.IGNORE);
    }

    private String content(SandboxRef sandbox, String path) {
        return host.open(sandbox).read(path, 1_000) instanceof FileReply.Content(byte[] bytes)
                ? new String(bytes, UTF_8)
                : "(no such file)";
    }

    private List<String> types(TaskId task) {
        return store.events.read(task, 0, 100).stream()
                .map(EventEnvelope::data)
                .map(TaskEvent::getClass)
                .map(Class::getSimpleName)
                .toList();
    }

    private static ApplicationFailure failureIn(Throwable thrown) {
        Throwable cause = thrown;
        while (!(cause instanceof ApplicationFailure failure)) {
            assertThat(cause).isInstanceOfAny(ActivityFailure.class, WorkflowException.class);
            cause = Objects.requireNonNull(cause.getCause());
        }
        return failure;
    }
}
