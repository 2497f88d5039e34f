package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ReplyShape;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.ReasoningActivity.ReviewRequest;
import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.review.ReviewOutline;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.effect.RecordedEffect;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code reviewStep}: closes a step, so that viewers see its end at once, and asks the reviewer what follows. */
final class StepReview {

    private static final ReplyShape SHAPE = Replies.shape("review", Replies.StepReview.class);

    /** What a step's row and event keep of its result. */
    private static final int RESULT_CHARS_MAX = 2_000;

    private final Records records;
    private final Dialogue dialogue;
    private final Clock clock;

    StepReview(Records records, Dialogue dialogue, Clock clock) {
        this.records = records;
        this.dialogue = dialogue;
        this.clock = clock;
    }

    ReviewOutline review(ReviewRequest request) {
        StepPosition at = request.at();
        Evidence evidence = evidence(at);
        append(request, "step_completed", completed(request, evidence));
        if (request.unasked()) {
            return new ReviewOutline(Decision.CONTINUE, Spent.NOTHING);
        }
        TaskRequest asked = records.request(at.task());
        Topic topic = Topic.of(
                at,
                request.traceId(),
                "review/%s/%d".formatted(at.step(), request.review()),
                Prompt.REVIEWER,
                asked.model());
        Review review = dialogue.structured(
                topic, SHAPE, length -> question(request, asked, evidence, length), text -> switch (Replies.read(
                        Replies.StepReview.class, text)) {
                    case Reading.Usable<Replies.StepReview>(var reply) -> read(reply);
                    case Reading.Unusable<Replies.StepReview>(var reason) -> new Reading.Unusable<>(reason);
                });
        append(request, "review_completed", new TaskEvent.ReviewCompleted(review));
        return new ReviewOutline(review.decision(), dialogue.spent(topic));
    }

    private record Evidence(Optional<String> answer, List<RecordedEffect> effects) {

        Optional<ToolResult> lastResult() {
            return effects.reversed().stream()
                    .flatMap(effect -> Stream.ofNullable(effect.result()))
                    .findFirst();
        }

        String summary() {
            return answer.or(() -> lastResult().map(ToolResult::text)).orElse("");
        }
    }

    private Evidence evidence(StepPosition at) {
        Optional<String> answer = records.transcript().read(at.task(), "step/" + at.step()).reversed().stream()
                .limit(1)
                .filter(Message.Reply.class::isInstance)
                .map(message -> ((Message.Reply) message).text())
                .filter(text -> !text.isBlank())
                .findFirst();
        List<RecordedEffect> effects = IntStream.rangeClosed(1, at.turn())
                .boxed()
                .flatMap(turn -> records.effects().turn(at.task(), at.step(), turn).stream())
                .toList();
        return new Evidence(answer, effects);
    }

    private static TaskEvent completed(ReviewRequest request, Evidence evidence) {
        String summary = Wording.shortened(evidence.summary(), RESULT_CHARS_MAX);
        @Nullable String error = request.status() == StepStatus.FAILED ? summary : null;
        return new TaskEvent.StepCompleted(request.review(), request.status(), summary, error);
    }

    private void append(ReviewRequest request, String kind, TaskEvent event) {
        StepPosition at = request.at();
        String key = "%s/%s/%d".formatted(kind, at.step(), request.review());
        records.events()
                .append(
                        at.task(),
                        request.traceId(),
                        List.of(new PendingEvent(key, clock.instant(), at.step(), at.turn(), event)));
    }

    private static Reading<Review> read(Replies.StepReview reply) {
        try {
            return new Reading.Usable<>(new Review(
                    reply.decision(),
                    new Review.Critique(reply.onTrack(), reply.issues(), reply.suggestions(), reply.confidence())));
        } catch (IllegalArgumentException e) {
            return new Reading.Unusable<>(String.valueOf(e.getMessage()));
        }
    }

    private String question(ReviewRequest request, TaskRequest asked, Evidence evidence, Length length) {
        StepPosition at = request.at();
        Plan plan = records.plans().find(at.task(), at.planVersion()).orElseThrow();
        String description = plan.steps().stream()
                .filter(step -> step.id().equals(at.step()))
                .map(step -> Wording.tag("description", step.description()) + "\n"
                        + Wording.tag("step_success_criteria", Wording.lines(step.successCriteria())))
                .findFirst()
                .orElse("");
        return String.join(
                "\n",
                Wording.goal(asked),
                records.specs().find(at.task()).map(Wording::spec).orElse(""),
                Wording.tag("steps_left", request.remaining()),
                Wording.tag("review", request.review()),
                "<step outcome=\"%s\">%s</step>".formatted(request.status().wire(), at.step()),
                description,
                Wording.calls(evidence.effects(), length),
                evidence.lastResult()
                        .map(result -> Wording.outcome("last_result", result, length))
                        .orElse(""),
                evidence.answer()
                        .map(answer ->
                                Wording.tag("answer", Wording.shortened(answer, length.of(Wording.EVIDENCE_CHARS_MAX))))
                        .orElse(""));
    }
}
