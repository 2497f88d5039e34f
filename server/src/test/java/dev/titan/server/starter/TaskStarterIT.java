package dev.titan.server.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.api.health.Dependency;
import dev.titan.api.task.TemporalUnavailableException;
import dev.titan.api.temporal.TemporalDependency;
import dev.titan.api.temporal.TemporalTaskCommands;
import dev.titan.contracts.json.TitanDataConverter;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.contracts.task.TaskWorkflow;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.dev.temporal.InMemoryTemporal;
import dev.titan.store.StoreDatabase;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.task.Cancellation;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import dev.titan.testing.postgres.TestPostgres;
import dev.titan.testing.system.TestPorts;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@Tag("postgres")
class TaskStarterIT {

    private static final String TRACE = "0".repeat(31) + "1";

    private final HikariDataSource pool = pool();
    private final StoreDatabase database = StoreDatabase.open(pool);
    private final TaskRepository tasks = new TaskRepository(
            database.jdbc(), database.transaction(), new EventLog(database.jdbc(), database.transaction()));
    private final EventFeed feed = new EventFeed(pool);
    private final int port = TestPorts.free();
    private final WorkflowServiceStubs stubs =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget("127.0.0.1:" + port)
                    .build());
    private final WorkflowClient client = WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                    .setDataConverter(TitanDataConverter.create())
                    .build());
    private final WorkflowStarts workflows = new WorkflowStarts(
            client,
            Lanes.TWO,
            new FirstProgress(new PlanRepository(database.jdbc()), new ToolRegistry(List.of()), Clock.systemUTC()));
    private final TaskStarter starter = new TaskStarter(tasks, feed, workflows);
    private @Nullable InMemoryTemporal temporal;

    @AfterEach
    void stopEverything() {
        starter.stop();
        stubs.shutdownNow();
        if (temporal != null) {
            temporal.close();
        }
        feed.close();
        pool.close();
    }

    @Test
    void anAcceptedTaskGetsItsWorkflow() {
        startTemporal();
        starter.start();

        TaskId task = accept();

        await().until(() -> row(task).workflowStarted());
        assertThat(status(task)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }

    @Test
    void theWorkflowIsToldTheLimitsAndHowManyChecksThereAre() {
        startTemporal();
        starter.start();
        TaskId task = accept();
        WorkerFactory workers = WorkerFactory.newInstance(client);
        workers.newWorker(TaskWorkflow.TASK_QUEUE).registerWorkflowImplementationTypes(Echo.class);
        workers.start();

        TaskOutcome outcome = client.newUntypedWorkflowStub(task.value()).getResult(TaskOutcome.class);

        assertThat(outcome).isEqualTo(new TaskOutcome.Succeeded("%s 7 1 %s".formatted(task, TRACE)));
        workers.shutdownNow();
    }

    @Test
    void tasksAcceptedWhileTemporalIsAwayStartWhenItIsBack() {
        starter.start();
        List<TaskId> accepted = IntStream.range(0, 120).mapToObj(i -> accept()).toList();
        assertThat(accepted).noneMatch(task -> row(task).workflowStarted());

        startTemporal();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> accepted.stream().allMatch(task -> row(task).workflowStarted()));
    }

    @Test
    void aTaskCancelledWhileTemporalIsAwayNeverStarts() {
        starter.start();
        TaskId cancelled = accept();

        assertThat(tasks.requestCancel(cancelled)).isEqualTo(Cancellation.ENDED);
        startTemporal();
        TaskId later = accept();
        await().until(() -> row(later).workflowStarted());

        assertThat(row(cancelled).workflowStarted()).isFalse();
        assertThat(workflows.cancel(cancelled)).isFalse();
    }

    @Test
    void aCancelledTaskOfUncertainStartEndsEitherWay() {
        startTemporal();
        TaskId without = accept();
        TaskId with = accept();
        for (TaskRow claimed : tasks.unstarted(10)) {
            // The process died after this line for one task, and before it for the other.
            if (claimed.id().equals(with)) {
                workflows.start(claimed);
            }
            assertThat(tasks.requestCancel(claimed.id())).isEqualTo(Cancellation.START_UNCERTAIN);
            tasks.startFailed(claimed.id());
        }

        starter.start();

        await().until(() -> row(without).status() == TaskStatus.CANCELLED);
        await().until(() -> row(with).workflowStarted());
        assertThat(cancelRequested(with)).isTrue();
    }

    @Test
    void twoStartersStartEveryTaskOnce() {
        startTemporal();
        TaskStarter other = new TaskStarter(tasks, feed, workflows);
        starter.start();
        other.start();

        List<TaskId> accepted = IntStream.range(0, 60).mapToObj(i -> accept()).toList();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> accepted.stream().allMatch(task -> row(task).workflowStarted()));
        other.stop();
    }

    @Test
    void theApiReachesTheWorkflowAndSaysWhenItCannot() {
        TemporalTaskCommands commands = new TemporalTaskCommands(client);
        Dependency dependency = new TemporalDependency(client);
        TaskId task = accept();

        assertThat(dependency.state()).isInstanceOf(Dependency.State.Down.class);
        assertThatThrownBy(() -> commands.cancel(task)).isInstanceOf(TemporalUnavailableException.class);

        startTemporal();
        await().until(() -> dependency.state() instanceof Dependency.State.Up);
        commands.cancel(task);
        starter.start();
        await().until(() -> row(task).workflowStarted());
        commands.cancel(task);
        assertThat(cancelRequested(task)).isTrue();
    }

    /** A workflow of the same type. */
    @WorkflowInterface
    public interface TaskLike {
        @WorkflowMethod(name = "Task")
        TaskOutcome run(TaskStart start);
    }

    /** Answers with what it was told. */
    public static final class Echo implements TaskLike {

        @Override
        public TaskOutcome run(TaskStart start) {
            Workflow.sleep(Duration.ofMillis(1));
            return new TaskOutcome.Succeeded("%s %d %d %s"
                    .formatted(start.taskId(), start.limits().maxSteps(), start.checks(), start.traceId()));
        }
    }

    private void startTemporal() {
        temporal = InMemoryTemporal.start(port, "a test of the starter");
    }

    private TaskId accept() {
        TaskId id = new TaskId("task-" + UUID.randomUUID());
        TaskRequest request = new TaskRequest(
                "say hello",
                Map.of(),
                null,
                Map.of(),
                null,
                List.of(),
                new TaskLimits(7, 2),
                List.of(new SuccessCriterion.Words("it works"), new SuccessCriterion.Check("true", "true")),
                Map.of(),
                new NetworkPolicy.Isolated(),
                null);
        tasks.accept(new NewTask(id, request, "org_default", "usr_default", null, null, TRACE));
        return id;
    }

    private TaskRow row(TaskId task) {
        return tasks.find(task).orElseThrow();
    }

    private WorkflowExecutionStatus status(TaskId task) {
        return client.newUntypedWorkflowStub(task.value()).describe().getStatus();
    }

    private boolean cancelRequested(TaskId task) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(task.value());
        return client.fetchHistory(workflow.getExecution().getWorkflowId()).getEvents().stream()
                .anyMatch(event -> event.hasWorkflowExecutionCancelRequestedEventAttributes());
    }

    private static HikariDataSource pool() {
        PostgresAddress address = TestPostgres.freshDatabase();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        return pool;
    }
}
