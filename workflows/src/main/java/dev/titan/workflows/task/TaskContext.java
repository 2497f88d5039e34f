package dev.titan.workflows.task;

import dev.titan.contracts.task.TaskStart;

/**
 * What every part of a task's loop shares.
 *
 * @param start what the task was started with
 * @param version what it must not see change
 * @param outbox events that wait for the next activity
 * @param recorder records them when there is none
 * @param spending what was spent
 * @param standing what users see of the task as a whole
 * @param gate where every call passes
 * @param people whom to ask
 * @param steering what users ask
 */
record TaskContext(
        TaskStart start,
        LoopVersion version,
        Outbox outbox,
        Recorder recorder,
        Spending spending,
        Standing standing,
        Gate gate,
        People people,
        Steering steering) {

    static TaskContext of(TaskStart start) {
        LoopVersion version = new LoopVersion();
        Outbox outbox = new Outbox();
        Recorder recorder = new Recorder(start, outbox);
        Spending spending = new Spending(start);
        Standing standing = new Standing(start, outbox);
        Gate gate = new Gate(start, outbox, recorder, spending, standing, version.mayContinueAsNew());
        People people = new People(start, outbox, gate, standing);
        Steering steering = new Steering(start, outbox, spending, gate, people);
        return new TaskContext(start, version, outbox, recorder, spending, standing, gate, people, steering);
    }
}
