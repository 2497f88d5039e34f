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
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.Ruling;
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
            progress.steering().questions().forEach(known -> {
                Question question = new Question(known.needsDecision());
                question.argumentsHash = known.argumentsHash();
                question.decision = known.decision();
                question.answer = known.answer();
                question.taken = question.isSettled();
                questions.put(known.id(), question);
            });
        }
    }

    /** A question, from before it is put, so that an answer that comes at once finds it. */
    private static final class Question {

        final boolean needsDecision;

        /** Absent while the question is being put. */
        @Nullable
        String argumentsHash;

        /** Set once it is recorded, so that the call it allows comes after it in the log. */
        @Nullable
        ApprovalDecision decision;

        @Nullable
        CommandId answer;

        boolean taken;

        Question(boolean needsDecision) {
            this.needsDecision = needsDecision;
        }

        boolean isSettled() {
            return decision != null || answer != null;
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

    /** Puts a call to the people it needs; empty when it cannot be made anyhow. */
    Optional<Asked> ask(EffectId effect, CallOutline call, CallSource source) {
        boolean isQuestion = call.place() == ToolPlace.PERSON;
        ApprovalId id = ApprovalId.of(effect);
        Question question = questions.computeIfAbsent(id, _ -> new Question(!isQuestion));
        Ticket ticket = outbox.deliverFor(events -> {
            var request = new PersonRequest(effect, source, start.terms().approvalWait(), start.traceId(), events);
            return isQuestion ? steering.askUser(request) : steering.requestApproval(request);
        });
        if (!ticket.needed()) {
            questions.remove(id);
            return Optional.empty();
        }
        question.argumentsHash = ticket.argumentsHash();
        return Optional.of(new Asked(id, question, ticket));
    }

    /** A question that was put. */
    final class Asked {

        private final ApprovalId id;
        private final Question question;
        private final Ticket ticket;

        private Asked(ApprovalId id, Question question, Ticket ticket) {
            this.id = id;
            this.question = question;
            this.ticket = ticket;
        }

        /** Waits for what they say; empty when the run is to be continued by a new one, which asks again. */
        Optional<Ruling> await() {
            TaskReason reason = question.needsDecision ? TaskReason.APPROVAL : TaskReason.INPUT;
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
            questions.remove(id);
            if (!question.isSettled() && question.needsDecision) {
                outbox.deliver(events ->
                        steering.expireApproval(new ExpiredApproval(start.taskId(), start.traceId(), id, events)));
            }
            standing.waitIsOver(reason);
            return Optional.of(ruling());
        }

        private Ruling ruling() {
            ApprovalDecision decision = question.decision;
            if (question.answer != null) {
                return new Ruling.Answered(question.answer);
            }
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
                .map(entry -> new TaskProgress.Question(
                        entry.getKey(),
                        entry.getValue().needsDecision,
                        entry.getValue().argumentsHash,
                        entry.getValue().decision,
                        entry.getValue().answer))
                .toList();
    }
}
