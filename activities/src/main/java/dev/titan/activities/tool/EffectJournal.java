package dev.titan.activities.tool;

import dev.titan.activities.checkpoint.CheckpointDraft;
import dev.titan.activities.checkpoint.WorkspaceCheckpoints;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.checkpoint.LatestState;
import dev.titan.store.effect.Claim;
import dev.titan.store.effect.Coverage;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger and the event log as one journal of calls: what is claimed and what is shown, what came of it and what is
 * shown of that, are each written in one transaction. Design §6 is implemented here and nowhere else. Thread-safe.
 */
public final class EffectJournal {

    private final EventLog events;
    private final EffectLedger ledger;
    private final WorkspaceCheckpoints checkpoints;
    private final EffectProtection protection;

    /** {@link EffectProtection#OFF} outside tests is an {@link IllegalStateException}. */
    public EffectJournal(
            EventLog events, EffectLedger ledger, WorkspaceCheckpoints checkpoints, EffectProtection protection) {
        this.events = events;
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.protection = protection.orRefuse();
    }

    /** What an attempt has to do. */
    sealed interface Begin {

        /** The effect has taken place; this is its result. */
        record Done(ToolResult result) implements Begin {}

        /** Run it, or attach to what the attempt before has started. */
        record Run(Attempt attempt) implements Begin {}

        /** Do not run it: a crash hides whether it took place, and it must not take place twice. */
        record Unknown(Attempt attempt) implements Begin {}
    }

    /**
     * Records the outbox and {@code tool_called} and claims the effect for a new attempt.
     *
     * @throws SandboxException.Lost when the sandbox of the request may not act any more; nothing was written
     * @throws SandboxException.Hibernated when it was stopped; nothing was written
     */
    Begin begin(ToolCallRequest request, ResolvedCall call) {
        EffectId effect = request.effect();
        String token = UUID.randomUUID().toString();
        List<PendingEvent> first = new ArrayList<>(request.outbox());
        first.add(new CallKey(effect)
                .event(
                        "tool_called",
                        new TaskEvent.ToolCalled(
                                effect.call(),
                                call.call().tool(),
                                ShortText.arguments(call.call().arguments()))));
        AtomicReference<@Nullable Begin> begin = new AtomicReference<>();
        events.append(effect.task(), request.traceId(), first, () -> begin.set(claim(request, call, token)));
        return Objects.requireNonNull(begin.get());
    }

    private Begin claim(ToolCallRequest request, ResolvedCall call, String token) {
        return switch (ledger.claim(request.effect(), call.effect(), call.call(), token)) {
            case Claim.Done(ToolResult result, Instant _) -> new Begin.Done(result);
            case Claim.Granted(Instant claimedAt) ->
                new Begin.Run(admitted(new Attempt(request, request.effect(), token, claimedAt, true), call));
            case Claim.Held(Instant claimedAt) ->
                takeOver(
                        admitted(new Attempt(request, request.effect(), token, since(call, claimedAt), false), call),
                        call.effect());
        };
    }

    /** What a person has said about a call took no time; how long they have looked is not the call's. */
    private static Instant since(ResolvedCall call, Instant claimedAt) {
        return switch (call) {
            case ResolvedCall.Answered _ -> Instant.now();
            case ResolvedCall.Ready<?> _, ResolvedCall.Refused _, ResolvedCall.Changed _ -> claimedAt;
        };
    }

    private Attempt admitted(Attempt attempt, ResolvedCall call) {
        if (attempt.sandbox != null && call.effect() == EffectClass.SANDBOX) {
            attempt.enter(attempt.sandbox);
        } else if (attempt.sandbox != null) {
            checkpoints.admit(attempt.effect.task(), attempt.sandbox);
        }
        return attempt;
    }

    private Begin takeOver(Attempt attempt, EffectClass effectClass) {
        if (!ledger.takeOver(attempt.effect, attempt.token)) {
            throw new IllegalStateException(
                    "a result of %s appeared under the lock of its task".formatted(attempt.effect));
        }
        if (protection == EffectProtection.OFF) {
            return new Begin.Run(attempt.underAKeyOfItsOwn());
        }
        return switch (effectClass) {
            case PURE, IDEMPOTENT, SANDBOX -> new Begin.Run(attempt);
            case ONCE -> new Begin.Unknown(attempt);
        };
    }

    /** One attempt at an effect, which it owns until another takes over. */
    final class Attempt {

        /** Far above {@link dev.titan.contracts.chat.TurnOutline#CALLS_MAX}, so that no real call has such an index. */
        private static final int UNPROTECTED_CALLS_FROM = 1_000_000;

