package dev.titan.cli;

import dev.titan.contracts.event.LiveEvent;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Follows a task from its first event to its last, or until it waits for a person: each event once and in order. They
 * come over the WebSocket; where that cannot be had, or breaks off, from the list of events, beginning after the last one
 * seen. Used by one thread.
 */
final class EventStream {

    /** Between two attempts to reach the server: short beside a restart, long beside a request. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Once a second is what a running clock needs. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** The server pings every 20 s; three times that without a word is a connection that is gone. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    /** A handshake is answered at once or not at all. */
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    /** Far above the largest event; a message without end is not one of ours. */
    private static final int MESSAGE_CHARS_MAX = 16 << 20;

    private static final Set<String> AT_REST = Set.of("waiting", "paused");

    private final TitanApi api;
    private final String task;
    private final Duration patience;
    private long seen;
    private boolean done;

    /**
     * A stream from the first event on.
     *
     * @param patience how long nobody may answer before that is an error
     */
    EventStream(TitanApi api, String task, Duration patience) {
        this.api = api;
        this.task = task;
        this.patience = patience;
    }

    /** Who looks at the events; called by the thread that follows. */
    interface Watcher {

        /** The next event. */
        void event(ReceivedEvent event);

        /** A passing word. */
        void said(LiveEvent event);

        /** Time has passed. */
        void tick();

        /** Nobody answers; it goes on when somebody does. */
        void lost();
    }

    /** Returns when the task has ended, or rests; a refusal or a long silence is an {@link ApiException}. */
    void follow(Watcher watcher) throws InterruptedException {
        Instant contact = Instant.now();
        boolean told = false;
        while (!done) {
            boolean heard = listen(watcher);
            if (!done && catchUp(watcher)) {
                heard = true;
            }
            if (heard) {
                contact = Instant.now();
                told = false;
            } else if (contact.plus(patience).isBefore(Instant.now())) {
                throw new ApiException.Unreachable(
                        "No server answers at %s any more. The task goes on when one is back: ./titan tasks get %s"
                                .formatted(api.base(), task));
            } else if (!told) {
                watcher.lost();
                told = true;
            }
            if (!done) {
                watcher.tick();
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    /** Follows the WebSocket until it ends; returns whether there was one. */
    private boolean listen(Watcher watcher) throws InterruptedException {
        Socket socket = new Socket();
        CompletableFuture<WebSocket> opening = api.stream(task, seen, socket);
        try {
            WebSocket open = opening.get(HANDSHAKE_MAX.toSeconds(), TimeUnit.SECONDS);
            try {
                read(socket, open, watcher);
            } finally {
                open.abort();
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            opening.cancel(true);
            return false; // the list of events says whether the server is there, and what it has against us
        }
    }

    private void read(Socket socket, WebSocket open, Watcher watcher) throws InterruptedException {
        Instant lastWord = Instant.now();
        while (!done) {
            Arrival arrival = socket.arrivals.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            switch (arrival) {
                case Arrival.Event(ReceivedEvent event) -> {
                    accept(event, watcher);
                    open.request(1);
                }
                case Arrival.End() -> {
                    return;
                }
                case null -> {
                    watcher.tick();
                    if (socket.lastPing.isAfter(lastWord)) {
                        lastWord = socket.lastPing;
                    }
                    if (lastWord.plus(SILENCE_MAX).isBefore(Instant.now())) {
                        return;
                    }
                    continue;
                }
            }
            lastWord = Instant.now();
        }
    }

    /** Reads what the list has beyond what was seen; returns whether a server answered. */
    private boolean catchUp(Watcher watcher) throws InterruptedException {
        try {
            List<ReceivedEvent> page;
            do {
                page = api.events(task, seen);
                for (ReceivedEvent event : page) {
                    accept(event, watcher);
                }
            } while (!page.isEmpty() && !done);
            return true;
        } catch (ApiException.Unreachable e) {
            return false;
        }
    }

    private void accept(ReceivedEvent event, Watcher watcher) throws InterruptedException {
        if (event.isPassing()) {
            event.live().ifPresent(watcher::said);
            return;
        }
        if (event.seq() <= seen) {
            return;
        }
        seen = event.seq();
        watcher.event(event);
        done = event.isLast() || (event.mayRest() && rests());
    }

    private boolean rests() throws InterruptedException {
        return AT_REST.contains(api.task(task).path("status").asString(""));
    }

    private sealed interface Arrival {

        record Event(ReceivedEvent event) implements Arrival {}

        record End() implements Arrival {}
    }

    /**
     * Puts what arrives where the following thread takes it. The next message is asked for when this one was shown, so
     * no more than one waits.
     */
    private static final class Socket implements WebSocket.Listener {

        private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private volatile Instant lastPing = Instant.now();

        @Override
        public @Nullable CompletableFuture<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (text.length() > MESSAGE_CHARS_MAX) {
                arrivals.add(new Arrival.End());
            } else if (last) {
                arrivals.add(arrival(text.toString()));
                text.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }

        private static Arrival arrival(String message) {
            try {
                return new Arrival.Event(ReceivedEvent.parse(message));
            } catch (JacksonException e) {
                return new Arrival.End();
            }
        }

        @Override
        public @Nullable CompletableFuture<?> onPing(WebSocket socket, ByteBuffer message) {
            lastPing = Instant.now();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletableFuture<?> onClose(WebSocket socket, int status, String reason) {
            arrivals.add(new Arrival.End());
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            arrivals.add(new Arrival.End());
        }
    }
}
