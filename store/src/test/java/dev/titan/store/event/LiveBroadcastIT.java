package dev.titan.store.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class LiveBroadcastIT {

    private static final StepId STEP = new StepId("s1");

    private final StoreDatabase database;
    private final EventLog log;
    private final EventFeed feed;
    private final LiveBroadcast broadcast;
    private final List<Object> heard = new CopyOnWriteArrayList<>();

    LiveBroadcastIT(StoreDatabase database) {
        this.database = database;
        this.log = new EventLog(database.jdbc(), database.transaction());
        this.feed = new EventFeed(database.dataSource());
        this.broadcast = new LiveBroadcast(database.jdbc());
    }

    /** Keeps what it hears, in order: numbers for the log, events for what passes. */
    private final class Hearing implements FeedListener {

        @Override
        public void grown(long seq) {
            heard.add(seq);
        }

        @Override
        public void live(LiveEvent event) {
            heard.add(event);
        }
    }

    @BeforeEach
    void waitUntilItListens() {
        await().until(feed::connected);
    }

    @AfterEach
    void close() {
        broadcast.close();
        feed.close();
    }

    @Test
    void wordsArriveInOrderBeforeTheEventThatFollowsThem() {
        TaskId task = TestTasks.accepted(database);
        try (var _ = feed.subscribe(task, new Hearing())) {
            broadcast.send(live(task, new TaskEvent.AttemptRestarted(2)));
            String text = "word after word ".repeat(300);
            for (int from = 0; from < text.length(); from += 16) {
                broadcast.send(delta(task, from, text.substring(from, from + 16)));
            }
            broadcast.flush();
            log.append(
                    task,
                    TestTasks.TRACE,
                    List.of(new PendingEvent("a", Instant.now(), STEP, 1, new TaskEvent.ToolOutput(0, 0, "a"))));

            await().until(() -> heard.contains(2L));
            List<LiveEvent> before = live(heard.subList(0, heard.indexOf(2L)));
            assertThat(before.getFirst()).isEqualTo(live(task, new TaskEvent.AttemptRestarted(2)));
            assertThat(words(before)).isEqualTo(text);
            assertThat(before).as("they are sent together").hasSizeLessThan(50);
        }
        assertThat(log.read(task, 0, 10)).as("nothing of it is stored").hasSize(2);
    }

    @Test
    void aLongPieceIsCutIntoWhatANotificationHolds() {
        TaskId task = TestTasks.accepted(database);
        String text = "\u0001 \"quoted\" ü 🙂 ".repeat(2_000);
        assertThat(LivePayload.of(delta(task, 5, text)))
                .hasSizeGreaterThan(5)
                .allSatisfy(payload ->
                        assertThat(payload.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(7_900));
        try (var _ = feed.subscribe(task, new Hearing())) {
            broadcast.send(delta(task, 5, text));

            await().until(() -> words(live(heard)).length() == text.length());
            assertThat(words(live(heard))).isEqualTo(text);
            long next = 5;
            for (LiveEvent one : live(heard)) {
                TaskEvent.ModelDelta piece = (TaskEvent.ModelDelta) one.data();
                assertThat(piece.offset()).isEqualTo(next);
                next += piece.text().length();
            }
        }
    }

    @Test
    void nobodyHearsOfAnotherTask() {
        TaskId task = TestTasks.accepted(database);
        TaskId other = TestTasks.accepted(database);
        try (var _ = feed.subscribe(task, new Hearing())) {
            broadcast.send(delta(other, 0, "for somebody else"));
            broadcast.flush();
            broadcast.send(delta(task, 0, "for you"));

            await().until(() -> !live(heard).isEmpty());
            assertThat(words(live(heard))).isEqualTo("for you");
        }
    }

    @Test
    void aDatabaseThatIsAwayTroublesNoSender() {
        try (HikariDataSource nowhere = new HikariDataSource()) {
            nowhere.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/none");
            nowhere.setInitializationFailTimeout(-1);
            nowhere.setConnectionTimeout(250);
            try (LiveBroadcast lost = new LiveBroadcast(JdbcClient.create(nowhere))) {
                TaskId task = TestTasks.newId();
                String piece = "x".repeat(1_000);
                for (int i = 0; i < 5_000; i++) {
                    lost.send(delta(task, i * 1_000L, piece));
                }
                lost.flush();
            }
        }
    }

    private static List<LiveEvent> live(List<Object> heard) {
        return heard.stream()
                .filter(LiveEvent.class::isInstance)
                .map(LiveEvent.class::cast)
                .toList();
    }

    private static String words(List<LiveEvent> events) {
        return events.stream()
                .map(LiveEvent::data)
                .filter(TaskEvent.ModelDelta.class::isInstance)
                .map(delta -> ((TaskEvent.ModelDelta) delta).text())
                .collect(Collectors.joining());
    }

    private static LiveEvent delta(TaskId task, long offset, String text) {
        return live(task, new TaskEvent.ModelDelta(2, offset, text));
    }

    private static LiveEvent live(TaskId task, TaskEvent.Live data) {
        return new LiveEvent(task, Instant.EPOCH, STEP, 1, TestTasks.TRACE, data);
    }
}
