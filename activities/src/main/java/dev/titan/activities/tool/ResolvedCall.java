package dev.titan.activities.tool;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;

/** A call with its arguments, as far as it can be understood. */
sealed interface ResolvedCall {

    /** Returns the call as asked for. */
    ToolCall call();

    /** Returns what repeating it would do. */
    EffectClass effect();

    /** Does it, or answers why it cannot be done. */
    ToolResult run(ToolContext context);

    /** Returns a result of it with what its reader has to know beside that. */
    default ToolResult noted(ToolResult result) {
        return result;
    }

    /**
     * A call that can be made.
     *
     * @param call as asked for
     * @param tool the tool
     * @param arguments as the tool reads them
     */
    record Ready<A extends Record>(ToolCall call, Tool<A> tool, A arguments) implements ResolvedCall {
        @Override
        public EffectClass effect() {
            return tool.effect();
        }

        @Override
        public ToolResult run(ToolContext context) {
            return tool.run(arguments, context);
        }
    }

    /**
     * A call that cannot be made; the answer says why.
     *
     * @param call as asked for
     * @param answer what the model reads
     */
    record Refused(ToolCall call, ToolResult.Failed answer) implements ResolvedCall {
        @Override
        public EffectClass effect() {
            return EffectClass.PURE;
        }

        @Override
        public ToolResult run(ToolContext context) {
            return answer;
        }
    }

    /**
     * A call whose result is known without making it, most often a person's words.
     *
     * @param call as asked for
     * @param answer what the model reads
     */
    record Answered(ToolCall call, ToolResult answer) implements ResolvedCall {
        @Override
        public EffectClass effect() {
            return EffectClass.PURE;
        }

        @Override
        public ToolResult run(ToolContext context) {
            return answer;
        }
    }

    /**
     * A call that a person has changed.
     *
     * @param changed the call to make instead
     * @param note what the model has to know of that
     */
    record Changed(ResolvedCall changed, String note) implements ResolvedCall {
        @Override
        public ToolCall call() {
            return changed.call();
        }

        @Override
        public EffectClass effect() {
            return changed.effect();
        }

        @Override
        public ToolResult run(ToolContext context) {
            return noted(changed.run(context));
        }

        @Override
        public ToolResult noted(ToolResult result) {
            return ResultNote.add(result, note);
        }
    }
}
