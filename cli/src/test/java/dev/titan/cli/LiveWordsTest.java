package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveWordsTest {

    private final LiveWords words = new LiveWords();

    @Test
    void showsTheNewestWordsOnOneLine() {
        say(1, 0, "First I look\n");
        say(1, 13, "at the files.");

        assertThat(words.line()).contains("  » First I look at the files.");

        say(1, 26, " " + "And on and on it goes. ".repeat(20));

        assertThat(words.line().orElseThrow())
                .hasSizeLessThanOrEqualTo(76)
                .startsWith("  » …")
                .endsWith("And on and on it goes.");
    }

    @Test
    void forgetsWhatARepeatedAttemptMakesVoid() {
        say(1, 0, "Half a sen");
        words.said(live(1, new TaskEvent.AttemptRestarted(2)));

        assertThat(words.line()).isEmpty();

        say(1, 0, "A whole sentence.");

        assertThat(words.line()).contains("  » A whole sentence.");
    }

    @Test
    void isSilentWhenTheTurnIsInTheLog() {
        say(1, 0, "Done.");
        words.after(new TestEvents()
                .in("a", 1, new TaskEvent.UsageRecorded(Role.EXECUTOR, "m/m", "executor/1", 1, 1, Duration.ZERO))
                .list()
                .getFirst());

        assertThat(words.line()).isEmpty();
    }

    private void say(int turn, long offset, String text) {
        words.said(live(turn, new TaskEvent.ModelDelta(1, offset, text)));
    }

    private static LiveEvent live(int turn, TaskEvent.Live data) {
        return new LiveEvent(TestEvents.TASK, TestEvents.BEGIN, new StepId("a"), turn, null, data);
    }
}
