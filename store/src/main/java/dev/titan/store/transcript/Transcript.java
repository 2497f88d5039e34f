package dev.titan.store.transcript;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Jsonb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ConcurrentLruCache;

/**
 * What was said to models and what they answered: per task and conversation a list that only grows. A conversation is
 * named {@code interpret}, {@code plan/<version>}, {@code step/<id>}, {@code review/<step>/<n>}, {@code verdict/<n>}
 * or, for what was said to shorten one of these, {@code summary/…}. Thread-safe.
 */
public final class Transcript {

    /** More than the steps that a worker is at; each is as long as what a model may be shown, and mostly far shorter. */
    private static final int KEPT_MAX = 32;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** What was read or said before: it never changes, and every turn of a step wants its conversation from the start. */
    private final ConcurrentLruCache<Place, Kept> kept = new ConcurrentLruCache<>(KEPT_MAX, place -> new Kept());

    public Transcript(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Returns a conversation from its beginning; empty when there is none. */
    public List<Message> read(TaskId task, String conversation) {
        Kept known = kept.get(new Place(task, conversation));
        List<Message> before = known.messages();
        List<Message> added = readFrom(before.size(), task, conversation);
        // What a transaction has added may be undone yet.
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            known.add(before.size(), added);
        }
        return Stream.concat(before.stream(), added.stream()).toList();
    }

    private List<Message> readFrom(int index, TaskId task, String conversation) {
        return jdbc.sql("""
                        select message from messages
                        where task_id = :task and conversation = :conversation and index >= :index
                        order by index
                        """)
                .param("task", task.value())
                .param("conversation", conversation)
                .param("index", index)
                .query((row, number) -> Jsonb.read(row.getString("message"), Message.class))
                .list();
    }

    private record Place(TaskId task, String conversation) {}

    /** Returns the answer of one turn; the last when, against the rule, there are several. */
    public Optional<Message.Reply> reply(TaskId task, String conversation, int turn) {
        return kept.get(new Place(task, conversation)).reply(turn).or(() -> storedReply(task, conversation, turn));
    }

    private Optional<Message.Reply> storedReply(TaskId task, String conversation, int turn) {
        return jdbc.sql("""
                        select message from messages
                        where task_id = :task and conversation = :conversation
                          and message ->> 'type' = 'assistant' and cast(message ->> 'turn' as int) = :turn
                        order by index desc limit 1
                        """)
                .param("task", task.value())
                .param("conversation", conversation)
                .param("turn", turn)
                .query((row, number) -> Jsonb.read(row.getString("message"), Message.Reply.class))
                .optional();
    }

    /**
     * Appends messages, the first of which gets the index {@code firstIndex}; all of them or none. Of two writers at the
     * same index the first to commit wins.
     *
     * @return false when there is a message at that index already, so that the caller reads what is there
     * @throws IllegalStateException when messages before {@code firstIndex} are missing
     */
    public boolean append(TaskId task, String conversation, int firstIndex, List<Message> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("nothing to append to %s of %s".formatted(conversation, task));
        }
        List<String> written = messages.stream().map(Jsonb::write).toList();
        return transaction.execute(status -> {
            boolean first = insert(task, conversation, firstIndex, written);
            if (first) {
                keepOnceCommitted(new Place(task, conversation), firstIndex, written);
            } else {
                requireNoGap(task, conversation, firstIndex);
            }
            return first;
        });
    }

    /** As they will be read: without what PostgreSQL cannot keep. */
    private void keepOnceCommitted(Place place, int firstIndex, List<String> written) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                kept.get(place)
                        .add(
                                firstIndex,
                                written.stream()
                                        .map(message -> Jsonb.read(message, Message.class))
                                        .toList());
            }
        });
    }

    /** Returns how many conversations there are whose names begin so. */
    public int count(TaskId task, String prefix) {
        return jdbc.sql("""
                        select count(*) from messages
                        where task_id = :task and index = 0 and starts_with(conversation, :prefix)
                        """)
                .param("task", task.value())
                .param("prefix", prefix)
                .query(Integer.class)
                .single();
    }

    /**
     * Returns how the conversations begin whose names begin with the prefix: at most {@code charsMax} characters of the
     * message that follows the instructions.
     */
    public Map<String, String> openings(TaskId task, String prefix, int charsMax) {
        return jdbc
                .sql("""
                        select conversation, left(coalesce(message ->> 'text', ''), :chars) as opening from messages
                        where task_id = :task and index = 1 and starts_with(conversation, :prefix)
                        """)
                .param("task", task.value())
                .param("prefix", prefix)
                .param("chars", charsMax)
                .query((row, number) -> Map.entry(row.getString("conversation"), row.getString("opening")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the newest message of every conversation whose name begins with the prefix. */
    public Map<String, Message> newest(TaskId task, String prefix) {
        return jdbc
                .sql("""
                        select distinct on (conversation) conversation, message from messages
                        where task_id = :task and starts_with(conversation, :prefix)
                        order by conversation, index desc
                        """)
                .param("task", task.value())
                .param("prefix", prefix)
                .query((row, number) ->
                        Map.entry(row.getString("conversation"), Jsonb.read(row.getString("message"), Message.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The first index decides between two writers; the rest then belongs to the winner. */
    private boolean insert(TaskId task, String conversation, int first, List<String> messages) {
        return jdbc.sql("""
                                with added as (
                                    select t.id, t.organisation_id, t.user_id, :first + m.number - 1 as index, m.message
                                    from tasks t,
                                         jsonb_array_elements(cast(:messages as jsonb)) with ordinality m(message, number)
                                    where t.id = :task
                                ), head as (
                                    insert into messages (task_id, organisation_id, user_id, conversation, index, message)
                                    select id, organisation_id, user_id, :conversation, index, message
                                    from added
                                    where index = :first and (:first = 0 or exists (select from messages
                                        where task_id = :task and conversation = :conversation and index = :first - 1))
                                    on conflict do nothing returning index
                                ), rest as (
                                    insert into messages (task_id, organisation_id, user_id, conversation, index, message)
                                    select id, organisation_id, user_id, :conversation, added.index, message
                                    from added, head where added.index > head.index
                                )
                                select count(*) from head
                                """)
                        .param("task", task.value())
                        .param("conversation", conversation)
                        .param("first", first)
                        .param("messages", "[" + String.join(",", messages) + "]")
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private void requireNoGap(TaskId task, String conversation, int index) {
        int length = jdbc.sql("""
                        select count(*) from messages where task_id = :task and conversation = :conversation
                        """)
                .param("task", task.value())
                .param("conversation", conversation)
                .query(Integer.class)
                .single();
        if (length <= index) {
            throw new IllegalStateException(
                    "%s of %s has %d messages and cannot go on at %d".formatted(conversation, task, length, index));
        }
    }
}
