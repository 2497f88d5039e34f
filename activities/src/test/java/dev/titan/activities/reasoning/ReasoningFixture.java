package dev.titan.activities.reasoning;

import com.zaxxer.hikari.HikariDataSource;
import dev.titan.activities.chat.ModelCatalog;
import dev.titan.activities.chat.ModelSettings;
import dev.titan.activities.chat.ModelTimeouts;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.InterpretRequest;
import dev.titan.contracts.chat.ReasoningActivity.MessageRange;
import dev.titan.contracts.chat.ReasoningActivity.PlanRequest;
import dev.titan.contracts.chat.ReasoningActivity.ReviewRequest;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.store.StoreDatabase;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.event.LiveBroadcast;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.SpecRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.RecordedRequest;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.postgres.TestPostgres;
import dev.titan.tools.BuiltInTools;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The questions over a real PostgreSQL and a scripted model, with limits of one's own. Every call is one attempt. */
final class ReasoningFixture implements AutoCloseable {

    static final String TRACE = "0123456789abcdef0123456789abcdef";

    private final ScriptedModelServer server;
    private final HikariDataSource pool = new HikariDataSource();
    private final Records records;
    private final LiveBroadcast viewers;
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final ReasoningActivity reasoning;

    ReasoningFixture(ContextLimits limits, Map<Role, String> roles, ModelScript script) {
        this.server = ScriptedModelServer.start(List.of(script));
        PostgresAddress address = TestPostgres.freshDatabase();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        StoreDatabase database = StoreDatabase.open(pool);
        EventLog events = new EventLog(database.jdbc(), database.transaction());
        this.records = new Records(
                new TaskRepository(database.jdbc(), database.transaction(), events),
                new SpecRepository(database.jdbc()),
                new PlanRepository(database.jdbc()),
                new Transcript(database.jdbc(), database.transaction()),
                new EffectLedger(database.jdbc()),
                new ApprovalRepository(database.jdbc()),
                new CommandRepository(database.jdbc()),
                events);
        this.viewers = new LiveBroadcast(database.jdbc());
        ModelSettings settings = new ModelSettings(
                "openai/scripted",
                "key",
                server.baseUrl().toString(),
                Map.of(),
                roles,
                ModelSettings.Delivery.STREAMED,
                new ModelTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5)));
        temporal.registerActivitiesImplementations(new ReasoningActivityImpl(
                records,
                new ModelCatalog(settings, Clock.systemUTC()),
                limits,
                new ToolRegistry(BuiltInTools.all(Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib"))),
                viewers,
                Clock.systemUTC()));
        this.reasoning = temporal.newActivityStub(
                ReasoningActivity.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }

    ScriptedModelServer server() {
        return server;
    }

    Records records() {
        return records;
    }

    ReasoningActivity reasoning() {
        return reasoning;
    }

    TaskId planned(String goal) {
        TaskId task = new TaskId("task-" + UUID.randomUUID());
        records.tasks()
                .accept(new NewTask(task, TaskRequest.of(goal), "org_default", "usr_default", null, null, TRACE));
        reasoning.interpretGoal(new InterpretRequest(task, TRACE, List.of()));
        reasoning.makePlan(new PlanRequest(task, 1, null, List.of(), TRACE, List.of()));
        return task;
    }

    TurnOutline turn(TaskId task, String step, int turn) {
        return reasoning.nextTurn(new TurnRequest(at(task, step, turn), null, null, TRACE, List.of()));
    }

    /** A turn in which the model hears of a message. */
    TurnOutline told(TaskId task, String step, int turn, int message) {
        return reasoning.nextTurn(
                new TurnRequest(at(task, step, turn), null, new MessageRange(message - 1, message), TRACE, List.of()));
    }

    void ended(TaskId task, String step, int turn, StepStatus status) {
        reasoning.reviewStep(new ReviewRequest(at(task, step, turn), status, 1, 1, true, TRACE, List.of()));
    }

    void said(TaskId task, int number, String text) {
        CommandId id = new CommandId("cmd-" + number);
        records.commands().save(task, id, new Command.Say(text));
        records.commands().taken(task, id, number);
    }

    void ran(TaskId task, String step, int turn, ToolResult result) {
        EffectId id = new EffectId(task, new StepId(step), turn, 0);
        records.effects().claim(id, EffectClass.SANDBOX, new ToolCall("shell", Map.of("command", "ls")), "owner");
        records.effects().complete(id, "owner", result);
    }

    List<Message> conversation(TaskId task, String name) {
        return records.transcript().read(task, name);
    }

    <E extends TaskEvent> List<E> events(TaskId task, Class<E> type) {
        return records.events().read(task, 0, EventLog.READ_MAX).stream()
                .map(EventEnvelope::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<RecordedRequest> requests(AskedRole role) {
        return server.requests().all().stream()
                .filter(request -> request.role() == role)
                .toList();
    }

    private static StepPosition at(TaskId task, String step, int turn) {
        return new StepPosition(task, 1, new StepId(step), turn);
    }

    @Override
    public void close() {
        temporal.close();
        viewers.close();
        pool.close();
        server.close();
    }
}
