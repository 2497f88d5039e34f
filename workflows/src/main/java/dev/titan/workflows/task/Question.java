package dev.titan.workflows.task;

import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskReason;
import org.jspecify.annotations.Nullable;

/** What a person is asked, from before it is put, so that an answer that comes at once finds it. */
final class Question {

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

    /** As the run before has left it. */
    static Question of(TaskProgress.Question known) {
        Question question = new Question(known.needsDecision());
        question.argumentsHash = known.argumentsHash();
        question.decision = known.decision();
        question.answer = known.answer();
        question.taken = question.isSettled();
        return question;
    }

    boolean isSettled() {
        return decision != null || answer != null;
    }

    TaskReason reason() {
        return needsDecision ? TaskReason.APPROVAL : TaskReason.INPUT;
    }

    TaskProgress.Question progress(ApprovalId id) {
        return new TaskProgress.Question(id, needsDecision, argumentsHash, decision, answer);
    }
}
