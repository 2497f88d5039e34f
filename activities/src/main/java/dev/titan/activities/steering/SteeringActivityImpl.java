package dev.titan.activities.steering;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.tool.CallHash;
import dev.titan.activities.tool.CallResolver;
import dev.titan.activities.tool.ShortText;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
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
        return ask(request, false);
    }

    @Override
    public Ticket askUser(PersonRequest request) {
        return ask(request, true);
    }

    private Ticket ask(PersonRequest request, boolean isQuestion) {
        return beating(() -> {
            EffectId effect = request.effect();
            ApprovalId id = ApprovalId.of(effect);
            Optional<ToolCall> callable = calls.callable(effect, request.source());
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
                    isQuestion
                            ? new TaskEvent.InputRequested(question(call), expiresAt)
                            : new TaskEvent.ApprovalRequested(
                                    id.value(), call.tool(), ShortText.arguments(call.arguments()), hash, expiresAt)));
            events.append(effect.task(), request.traceId(), recorded);
            return new Ticket(true, hash, expiresAt);
        });
    }

    private static String question(ToolCall call) {
        return String.valueOf(call.arguments().get("question"));
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
