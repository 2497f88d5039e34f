package dev.titan.contracts.task;

import dev.titan.contracts.chat.ReasoningActivity.Correction;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.PlanOutline.StepPast;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.CommandId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands at a moment when no call of it is running, as one run hands it to the next: numbers and ids, so
 * that it stays small however long the task has run. Everything else is in the store.
 *
 * @param plan what is planned and what is done
 * @param work what is being worked on
 * @param spending what was spent
 * @param sandbox where the workspace is
 * @param steering what users have asked
 */
public record TaskProgress(Plan plan, Work work, Spending spending, Sandbox sandbox, Steering steering) {

    /**
     * Where a task stands that goes on from another one: no step of it is in progress, and nothing is spent yet.
     *
     * @param inheritance what it takes over
     * @param open the steps of the plan in force that are not done
     * @param began when it begins
     * @param budget what it may spend
     */
    public static TaskProgress of(Inheritance inheritance, List<StepOutline> open, Instant began, Budget budget) {
        Correction wanted = switch (inheritance.replan()) {
            case OTHER_GOAL -> Correction.OTHER_GOAL;
            case VERDICT -> new Correction(null, inheritance.verdicts());
            case null -> null;
        };
        return new TaskProgress(
                new Plan(
                        new PlanOutline(inheritance.planVersion(), open, null),
                        inheritance.closed(),
                        Map.of(),
                        inheritance.finished()),
                new Work(List.of(), Map.of(), wanted, inheritance.verdicts(), List.of()),
                new Spending(began, 0, 0, Spent.NOTHING, 0, budget),
                new Sandbox(null, 0),
                new Steering(false, false, 0, inheritance.messages(), List.of()));
    }

    /**
     * The plan.
     *
     * @param outline the version in force, its open steps alone
     * @param closed steps of it that are done
     * @param attempts tries of steps that needed more than one
     * @param finished whether no further step of it is begun
     */
    public record Plan(PlanOutline outline, List<StepId> closed, Map<StepId, Integer> attempts, boolean finished) {
        public Plan {
            closed = List.copyOf(closed);
            attempts = Map.copyOf(attempts);
        }
    }

    /**
     * The work.
     *
     * @param places where the steps stand that have begun
     * @param past turns and reviews of the open steps
     * @param wanted the correction to make next
     * @param verdicts judgements made
     * @param repeated calls and results that were seen before, for the loop guard
     */
    public record Work(
            List<StepPlace> places,
            Map<StepId, StepPast> past,
            @Nullable Correction wanted,
            int verdicts,
            List<Repetition> repeated) {
        public Work {
            places = List.copyOf(places);
            past = Map.copyOf(past);
            repeated = List.copyOf(repeated);
        }
    }

    /**
     * A call and a result that belong together.
     *
     * @param argumentsHash of the call
     * @param resultHash of its result
     * @param times how often they were seen
     */
    public record Repetition(String argumentsHash, String resultHash, int times) {}

    /**
     * What was spent.
     *
     * @param began when the loop began
     * @param steps turns that ran tools
     * @param corrections revised plans and second tries
     * @param models what model calls cost
     * @param toolCalls calls of tools
     * @param budget what may be spent, raises included
     */
    public record Spending(Instant began, int steps, int corrections, Spent models, int toolCalls, Budget budget) {}

    /**
     * The sandbox.
     *
     * @param ref where it is; absent while none was needed
     * @param losses how many were lost
     */
    public record Sandbox(@Nullable SandboxRef ref, int losses) {}

    /**
     * What users have asked, and what they were asked.
     *
     * @param paused whether the user has paused the task
     * @param budgetReached whether it waits for a larger budget
     * @param changes how often it was paused or went on, which numbers the events
     * @param messages how many messages users have written
     * @param questions what waits for a person
     */
    public record Steering(boolean paused, boolean budgetReached, int changes, int messages, List<Question> questions) {
        public Steering {
            questions = List.copyOf(questions);
        }
    }

    /**
     * Something that waits for a person.
     *
     * @param id its id
     * @param needsDecision whether a call needs approval; otherwise it is a question of {@code ask_user}
     * @param argumentsHash of the call
     * @param decision what was decided, when nobody has acted on it yet
     * @param answer what was answered, when nobody has acted on it yet
     */
    public record Question(
            ApprovalId id,
            boolean needsDecision,
            @Nullable String argumentsHash,
            @Nullable ApprovalDecision decision,
            @Nullable CommandId answer) {}
}
