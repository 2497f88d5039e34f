package dev.titan.api;

import dev.titan.api.health.Dependency;
import dev.titan.api.task.TaskCommands;
import dev.titan.api.task.TemporalUnavailableException;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for Temporal, which can be up or down and remembers what it was asked. */
final class TestTemporal implements TaskCommands, Dependency {

    private final List<TaskId> cancelled = new CopyOnWriteArrayList<>();
    private final List<Command> given = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
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

    /** What the next command is answered; without one it is taken. */
    void answers(Answer answer) {
        answers.add(answer);
    }

    List<Command> given() {
        return List.copyOf(given);
    }

    @Override
    public Answer steer(TaskId task, CommandId id, Command command) {
        if (!up) {
            throw new TemporalUnavailableException("down", new IllegalStateException("switched off by the test"));
        }
        given.add(command);
        Answer answer = answers.poll();
        return answer == null ? new Answer.Taken() : answer;
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
