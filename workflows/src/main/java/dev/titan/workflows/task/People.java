package dev.titan.workflows.task;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.steering.SteeringActivity;
import dev.titan.contracts.steering.SteeringActivity.ExpiredApproval;
import dev.titan.contracts.steering.SteeringActivity.PersonRequest;
import dev.titan.contracts.steering.SteeringActivity.Ticket;
import dev.titan.contracts.steering.SteeringRefusal;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.UnknownOutcome;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.Ruling;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks people about calls, and waits for them as long as the task's terms allow. */
final class People {

    private final TaskStart start;
    private final Outbox outbox;
    private final Gate gate;
    private final Standing standing;
    private final SteeringActivity steering = ActivityPolicy.steering();
    private final Map<ApprovalId, Question> questions = new LinkedHashMap<>();

    People(TaskStart start, Outbox outbox, Gate gate, Standing standing) {
        this.start = start;
        this.outbox = outbox;
        this.gate = gate;
        this.standing = standing;
        TaskProgress progress = start.progress();
        if (progress != null) {
            progress.steering().questions().forEach(known -> questions.put(known.id(), Question.of(known)));
        }
    }

    /** Whether somebody has to be asked before the call is made. */
    boolean mustBeAsked(CallOutline call) {
        if (call.tool().equals(CallOutline.UNKNOWN_TOOL)) {
            return false;
        }
        return call.place() == ToolPlace.PERSON
                || switch (start.terms().autonomy()) {
                    case AUTO -> false;
                    case ASK_RISKY -> call.risky();
                    case ASK_ALL -> true;
                };
    }

    /** Whether somebody has to say what became of a call that was made. */
    boolean mustBeAsked(ToolCallReport report) {
        return report.failure() == FailureKind.OUTCOME_UNKNOWN
                && start.terms().unknownOutcome() == UnknownOutcome.ASK_PERSON;
    }

    /** Puts a call to the people it needs; empty when it cannot be made anyhow. */
    Optional<Asked> ask(EffectId effect, CallOutline call, CallSource source) {
        About about = call.place() == ToolPlace.PERSON ? About.QUESTION : About.APPROVAL;
        return ask(about, ApprovalId.of(effect), effect, source, null);
    }

    /** Asks what became of a call that a crash hides. */
    Optional<Asked> askWhatHappened(EffectId effect, CallSource source, @Nullable Ruling before) {
        return ask(About.OUTCOME, ApprovalId.ofOutcome(effect), effect, source, before);
    }

    private Optional<Asked> ask(
            About about, ApprovalId id, EffectId effect, CallSource source, @Nullable Ruling before) {
        Question question = questions.computeIfAbsent(id, _ -> new Question(about == About.APPROVAL));
        Ticket ticket = outbox.deliverFor(events -> {
            var request =
                    new PersonRequest(effect, source, before, start.terms().approvalWait(), start.traceId(), events);
            return switch (about) {
                case APPROVAL -> steering.requestApproval(request);
                case QUESTION -> steering.askUser(request);
                case OUTCOME -> steering.askWhatHappened(request);
            };
        });
        if (!ticket.needed()) {
            questions.remove(id);
            return Optional.empty();
        }
        question.argumentsHash = ticket.argumentsHash();
        return Optional.of(new Asked(about, id, question, ticket, before));
    }

    /** What people are asked. */
    private enum About {
        /** Whether a call may be made. */
        APPROVAL,
        /** What the model wants to know. */
        QUESTION,
        /** What became of a call. */
        OUTCOME
    }

    /** A question that was put. */
    final class Asked {

        private final About about;
        private final ApprovalId id;
        private final Question question;
        private final Ticket ticket;
        private final @Nullable Ruling before;

        private Asked(About about, ApprovalId id, Question question, Ticket ticket, @Nullable Ruling before) {
            this.about = about;
            this.id = id;
            this.question = question;
            this.ticket = ticket;
            this.before = before;
        }

