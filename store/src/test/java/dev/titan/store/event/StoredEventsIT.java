package dev.titan.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events as the first release wrote them, in {@code stored-events-1.jsonl}: lines are added there, never changed. */
@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class StoredEventsIT {

    @Test
    void eventsOfTheFirstReleaseStillLoad(StoreDatabase database) throws IOException {
        EventLog log = new EventLog(database.jdbc(), database.transaction());
        List<String> lines = lines();
        List<TaskEvent> loaded = new ArrayList<>();
        for (String line : lines) {
            TaskId task = TestTasks.accepted(database);
            database.jdbc()
                    .sql("""
                            insert into events (task_id, organisation_id, user_id, seq, event_key, at, trace_id, data)
                            select id, organisation_id, user_id, 2, 'old', now(), 't', cast(:data as jsonb)
                            from tasks where id = :task
                            """)
                    .param("data", line)
                    .param("task", task.value())
                    .update();
            log.read(task, 1, 1).stream().map(EventEnvelope::data).forEach(loaded::add);
        }

        assertThat(loaded).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(TitanJson.mapper().readTree(TitanJson.mapper().writeValueAsString(loaded.get(i))))
                    .isEqualTo(TitanJson.mapper().readTree(lines.get(i)));
        }
        assertThat(loaded.stream().map(Object::getClass).distinct())
                .as("every stored type has a line")
                .hasSize(TaskEvent.class.getPermittedSubclasses().length - 1);
    }

    private static List<String> lines() throws IOException {
        try (var file = StoredEventsIT.class.getResourceAsStream("stored-events-1.jsonl")) {
            assertThat(file).isNotNull();
            return Arrays.asList(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        }
    }
}
