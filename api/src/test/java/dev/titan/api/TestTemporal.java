package dev.titan.api;

import dev.titan.api.health.Dependency;
import dev.titan.api.task.TaskCommands;
import dev.titan.api.task.TemporalUnavailableException;
import dev.titan.contracts.task.TaskId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for Temporal, which can be up or down and remembers what it was asked. */
final class TestTemporal implements TaskCommands, Dependency {

    private final List<TaskId> cancelled = new CopyOnWriteArrayList<>();
    private volatile boolean up = true;

    void up(boolean value) {
        up = value;
    }

    List<TaskId> cancelled() {
        return List.copyOf(cancelled);
    }

    @Override
    public void cancel(TaskId task) {
        if (!up) {
            throw new TemporalUnavailableException("down", new IllegalStateException("switched off by the test"));
        }
        cancelled.add(task);
    }

    @Override
    public String name() {
        return "temporal";
    }

    @Override
    public State state() {
        return up ? new State.Up() : new State.Down("switched off by the test");
    }
}
