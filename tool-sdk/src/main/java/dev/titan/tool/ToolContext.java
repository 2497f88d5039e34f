package dev.titan.tool;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;

/** What a tool may do besides computing: the legal verbs and no others. */
public interface ToolContext {

    /**
     * Returns the identity of this call, the same for every attempt. Its text is the key to hand to a far side that
     * recognises repeats, such as the header {@code Idempotency-Key}: that is what makes a tool
     * {@link dev.titan.contracts.tool.EffectClass#IDEMPOTENT}.
     */
    EffectId effect();

    /** Returns the task's workspace; an {@link IllegalStateException} for a tool whose place is the worker. */
    Workspace workspace();

    /**
     * Returns the listener that shows output to the task's viewers while the tool runs. It throws when the task was
     * cancelled, which the tool passes on; call it at least every 500 ms in anything that takes longer.
     */
    Workspace.OutputListener viewers();

    /** Records an event beside the call's own, such as an audit entry. {@code name} is unique within the call. */
    void emit(String name, TaskEvent event);
}
