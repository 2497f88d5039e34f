package dev.titan.store.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class TranscriptIT {

    private static final String STEP = "step/build";

    private final StoreDatabase database;
    private final Transcript transcript;

    TranscriptIT(StoreDatabase database) {
        this.database = database;
        this.transcript = new Transcript(database.jdbc(), database.transaction());
    }

    @Test
    void everyKindOfMessageComesBackAsItWas() {
        TaskId task = TestTasks.accepted(database);
        List<Message> messages = List.of(
                new Message.Instructions("be careful", "executor/1"),
                new Message.Question("build it"),
                new Message.Reply(
                        1,
                        "",
                        List.of(new Message.AskedCall("call_1", "shell", "{\"z\": 1, \"a\": 1.0}")),
                        "p/m",
                        new Usage(1, 2, 3)),
                new Message.Result("call_1", "shell", "ok", null));

        assertThat(transcript.append(task, STEP, 0, messages)).isTrue();

        assertThat(transcript.read(task, STEP)).isEqualTo(messages);
        assertThat(transcript.reply(task, STEP, 1).orElseThrow()).isEqualTo(messages.get(2));
        assertThat(transcript.reply(task, STEP, 2)).isEmpty();
        assertThat(transcript.read(task, "step/other")).isEmpty();
        assertThat(transcript.read(TestTasks.newId(), STEP)).isEmpty();
    }

    @Test
    void whatAnotherProcessAddsIsRead() {
        TaskId task = TestTasks.accepted(database);
        Transcript another = new Transcript(database.jdbc(), database.transaction());
        transcript.append(task, STEP, 0, questions("a"));
        assertThat(transcript.read(task, STEP)).isEqualTo(questions("a"));

        another.append(task, STEP, 1, questions("b"));

        assertThat(transcript.read(task, STEP)).isEqualTo(questions("a", "b"));
        assertThat(transcript.read(task, STEP)).isEqualTo(questions("a", "b"));
    }

    @Test
    void whatIsUndoneIsForgotten() {
        TaskId task = TestTasks.accepted(database);
        transcript.append(task, STEP, 0, questions("a"));

        database.transaction().executeWithoutResult(status -> {
            transcript.append(task, STEP, 1, questions("undone"));
            assertThat(transcript.read(task, STEP)).isEqualTo(questions("a", "undone"));
            status.setRollbackOnly();
        });

        assertThat(transcript.read(task, STEP)).isEqualTo(questions("a"));
    }

    @Test
    void whatWasSaidIsKnownAsItIsStored() {
        TaskId task = TestTasks.accepted(database);
        var call = new Message.AskedCall("call_1", "shell", "{\"command\": \"printf \\u0000\"}");
        var reply = new Message.Reply(1, "half a pair: \ud83d, and \0", List.of(call), "p/m", new Usage(1, 2, 3));
        transcript.append(task, STEP, 0, List.of(reply));

        Transcript another = new Transcript(database.jdbc(), database.transaction());
        assertThat(transcript.reply(task, STEP, 1).orElseThrow())
                .isEqualTo(another.reply(task, STEP, 1).orElseThrow())
                .isNotEqualTo(reply);
    }

    @Test
    void whatIsThereAlreadyStays() {
        TaskId task = TestTasks.accepted(database);

        assertThat(transcript.append(task, STEP, 0, questions("a", "b"))).isTrue();
        assertThat(transcript.append(task, STEP, 0, questions("x", "y", "z"))).isFalse();
        assertThat(transcript.append(task, STEP, 1, questions("x", "y"))).isFalse();
        assertThat(transcript.append(task, STEP, 2, questions("c"))).isTrue();

        assertThat(transcript.read(task, STEP)).isEqualTo(questions("a", "b", "c"));
    }

    @Test
    void aGapIsRefused() {
        TaskId task = TestTasks.accepted(database);
        transcript.append(task, STEP, 0, questions("a"));

        assertThatThrownBy(() -> transcript.append(task, STEP, 2, questions("c")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 messages and cannot go on at 2");
        assertThatThrownBy(() -> transcript.append(TestTasks.newId(), STEP, 0, questions("c")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void conversationsAreFoundByHowTheirNamesBegin() {
        TaskId task = TestTasks.accepted(database);
        transcript.append(task, "summary/step/a/3", 0, questions("be brief", "<covers>", "short"));
        transcript.append(task, "summary/step/ab/1", 0, questions("be brief", "other"));
        transcript.append(task, "step/a", 0, questions("x", "y"));

        assertThat(transcript.openings(task, "summary/step/a/", 4)).isEqualTo(Map.of("summary/step/a/3", "<cov"));
        assertThat(transcript.openings(task, "summary/", 100))
                .containsOnlyKeys("summary/step/a/3", "summary/step/ab/1");
        assertThat(transcript.newest(task, "summary/step/a"))
                .isEqualTo(Map.of(
                        "summary/step/a/3", questions("short").getFirst(),
                        "summary/step/ab/1", questions("other").getFirst()));
        assertThat(transcript.openings(TestTasks.accepted(database), "summary/", 100))
                .isEmpty();
    }

    @Test
    void oneOfManyWritersWinsWhole() throws Exception {
        TaskId task = TestTasks.accepted(database);
        List<Callable<Boolean>> writers = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(writer ->
                        // Lists of different lengths, so that a mixture would show.
                        () -> transcript.append(
                                task,
                                STEP,
                                0,
                                questions(IntStream.rangeClosed(0, writer)
                                        .mapToObj(i -> "writer " + writer)
                                        .toArray(String[]::new))))
                .toList();
        List<Boolean> won = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(writers.size())) {
            for (var result : threads.invokeAll(writers)) {
                won.add(result.get());
            }
        }

        int winner = won.indexOf(true);
        assertThat(won).containsOnlyOnce(true);
        assertThat(transcript.read(task, STEP))
                .hasSize(winner + 1)
                .containsOnly(new Message.Question("writer " + winner));
    }

    private static List<Message> questions(String... texts) {
        return List.of(texts).stream().<Message>map(Message.Question::new).toList();
    }
}
