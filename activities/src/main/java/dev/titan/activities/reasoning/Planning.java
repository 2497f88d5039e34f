package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ReplyShape;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.chat.ReasoningActivity.Correction;
import dev.titan.contracts.chat.ReasoningActivity.PlanRequest;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.PlanOutline.StepPast;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.ToolCall;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code makePlan}: a plan, or a revised one that keeps what is done. */
final class Planning {

    private static final ReplyShape SHAPE = Replies.shape("plan", Replies.Planning.class);

    private final Records records;
    private final Dialogue dialogue;
    private final Memory memory;
    private final ToolRegistry tools;
    private final Clock clock;

    Planning(Records records, Dialogue dialogue, Memory memory, ToolRegistry tools, Clock clock) {
        this.records = records;
        this.dialogue = dialogue;
        this.memory = memory;
        this.tools = tools;
        this.clock = clock;
    }

    PlanOutline plan(PlanRequest request) {
        TaskRequest asked = records.request(request.task());
        ToolRegistry allowed = tools.restrictedTo(asked.tools());
        List<Step> kept = kept(request);
        Topic topic = new Topic(
                request.task(), request.traceId(), "plan/" + request.version(), Prompt.PLANNER, asked.model());
        PlanReading reading = new PlanReading(request.version(), kept, allowed);
        Plan plan = dialogue.structured(
                topic, SHAPE, length -> question(topic, request, allowed, kept, length), reading::read);
        records.events()
                .append(
                        request.task(),
                        request.traceId(),
                        List.of(event(request, plan)),
                        () -> adopt(request.task(), plan));
        return outline(request.task(), plan, kept, allowed, memory.spent(topic));
    }

    /** Whoever was asked for steps of the plan before is not waited for any more. */
    private void adopt(TaskId task, Plan plan) {
        records.plans().save(task, plan);
        if (plan.version() > 1) {
            records.approvals().expireAll(task);
        }
    }

    private List<Step> kept(PlanRequest request) {
        return records.plans().find(request.task(), request.version() - 1).stream()
                .flatMap(before -> before.steps().stream())
                .filter(step -> request.finished().contains(step.id()))
                .toList();
    }

    private String question(Topic topic, PlanRequest request, ToolRegistry allowed, List<Step> kept, Length length) {
        TaskRequest asked = records.request(request.task());
        String spec = records.specs().find(request.task()).map(Wording::spec).orElse("");
        String first = String.join("\n", Wording.tools(allowed.descriptions()), Wording.goal(asked), spec);
        Correction correction = request.correction();
        if (correction == null) {
            return first + "\n" + Wording.tag("plan_version", request.version());
        }
        String done = kept.isEmpty()
                ? "none"
                : String.join(", ", kept.stream().map(step -> step.id().value()).toList());
        return String.join(
                "\n",
                first,
                "The plan has to be revised.",
                memory.steps().worded(topic, "ended_step", _ -> true, length),
                Wording.tag("done_and_kept", done),
                Wording.tag("why", why(request)),
                Wording.tag("plan_version", request.version()));
    }

    /** The words of the review or verdict that asked for the correction. */
    private String why(PlanRequest request) {
        Correction correction = request.correction();
        if (correction == null) {
            return "";
        }
        if (correction.asksForOtherGoal()) {
            return "The task goes on from an earlier one with another goal. What is done stays done; plan what is left for this goal.";
        }
        if (correction.step() != null) {
            return words(request, "review/%s/%d".formatted(correction.step(), correction.review()));
        }
        // The checks of a verdict ran in the turn of its number; what the judge made of them may not name them all.
        String failed = CheckResult.of(records, request.task(), correction.review()).stream()
                .filter(check -> !check.passed())
                .map(check -> " The check \"%s\" failed.".formatted(check.says()))
                .collect(Collectors.joining());
        return words(request, "verdict/" + correction.review()) + failed;
    }

    private String words(PlanRequest request, String conversation) {
        return Dialogue.replies(
                        records.transcript().read(request.task(), conversation).reversed())
                .findFirst()
                .map(reply -> Complaint.of(reply.text()))
                .orElse("The goal is not reached yet.");
    }

    private PendingEvent event(PlanRequest request, Plan plan) {
        TaskEvent data = request.correction() == null
                ? new TaskEvent.PlanGenerated(plan)
                : new TaskEvent.CorrectionApplied(request.version() - 1, why(request), request.version() - 1, plan);
        return new PendingEvent("plan/" + request.version(), clock.instant(), null, null, data);
    }

    private PlanOutline outline(TaskId task, Plan plan, List<Step> kept, ToolRegistry allowed, Spent spent) {
        List<StepId> done = kept.stream().map(Step::id).toList();
        return new PlanOutline(
                plan.version(),
                plan.steps().stream()
                        .filter(step -> !done.contains(step.id()))
                        .map(step -> new StepOutline(
                                step.id(),
                                step.dependsOn(),
                                Optional.ofNullable(step.call())
                                        .map(call -> allowed.outline(0, toolCall(call)))
                                        .orElse(null),
                                plan.version() == 1 ? null : past(task, step.id())))
                        .toList(),
                spent);
    }

    /** What a plan before has done under this id. */
    private @Nullable StepPast past(TaskId task, StepId step) {
        int turns = records.effects().lastTurn(task, step);
        int reviews = records.transcript().count(task, "review/%s/".formatted(step));
        return turns + reviews == 0 ? null : new StepPast(turns, reviews);
    }

    private static ToolCall toolCall(PlannedCall call) {
        return new ToolCall(call.tool(), call.arguments());
    }
}
