package dev.titan.e2e;

import dev.titan.e2e.airline.FarSide;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The desks of the airline, one for each task. A call can be held there at the worst place, where it has taken effect and
 * nobody knows it yet, until the process that made it is dead.
 */
final class Desks implements FarSide.Visitors {

    /** No call of the desk is held. */
    static final int NONE = 0;

    /** A task may call before who submitted it knows its id. */
    private static final int KNOWN_SECONDS_MAX = 30;

    private final Kills kills;
    private final Map<String, CompletableFuture<Desk>> desks = new ConcurrentHashMap<>();
    private final Map<String, String> held = new ConcurrentHashMap<>();

    Desks(Kills kills) {
        this.kills = kills;
    }

    /**
     * A desk.
     *
     * @param heldRow which of its calls that change something is held, counted from 1, or {@link #NONE}
     * @param rows how many there were
     */
    private record Desk(int heldRow, AtomicInteger rows) {}

    /** Opens the desk of a task. */
    void open(String task, int heldRow) {
        desk(task).complete(new Desk(heldRow, new AtomicInteger()));
    }

    /** Returns the call of a task that was held, in the form of its effect id. */
    Optional<String> held(String task) {
        return Optional.ofNullable(held.get(task));
    }

    @Override
    public void tookEffect(String task, String caller) {
        Desk desk = await(task);
        if (desk.rows().incrementAndGet() == desk.heldRow()) {
            held.put(task, caller);
            kills.awaitNext();
        }
    }

    private CompletableFuture<Desk> desk(String task) {
        return desks.computeIfAbsent(task, _ -> new CompletableFuture<>());
    }

    private Desk await(String task) {
        return desk(task).orTimeout(KNOWN_SECONDS_MAX, TimeUnit.SECONDS).join();
    }
}
