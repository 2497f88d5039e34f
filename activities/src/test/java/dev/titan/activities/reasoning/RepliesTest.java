package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.review.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepliesTest {

    @Test
    void readsAReview() {
        assertThat(
                        Replies.read(
                                Replies.StepReview.class,
                                "{\"decision\": \"other_tool\", \"on_track\": false, \"issues\": [\"x\"], \"suggestions\": [], \"confidence\": 1}"))
                .isEqualTo(new Reading.Usable<>(
                        new Replies.StepReview(Decision.OTHER_TOOL, false, List.of("x"), List.of(), 1.0)));
    }

    @Test
    void offersTheDecisionsByTheNamesTheyAreReadBy() {
        assertThat(Replies.shape("review", Replies.StepReview.class)
                        .schema()
                        .path("properties")
                        .path("decision")
                        .toString())
                .contains("\"continue\"", "\"revise_plan\"", "\"other_tool\"", "\"finish\"");
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertThat(Replies.read(Replies.Judgement.class, "{\"met\": true}"))
                .isInstanceOfSatisfying(
                        Reading.Unusable.class,
                        unusable -> assertThat(unusable.reason()).contains("recoverable", "answer", "issues"));
    }
}