        private final ToolCallRequest request;
        private final EffectId effect;
        private final @Nullable SandboxRef sandbox;
        private final String traceId;
        private final EffectId key;
        private final String token;
        private final Instant since;
        private final boolean isFirst;
        private boolean hasItsTurn = true;
        private @Nullable LatestState before;

        private Attempt(ToolCallRequest request, EffectId key, String token, Instant since, boolean isFirst) {
            this.request = request;
            this.effect = request.effect();
            this.sandbox = request.sandbox();
            this.traceId = request.traceId();
            this.key = key;
            this.token = token;
            this.since = since;
            this.isFirst = isFirst;
        }

        private Attempt underAKeyOfItsOwn() {
            int call = UNPROTECTED_CALLS_FROM + (token.hashCode() & 0xffffff);
            EffectId ofItsOwn = new EffectId(effect.task(), effect.step(), effect.turn(), call);
            Attempt attempt = new Attempt(request, ofItsOwn, token, since, isFirst);
            attempt.hasItsTurn = hasItsTurn;
            attempt.before = before;
            return attempt;
        }

        /** Returns the identity of the call, for its events. */
        EffectId effect() {
            return effect;
        }

        /** Returns the key under which tools cause the effect: its identity, while effects are protected. */
        EffectId key() {
            return key;
        }

        /** Returns the keys of the events whose key begins so, of this and every earlier attempt. */
        List<String> recorded(String prefix) {
            return isFirst ? List.of() : events.keys(effect.task(), prefix);
        }

        /**
         * Records events while the call runs.
         *
         * @throws FencedOutException when another attempt has taken over
         */
        void record(List<PendingEvent> pending) {
            events.append(effect.task(), traceId, pending, () -> {
                if (!ledger.owns(effect, token)) {
                    throw new FencedOutException(effect);
                }
            });
        }

        private void enter(SandboxRef itsSandbox) {
            before = checkpoints.enter(effect, itsSandbox).orElse(null);
            hasItsTurn = before != null;
        }

        /** Returns what the workspace is compared with after the call; empty when it does not write there. */
        Optional<LatestState> before() {
            return Optional.ofNullable(before);
        }

        /**
         * Returns whether the call may begin; false while another call writes in the same workspace.
         *
         * @throws SandboxException.Lost when another sandbox has taken the place of the call's meanwhile
         */
        boolean hasItsTurn() {
            if (!hasItsTurn && sandbox != null) {
                events.append(effect.task(), traceId, List.of(), () -> enter(sandbox));
            }
            return hasItsTurn;
        }

        /**
         * Records the result, {@code tool_completed}, and the checkpoint that holds what the call changed.
         *
         * @param before events of the call that are not recorded yet
         * @return the result with what its reader has to be told beside it
         * @throws FencedOutException when another attempt has taken over; nothing is written
         * @throws SandboxException.Lost when another sandbox has taken the place of the call's; nothing is written
         */
        ToolResult complete(String tool, ToolResult result, List<PendingEvent> before, CheckpointDraft draft) {
            ToolResult described = ResultNote.of(draft)
                    .map(note -> ResultNote.add(result, note))
                    .orElse(result);
            AtomicReference<@Nullable ToolResult> complete = new AtomicReference<>();
            events.append(effect.task(), traceId, () -> {
                Optional<String> notice = admit();
                ToolResult told =
                        notice.map(text -> ResultNote.add(described, text)).orElse(described);
                Coverage coverage = sandbox == null
                        ? new Coverage.None()
                        : checkpoints.commit(draft, effect.task(), sandbox, effect);
                if (!ledger.complete(effect, token, told, coverage)) {
                    throw new FencedOutException(effect);
                }
                if (notice.isPresent()) {
                    checkpoints.told(effect.task());
                }
                complete.set(told);
                return Stream.concat(before.stream(), Stream.of(completed(tool, told)))
                        .toList();
            });
            return Objects.requireNonNull(complete.get());
        }

        private Optional<String> admit() {
            return sandbox == null ? Optional.empty() : checkpoints.admit(effect.task(), sandbox);
        }

        private PendingEvent completed(String tool, ToolResult result) {
            Duration took = Duration.between(since, Instant.now());
            return new CallKey(effect)
                    .event(
                            "tool_completed",
                            new TaskEvent.ToolCompleted(
                                    effect.call(),
                                    tool,
                                    failure(result).map(FailureKind::wire).orElse(null),
                                    ShortText.result(result.text()),
                                    took.isNegative() ? Duration.ZERO : took));
        }
    }

    static Optional<FailureKind> failure(ToolResult result) {
        return switch (result) {
            case ToolResult.Succeeded(String text) -> Optional.empty();
            case ToolResult.Failed(FailureKind kind, String text) -> Optional.of(kind);
        };
    }
}