        /** Waits for what they say; empty when the run is to be continued by a new one, which asks again. */
        Optional<Ruling> await() {
            TaskReason reason = question.reason();
            standing.waitsFor(reason);
            Duration left = left(ticket);
            if (left.isPositive()) {
                Workflow.await(left, () -> question.isSettled() || gate.continues());
            }
            if (question.taken) {
                Workflow.await(question::isSettled); // it came at the last moment and is being recorded
            }
            if (!question.isSettled() && gate.continues()) {
                return Optional.empty();
            }
            if (!question.isSettled()) {
                questions.remove(id);
                if (question.needsDecision) {
                    outbox.deliver(events ->
                            steering.expireApproval(new ExpiredApproval(start.taskId(), start.traceId(), id, events)));
                }
            }
            standing.waitIsOver(reason, waitingFor());
            return Optional.of(ruling());
        }

        private Ruling ruling() {
            return switch (about) {
                case APPROVAL -> ruling(question.decision);
                case QUESTION -> question.answer == null ? new Ruling.Expired() : new Ruling.Answered(question.answer);
                case OUTCOME ->
                    question.answer == null ? new Ruling.Untold(before) : new Ruling.Told(question.answer, before);
            };
        }

        private Ruling ruling(@Nullable ApprovalDecision decision) {
            if (decision == null) {
                return new Ruling.Expired();
            }
            return switch (decision.status()) {
                case APPROVED -> new Ruling.Approved(ticket.argumentsHash());
                case EDITED -> new Ruling.Edited(decision.command());
                case DENIED, PENDING, EXPIRED -> new Ruling.Denied(decision.command());
            };
        }
    }

    /** Returns what a person still has to say; absent when nobody was asked who has not. */
    @Nullable
    TaskReason waitingFor() {
        return questions.values().stream()
                .filter(question -> !question.isSettled())
                .findFirst()
                .map(Question::reason)
                .orElse(null);
    }

    /** What was asked about a call is over, and no run that takes over needs it. */
    void forget(EffectId effect) {
        questions.remove(ApprovalId.of(effect));
        questions.remove(ApprovalId.ofOutcome(effect));
    }

    /** Nobody waits for anybody: what is still open belongs to steps that are not taken up again. */
    void forgetAll() {
        boolean asked = waitingFor() != null;
        questions.clear();
        if (asked) {
            standing.nobodyIsAsked();
        }
    }

    private static Duration left(Ticket ticket) {
        return Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), ticket.expiresAt());
    }

    /** Returns why a decision cannot be taken; empty when it can, as far as is known yet. */
    Optional<SteeringRefusal> refusalOf(ApprovalDecision decision) {
        Question question = questions.get(decision.approval());
        if (question == null || !question.needsDecision) {
            return Optional.of(SteeringRefusal.APPROVAL_UNKNOWN);
        }
        if (question.taken) {
            return Optional.of(SteeringRefusal.APPROVAL_DECIDED);
        }
        return question.argumentsHash == null || question.argumentsHash.equals(decision.argumentsHash())
                ? Optional.empty()
                : Optional.of(SteeringRefusal.APPROVAL_STALE);
    }

    /**
     * Takes a decision; the call goes on once {@code recording} has come back.
     *
     * @return why it cannot be taken after all
     */
    Optional<SteeringRefusal> decide(ApprovalDecision decision, Runnable recording) {
        Workflow.await(() -> !isBeingPut(decision.approval()));
        Optional<SteeringRefusal> refusal = refusalOf(decision);
        if (refusal.isPresent()) {
            return refusal;
        }
        Question question = requireNonNull(questions.get(decision.approval()), "it would have been refused");
        question.taken = true;
        outbox.add(
                "approval_decided/" + decision.approval(),
                new TaskEvent.ApprovalDecided(
                        decision.approval().value(), decision.status().wire()));
        recording.run();
        question.decision = decision;
        return Optional.empty();
    }

    private boolean isBeingPut(ApprovalId id) {
        Question question = questions.get(id);
        return question != null && question.argumentsHash == null;
    }

    /**
     * Takes a message as the answer to the oldest question that has none, once {@code recording} has come back.
     *
     * @return whether there is such a question
     */
    boolean answer(CommandId message, Runnable recording) {
        Optional<Question> oldest = questions.values().stream()
                .filter(question -> !question.needsDecision && !question.taken)
                .findFirst();
        oldest.ifPresent(question -> {
            question.taken = true;
            recording.run();
            question.answer = message;
        });
        return oldest.isPresent();
    }

    List<TaskProgress.Question> progress() {
        return questions.entrySet().stream()
                .map(entry -> entry.getValue().progress(entry.getKey()))
                .toList();
    }
}
