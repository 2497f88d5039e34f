package dev.titan.activities.tool;

import com.zaxxer.hikari.HikariDataSource;
import dev.titan.activities.checkpoint.Checkpointing;
import dev.titan.activities.checkpoint.WorkspaceCheckpoints;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.store.StoreDatabase;
import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.artifact.BlobStore;
import dev.titan.store.checkpoint.CheckpointRepository;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.sandbox.WorkspaceRepository;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;
import dev.titan.testing.postgres.TestPostgres;
import dev.titan.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store in a PostgreSQL database of its own, with everything a dispatch needs. */
public final class DispatchFixture implements AutoCloseable {

    public static final String TRACE = "0123456789abcdef0123456789abcdef";

    /** For tools that need no sandbox. */
    static final Workspaces NO_SANDBOX = sandbox -> {
        throw new SandboxException.Lost(sandbox.id(), "this test has none");
    };

    /** For calls that nobody stops. */
    static final Interruption NEVER = () -> {};

    public final TaskRepository tasks;
    public final PlanRepository plans;
    public final EventLog events;
    public final EffectLedger ledger;
    public final SandboxRegistry sandboxes;
    public final ArtifactRepository artifacts;
    public final WorkspaceRepository workspaces;
    public final CheckpointRepository checkpoints;
    public final WorkspaceCheckpoints workspaceCheckpoints;
    final Transcript transcript;
    final CommandRepository commands;
    final ApprovalRepository approvals;
    private final StoreDatabase database;
    private final HikariDataSource pool = new HikariDataSource();

    public DispatchFixture() {
        PostgresAddress address = TestPostgres.freshDatabase();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(5);
        pool.setConnectionTimeout(3_000);
        this.database = StoreDatabase.open(pool);
        this.events = new EventLog(database.jdbc(), database.transaction());
        this.tasks = new TaskRepository(database.jdbc(), database.transaction(), events);
        this.plans = new PlanRepository(database.jdbc());
        this.ledger = new EffectLedger(database.jdbc());
        this.transcript = new Transcript(database.jdbc(), database.transaction());
        this.commands = new CommandRepository(database.jdbc());
        this.approvals = new ApprovalRepository(database.jdbc());
        this.sandboxes = new SandboxRegistry(database.jdbc());
        BlobStore blobs = new BlobStore(database.jdbc(), database.transaction());
        this.artifacts = new ArtifactRepository(database.jdbc(), database.transaction(), blobs);
        this.workspaces = new WorkspaceRepository(database.jdbc());
        this.checkpoints = new CheckpointRepository(database.jdbc());
        this.workspaceCheckpoints = new WorkspaceCheckpoints(workspaces, checkpoints, blobs, Checkpointing.ON);
    }

    public TaskId task(TaskRequest request) {
        TaskId id = new TaskId("task-" + UUID.randomUUID());
        tasks.accept(new NewTask(id, request, "org_default", "usr_default", null, null, TRACE));
        return id;
    }

    TaskId task() {
        return task(TaskRequest.of("test the dispatch"));
    }

    /** Dispatches to the given tools; as another process would, with nothing shared in memory. */
    ToolDispatch dispatch(Workspaces workspaces, EffectProtection protection, List<? extends Tool<?>> tools) {
        return new ToolDispatch(
                new CallResolver(new ToolRegistry(tools), tasks, plans, transcript, commands),
                new EffectJournal(events, ledger, workspaceCheckpoints, protection),
                workspaces,
                workspaceCheckpoints);
    }

    ToolDispatch dispatch(Tool<?> tool) {
        return dispatch(NO_SANDBOX, EffectProtection.ON, List.of(tool));
    }

    /** Plans a step with the call and returns the request of its first turn. */
    ToolCallRequest planned(TaskId task, @Nullable SandboxRef sandbox, String tool, Map<String, Object> arguments) {
        StepId step = new StepId("build");
        plans.save(
                task,
                new Plan(
                        1,
                        "because",
                        List.of(new Step(
                                step,
                                "do it",
                                List.of(),
                                tool,
                                new PlannedCall(tool, arguments),
                                List.of(),
                                null,
                                StepStatus.PENDING,
                                null,
                                null))));
        return new ToolCallRequest(
                new EffectId(task, step, 1, 0), new CallSource.Planned(1), sandbox, null, TRACE, List.of());
    }

    /** Stores a model's reply with the calls and returns the request of one of them. */
    ToolCallRequest asked(TaskId task, int call, List<Message.AskedCall> calls) {
        StepId step = new StepId("talk");
        transcript.append(task, "step/talk", 0, List.of(new Message.Reply(3, "", calls, "test/model", Usage.NONE)));
        return new ToolCallRequest(
                new EffectId(task, step, 3, call), new CallSource.Asked(), null, null, TRACE, List.of());
    }

    <E extends TaskEvent> List<E> eventsOf(TaskId task, Class<E> type) {
        return events.read(task, 0, EventLog.READ_MAX).stream()
                .map(EventEnvelope::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Changes what is stored, as no code of ours does. */
    void execute(String sql) {
        database.jdbc().sql(sql).update();
    }

    static String json(Map<String, Object> arguments) {
        return TitanJson.mapper().writeValueAsString(arguments);
    }

    @Override
    public void close() {
        pool.close();
    }
}
