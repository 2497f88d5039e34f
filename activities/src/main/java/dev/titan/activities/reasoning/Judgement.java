package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ReplyShape;
import dev.titan.contracts.chat.ReasoningActivity.JudgeRequest;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code judgeTask}: whether the goal is reached. A check that failed decides against it, whatever the model says. */
final class Judgement {

    private static final ReplyShape SHAPE = Replies.shape("verdict", Replies.Judgement.class);

    private final Records records;
    private final Dialogue dialogue;
    private final Memory memory;

    Judgement(Records records, Dialogue dialogue, Memory memory) {
        this.records = records;
        this.dialogue = dialogue;
        this.memory = memory;
    }

    Verdict judge(JudgeRequest request) {
        TaskRequest asked = records.request(request.task());
        List<CheckResult> checks = CheckResult.of(records, request.task(), request.checks());
        Topic topic = new Topic(
                request.task(), request.traceId(), "verdict/" + request.verdict(), Prompt.JUDGE, asked.model());
        Replies.Judgement reply = dialogue.structured(
                topic,
                SHAPE,
                length -> question(topic, request, checks, length),
                text -> Replies.read(Replies.Judgement.class, text));
        List<String> failed = checks.stream()
                .filter(check -> !check.passed())
                .map(CheckResult::says)
                .toList();
        if (reply.met() && !failed.isEmpty()) {
            // A judge that overlooked a failed check has not said that no other plan could help.
            return new Verdict(
                    false, true, shortened("These checks failed: " + String.join("; ", failed)), memory.spent(topic));
        }
        return new Verdict(reply.met(), reply.recoverable(), shortened(reply.answer()), memory.spent(topic));
    }

    private static String shortened(String answer) {
        return Wording.shortened(answer, TaskOutcome.MESSAGE_CHARS_MAX - 60); // room for the note on what is left out
    }

    /** Steps that a later plan has dropped say nothing of where the task has come to. */
    private String question(Topic topic, JudgeRequest request, List<CheckResult> checks, Length length) {
        Set<StepId> planned = records.plans().find(request.task(), request.planVersion()).stream()
                .flatMap(plan -> plan.steps().stream())
                .map(Step::id)
                .collect(Collectors.toSet());
        String results = checks.stream().map(check -> check.worded(length)).collect(Collectors.joining("\n"));
        return String.join(
                "\n",
                Wording.goal(records.request(request.task())),
                records.specs().find(request.task()).map(Wording::spec).orElse(""),
                memory.steps().worded(topic, "step", planned::contains, length),
                results,
                Wording.tag("verdict", request.verdict()));
    }
}
