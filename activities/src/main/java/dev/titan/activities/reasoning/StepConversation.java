package dev.titan.activities.reasoning;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.ReasoningActivity.MessageRange;
import dev.titan.contracts.chat.ReasoningActivity.TurnHint;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.effect.RecordedEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a step's conversation lacks before the model is asked again: its opening, calls that were made without the
 * model, results of calls it asked for, and what the loop has to say.
 */
final class StepConversation {

    private final Records records;
    private final EarlierSteps earlier;
    private final Topic topic;
    private final TurnRequest request;
    private final StepPosition at;

    StepConversation(Records records, EarlierSteps earlier, Topic topic, TurnRequest request) {
        this.records = records;
        this.earlier = earlier;
        this.topic = topic;
        this.request = request;
        this.at = request.at();
    }

    List<Message> additions(List<Message> known) {
        List<Message> added = new ArrayList<>();
        if (known.isEmpty()) {
            added.add(Prompt.EXECUTOR.instructions());
            added.add(new Message.Question(opening()));
        }
        added.addAll(results(known));
        added.addAll(callsWithoutModel(known));
        boolean newPlan = !known.isEmpty() && known.stream().noneMatch(this::isOpeningOfThisPlan);
        MessageRange unseen = request.messages();
        if (newPlan) {
            added.add(new Message.Question(CondensedTurns.REVISED + "\n" + opening()));
        } else if (unseen != null && !known.isEmpty()) {
            added.add(new Message.Question(said(unseen)));
        } else if (request.hint() != null) {
            added.add(new Message.Question(words(request.hint())));
        } else if (lastIsAnswer(known, added)) {
            added.add(new Message.Question("Go on with the step."));
        }
        return added;
    }

    /** The results of the last reply's calls, which have run since. */
    private List<Message> results(List<Message> known) {
        if (known.isEmpty() || !(known.getLast() instanceof Message.Reply reply)) {
            return List.of();
        }
        List<RecordedEffect> effects = records.effects().turn(at.task(), at.step(), reply.turn());
        return IntStream.range(0, reply.calls().size())
                .<Message>mapToObj(i -> result(reply.calls().get(i), effects, i))
                .toList();
    }

    /** Planned calls, shown as if the model had asked for them. */
    private List<Message> callsWithoutModel(List<Message> known) {
        Set<Integer> answered = Dialogue.replies(known).map(Message.Reply::turn).collect(Collectors.toSet());
        List<Message> shown = new ArrayList<>();
        for (int turn = 1; turn < at.turn(); turn++) {
            List<RecordedEffect> effects =
                    answered.contains(turn) ? List.of() : records.effects().turn(at.task(), at.step(), turn);
            if (effects.isEmpty()) {
                continue;
            }
            int number = turn;
            List<Message.AskedCall> calls = effects.stream()
                    .map(effect -> new Message.AskedCall(
                            "call_%d_%d".formatted(number, effect.id().call()),
                            effect.call().tool(),
                            TitanJson.mapper().writeValueAsString(effect.call().arguments())))
                    .toList();
            shown.add(new Message.Reply(turn, "", calls, "plan", Usage.NONE));
            for (int i = 0; i < calls.size(); i++) {
                shown.add(result(calls.get(i), effects, i));
            }
        }
        return shown;
    }

    private static Message.Result result(Message.AskedCall call, List<RecordedEffect> effects, int index) {
        return effects.stream()
                .filter(effect -> effect.id().call() == index)
                .findFirst()
                .map(RecordedEffect::result)
                .map(result ->
                        new Message.Result(call.id(), call.tool(), result.text(), result instanceof ToolResult.Failed))
                .orElseGet(() -> new Message.Result(
                        call.id(), call.tool(), "The call did not end; whether it took effect is not known.", null));
    }

    private static boolean lastIsAnswer(List<Message> known, List<Message> added) {
        return added.isEmpty()
                && known.getLast() instanceof Message.Reply reply
                && reply.calls().isEmpty();
    }

    private boolean isOpeningOfThisPlan(Message message) {
        return message instanceof Message.Question question
                && question.text().contains(Wording.tag("plan_version", at.planVersion()));
    }

    private String opening() {
        TaskRequest asked = records.request(at.task());
        Plan plan = records.plans()
                .find(at.task(), at.planVersion())
                .orElseThrow(
                        () -> new IllegalStateException("%s has no plan %d".formatted(at.task(), at.planVersion())));
        Step step = plan.steps().stream()
                .filter(candidate -> candidate.id().equals(at.step()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "plan %d of %s has no step %s".formatted(at.planVersion(), at.task(), at.step())));
        return String.join(
                "\n",
                Wording.goal(asked),
                records.specs().find(at.task()).map(Wording::spec).orElse(""),
                earlier.worded(topic, "earlier_step", id -> !id.equals(at.step()), Length.WHOLE),
                messages(),
                Wording.tag("plan_version", at.planVersion()),
                "Your step:",
                Wording.tag("step", step.id()),
                Wording.tag("description", step.description()),
                Wording.tag("step_success_criteria", Wording.lines(step.successCriteria())),
                step.expectedOutput() == null ? "" : Wording.tag("expected_output", step.expectedOutput()));
    }

    /** Every message up to now, for a step that begins. */
    private String messages() {
        MessageRange unseen = request.messages();
        return unseen == null ? "" : said(new MessageRange(0, unseen.upTo()));
    }

    private String said(MessageRange range) {
        return Wording.messages(records.commands().messages(at.task(), range.after(), range.upTo()));
    }

    private String words(TurnHint hint) {
        return switch (hint) {
            case REPEATING ->
                "You have made the same call with the same result three times. It will not change. Find out why, try something else, or say what prevents the step.";
            case OTHER_TOOL -> "The step is not done yet. Try another way. " + lastReview();
        };
    }

    private String lastReview() {
        List<Message> newest = List.of();
        for (int number = 1; ; number++) {
            List<Message> review = records.transcript().read(at.task(), "review/%s/%d".formatted(at.step(), number));
            if (review.isEmpty()) {
                return !newest.isEmpty() && newest.getLast() instanceof Message.Reply reply
                        ? Complaint.of(reply.text())
                        : "";
            }
            newest = review;
        }
    }
}
