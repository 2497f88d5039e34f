package dev.titan.store.fork;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskSpec;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.checkpoint.CheckpointRepository;
import dev.titan.store.effect.Coverage;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.SpecRepository;
import dev.titan.store.transcript.Transcript;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A task whose life is written down as the loop would write it, for others to go on from. */
final class Forebear {

    private final StoreDatabase database;
    private final EventLog events;
    final TaskId id;
    private int turns;
    private int messages;

    Forebear(StoreDatabase database) {
        this(database, TestTasks.accepted(database));
    }

    Forebear(StoreDatabase database, TaskId id) {
        this.database = database;
        this.events = new EventLog(database.jdbc(), database.transaction());
        this.id = id;
    }

    Forebear plan(int version, String... steps) {
        return plan(new Plan(
                version,
                "because",
                Arrays.stream(steps).map(step -> step(step, List.of())).toList()));
    }

    /** A first plan whose steps depend each on the one before. */
    Forebear chain(String... steps) {
        return plan(new Plan(
                1,
                "because",
                IntStream.range(0, steps.length)
                        .mapToObj(i -> step(steps[i], Arrays.asList(steps).subList(Math.max(0, i - 1), i)))
                        .toList()));
    }

    private Forebear plan(Plan plan) {
        int version = plan.version();
        new SpecRepository(database.jdbc())
                .save(id, new TaskSpec("goal", List.of(), List.of(), List.of(), List.of(), List.of()));
        new PlanRepository(database.jdbc()).save(id, plan);
        talk("interpret");
        talk("plan/" + version);
        return happens(
                "plan/" + version,
                null,
                version == 1
                        ? new TaskEvent.PlanGenerated(plan)
                        : new TaskEvent.CorrectionApplied(version - 1, "why", version - 1, plan));
    }

    /** A call in the sandbox, whose changes are in a checkpoint. */
    Forebear writes(String step) {
        EffectId effect = effect(step);
        int number = new CheckpointRepository(database.jdbc())
                .save(id, 1, new Manifest("f" + turns, List.of(page(turns)), 1, 1), effect);
        done(effect, EffectClass.SANDBOX, new Coverage.ByCheckpoint(number));
        return this;
    }

    /** Returns the page of the checkpoint behind the call of that turn: this task's alone. */
    String page(int turn) {
        return id.value().replaceAll("task-|-", "") + "%032x".formatted(turn);
    }

    /** A call in the sandbox that leaves too much behind for a checkpoint. */
    Forebear writesTooMuch(String step) {
        EffectId effect = effect(step);
        done(effect, EffectClass.SANDBOX, new Coverage.Beyond());
        return this;
    }

    /** A call that acts outside of the sandbox. */
    Forebear pays(String step) {
        done(effect(step), EffectClass.ONCE, new Coverage.None());
        return this;
    }

    Forebear ends(String step, int review, StepStatus status, Decision decision) {
        talk("step/" + step);
        talk("review/%s/%d".formatted(step, review));
        happens(
                "step_completed/%s/%d".formatted(step, review),
                step,
                new TaskEvent.StepCompleted(review, status, "result of " + step, null));
        return happens(
                "review_completed/%s/%d".formatted(step, review),
                step,
                new TaskEvent.ReviewCompleted(
                        new Review(decision, new Review.Critique(true, List.of(), List.of(), 1))));
    }

    Forebear does(String step) {
        return writes(step).ends(step, 1, StepStatus.SUCCEEDED, Decision.CONTINUE);
    }

    Forebear hears(String text) {
        CommandId command = new CommandId("cmd-" + text);
        CommandRepository commands = new CommandRepository(database.jdbc());
        commands.save(id, command, new Command.Say(text));
        commands.taken(id, command, ++messages);
        return happens("message_received/" + command, null, new TaskEvent.MessageReceived(text));
    }

    Forebear verdict(int number) {
        talk("verdict/" + number);
        return happens(
                "usage/verdict/%d/0".formatted(number),
                null,
                new TaskEvent.UsageRecorded(Role.REVIEWER, "scripted/m", "judge/1", 1, 1, Duration.ZERO));
    }

    Forebear succeeds() {
        return happens("end", null, new TaskEvent.Completed("done"));
    }

    Forebear fails() {
        return happens("end", null, new TaskEvent.Failed(TaskReason.STUCK, "stuck"));
    }

    private void talk(String conversation) {
        new Transcript(database.jdbc(), database.transaction())
                .append(
                        id,
                        conversation,
                        0,
                        List.of(new Message.Reply(1, conversation, List.of(), "scripted/m", Usage.NONE)));
    }

    private Forebear happens(String key, @Nullable String step, TaskEvent event) {
        events.append(
                id,
                TestTasks.TRACE,
                List.of(new PendingEvent(key, Instant.now(), step == null ? null : new StepId(step), null, event)));
        return this;
    }

    private EffectId effect(String step) {
        return new EffectId(id, new StepId(step), ++turns, 0);
    }

    private void done(EffectId effect, EffectClass effectClass, Coverage coverage) {
        EffectLedger ledger = new EffectLedger(database.jdbc());
        String tool = effectClass == EffectClass.ONCE ? "pay" : "shell";
        ledger.claim(effect, effectClass, new ToolCall(tool, Map.of()), "me");
        ledger.complete(effect, "me", new ToolResult.Succeeded("done"), coverage);
    }

    private static Step step(String id, List<String> after) {
        return new Step(
                new StepId(id),
                "do " + id,
                after.stream().map(StepId::new).toList(),
                null,
                null,
                List.of(),
                null,
                StepStatus.PENDING,
                null,
                null);
    }
}
