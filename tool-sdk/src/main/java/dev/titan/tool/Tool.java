package dev.titan.tool;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import java.util.Set;

/**
 * A capability the model may use. One instance serves every task at once, so it keeps no state between calls. A tool
 * that fails answers with {@link ToolResult.Failed}, which the model can act on; it throws only for trouble the model
 * can do nothing about.
 *
 * @param <A> the arguments: a record, from which the JSON Schema shown to the model is derived
 */
public interface Tool<A extends Record> {

    /** Returns the name the model uses, {@code [a-z][a-z0-9_]{0,39}}; also the activity type in Temporal. */
    String name();

    /** Returns the text the model reads: imperative, with every limit it should know. */
    String description();

    /** Returns the record the arguments are read into. */
    Class<A> argumentsType();

    /** Returns what repeating a call would do. */
    EffectClass effect();

    /** Returns where a call has to run. */
    ToolPlace place();

    /** Returns whether calls may run beside other calls of the same turn. */
    boolean parallelSafe();

    /** Returns what the tool touches, for policies. */
    default Set<ToolTrait> traits() {
        return Set.of();
    }

    /** Does it. Called again with the same effect id after a crash, as {@link #effect()} allows. */
    ToolResult run(A arguments, ToolContext context);
}
