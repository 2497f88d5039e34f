package dev.titan.contracts.tool;

/**
 * What the loop needs to know of a call; its arguments stay in the store.
 *
 * @param tool the activity type to use, which is the tool's name, or {@link #UNKNOWN_TOOL} for a name that does not exist
 * @param call the index of the call within its turn, from 0
 * @param argumentsHash the first 16 hexadecimal digits of the SHA-256 over tool and canonical arguments
 * @param effect what repeating it would do
 * @param place where it has to run
 * @param parallelSafe whether it may run beside other calls of the same turn
 * @param risky whether it acts outside of the sandbox or cannot be undone
 */
public record CallOutline(
        String tool,
        int call,
        String argumentsHash,
        EffectClass effect,
        ToolPlace place,
        boolean parallelSafe,
        boolean risky) {

    /** Stands for any tool name the registry does not know; the dispatch answers with a failure the model can read. */
    public static final String UNKNOWN_TOOL = "unknown_tool";
}
