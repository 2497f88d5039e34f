package dev.titan.store.event;

import dev.titan.contracts.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells subscribers when the log of a task has grown, and what a task says at this moment, through one listening
 * connection for the whole process. It carries no events of the log: who is woken reads the table. Because notifications
 * sent while the connection was down are lost, everybody is woken after every connect; waking once too often is therefore
 * normal, and live events are gone. Keeps one connection of the pool. Thread-safe.
 */
public final class EventFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    /** Each of its notifications, sent with the events it is about, is a task and the {@code seq} its log ends at. */
    static final String EVENTS = "titan_events";

    private static final String STARTS = "titan_starts";

    /** A silent connection is asked for a sign of life this often; TCP alone would not notice a vanished host. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

    /** Short, since nobody is woken meanwhile, and long enough not to flood a server that is restarting. */
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(250);

    private final DataSource dataSource;
    private final Map<TaskId, Set<Subscription>> byTask = new ConcurrentHashMap<>();
    private final Set<Subscription> ofStarts = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread listener;
    private volatile @Nullable Connection connection;

    /** Begins to listen; a database that is down is tried again until it answers. */
    public EventFeed(DataSource dataSource) {
        this.dataSource = dataSource;
        this.listener = Thread.ofPlatform().name("titan-event-feed").daemon().start(this::listen);
    }

    /** Tells the listener of this task. Read the table after subscribing, not before, or what is committed between is missed. */
    public Subscription subscribe(TaskId task, FeedListener listener) {
        Subscription subscription = new Subscription(
                listener,
                closing -> byTask.computeIfPresent(task, (id, all) -> {
                    all.remove(closing);
                    return all.isEmpty() ? null : all;
                }));
        byTask.compute(task, (id, all) -> {
            Set<Subscription> subscriptions = all == null ? ConcurrentHashMap.newKeySet() : all;
            subscriptions.add(subscription);
            return subscriptions;
        });
        return subscription;
    }

    /** Calls {@code wake}, on the feed's thread, whenever there may be a task to start or to end before its start. */
    public Subscription subscribeStarts(Runnable wake) {
        Subscription subscription = new Subscription(ignored -> wake.run(), ofStarts::remove);
        ofStarts.add(subscription);
        return subscription;
    }

    /** Returns whether the feed is listening now. */
    public boolean connected() {
        return connection != null;
    }

    @Override
    public void close() {
        closed.countDown();
        Connection current = connection;
        if (current != null) {
            try {
                current.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the listening connection did not close cleanly", e);
            }
        }
        listener.interrupt();
    }

    /** Notifies, at commit, that a task waits to be started. */
    public static void announceStart(JdbcClient jdbc, TaskId task) {
        jdbc.sql("select pg_notify(:channel, :payload)")
                .param("channel", STARTS)
                .param("payload", task.value())
                .query((row, number) -> STARTS)
                .single();
    }

    private void listen() {
        while (closed.getCount() > 0) {
            try (Connection current = dataSource.getConnection()) {
                listenOn(current);
            } catch (SQLException e) {
                if (closed.getCount() > 0) {
                    LOG.warn("not listening for events, trying again: {}", e.getMessage());
                }
            } finally {
                connection = null;
            }
            try {
                if (closed.await(RECONNECT_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void listenOn(Connection current) throws SQLException {
        current.setAutoCommit(true);
        try (Statement statement = current.createStatement()) {
            statement.execute("listen " + EVENTS);
            statement.execute("listen " + STARTS);
            statement.execute("listen " + LiveBroadcast.CHANNEL);
            connection = current;
            wakeEverybody();
            PGConnection postgres = current.unwrap(PGConnection.class);
            while (closed.getCount() > 0) {
                PGNotification[] received = postgres.getNotifications((int) SILENCE_MAX.toMillis());
                if (received.length == 0) {
                    statement.execute("select 1");
                }
                for (PGNotification notification : received) {
                    wake(notification);
                }
            }
        }
    }

    private void wakeEverybody() {
        byTask.values().forEach(all -> all.forEach(EventFeed::wake));
        ofStarts.forEach(EventFeed::wake);
    }

    private static void wake(Subscription subscription) {
        subscription.listener().grown(FeedListener.ANYWHERE);
    }

    private void wake(PGNotification notification) {
        if (notification.getName().equals(STARTS)) {
            ofStarts.forEach(EventFeed::wake);
            return;
        }
        String[] parts = notification.getParameter().split(" ", 2);
        Set<Subscription> subscriptions = byTask.getOrDefault(new TaskId(parts[0]), Set.of());
        if (subscriptions.isEmpty()) {
            return;
        }
        if (notification.getName().equals(LiveBroadcast.CHANNEL)) {
            LivePayload.read(parts[1])
                    .ifPresent(event -> subscriptions.forEach(
                            subscription -> subscription.listener().live(event)));
        } else {
            long seq = Long.parseLong(parts[1]);
            subscriptions.forEach(subscription -> subscription.listener().grown(seq));
        }
    }
}
