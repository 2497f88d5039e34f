package dev.titan.activities.steering;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.tool.CallHash;
import dev.titan.activities.tool.CallResolver;
import dev.titan.activities.tool.ShortText;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.SteeringActivity;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.store.event.EventLog;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.CommandRepository;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** {@link SteeringActivity} over the store. Thread-safe. */
public final class SteeringActivityImpl implements SteeringActivity {

    private final EventLog events;
    private final CommandRepository commands;
    private final ApprovalRepository approvals;
    private final CallResolver calls;
    private final Clock clock;

    public SteeringActivityImpl(
            EventLog events,
            CommandRepository commands,
            ApprovalRepository approvals,
            CallResolver calls,
            Clock clock) {
        this.events = events;
        this.commands = commands;
        this.approvals = approvals;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public void takeCommand(TakenCommand request) {
        beating(() -> {
            List<PendingEvent> recorded = new ArrayList<>(request.outbox());
            messageOf(request).ifPresent(recorded::add);
            return events.append(request.task(), request.traceId(), recorded, () -> {
                commands.taken(request.task(), request.command(), request.message());
                ApprovalDecision decision = request.decision();
                if (decision != null) {
                    approvals.settle(decision.approval(), decision.status(), decision.command());
                }
            });
        });
    }

    private Optional<PendingEvent> messageOf(TakenCommand request) {
        Command command = commands.find(request.task(), request.command())
                .orElseThrow(() ->
                        new IllegalStateException("%s has no command %s".formatted(request.task(), request.command())))
                .command();
        return command instanceof Command.Say(String text)
                ? Optional.of(new PendingEvent(
                        "message_received/%s".formatted(request.command()),
                        clock.instant(),
                        null,
                        null,
                        new TaskEvent.MessageReceived(text)))
                : Optional.empty();
    }

    @Override
    public Ticket requestApproval(PersonRequest request) {
        return ask(
                request,
                ApprovalId.of(request.effect()),
                false,
                put -> new TaskEvent.ApprovalRequested(
                        put.id().value(),
                        put.call().tool(),
                        ShortText.arguments(put.call().arguments()),
                        put.hash(),
                        put.expiresAt()));
    }

    @Override
    public Ticket askUser(PersonRequest request) {
        return ask(
                request,
                ApprovalId.of(request.effect()),
                true,
                put -> new TaskEvent.InputRequested(
                        String.valueOf(put.call().arguments().get("question")), put.expiresAt()));
    }

    @Override
    public Ticket askWhatHappened(PersonRequest request) {
        return ask(
                request,
                ApprovalId.ofOutcome(request.effect()),
                true,
                put -> new TaskEvent.InputRequested(
                        "A crash hides whether this call took effect, and it was not repeated: %s %s. Find out, and say what happened; the task goes on with your words as the call's result."
                                .formatted(
                                        put.call().tool(),
                                        TitanJson.mapper()
                                                .writeValueAsString(ShortText.arguments(
                                                        put.call().arguments()))),
                        put.expiresAt()));
    }

    /**
     * A question that is stored.
     *
     * @param id its id
     * @param call what it is about
     * @param hash of the call
     * @param expiresAt until when it waits
     */
    private record Put(ApprovalId id, ToolCall call, String hash, Instant expiresAt) {}

    private Ticket ask(PersonRequest request, ApprovalId id, boolean isQuestion, Function<Put, TaskEvent> event) {
        return beating(() -> {
            EffectId effect = request.effect();
            Optional<ToolCall> callable = calls.callable(effect, request.source(), request.before());
            if (callable.isEmpty()) {
                return new Ticket(false, "", clock.instant());
            }
            ToolCall call = callable.get();
            String hash = CallHash.exactly(call);
            // Beforehand, for the event tells it; both are repeated without harm.
            Instant expiresAt = approvals.request(id, effect, isQuestion, call, hash, request.patience());
            List<PendingEvent> recorded = new ArrayList<>(request.outbox());
            recorded.add(new PendingEvent(
                    "person_asked/%s".formatted(id),
                    clock.instant(),
                    effect.step(),
                    effect.turn(),
                    event.apply(new Put(id, call, hash, expiresAt))));
            events.append(effect.task(), request.traceId(), recorded);
            return new Ticket(true, hash, expiresAt);
        });
    }

    @Override
    public void expireApproval(ExpiredApproval request) {
        beating(() -> {
            ApprovalId id = request.approval();
            List<PendingEvent> recorded = new ArrayList<>(request.outbox());
            recorded.add(new PendingEvent(
                    "approval_decided/%s".formatted(id),
                    clock.instant(),
                    null,
                    null,
                    new TaskEvent.ApprovalDecided(id.value(), ApprovalStatus.EXPIRED.wire())));
            return events.append(
                    request.task(),
                    request.traceId(),
                    recorded,
                    () -> approvals.settle(id, ApprovalStatus.EXPIRED, null));
        });
    }

    private static <T> T beating(Callable<T> work) {
        return FailureMapper.guard(() -> BackgroundHeartbeat.during(Activity.getExecutionContext(), work));
    }
}
