package dev.titan.tools.ask;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;

/** Asks the user something. The loop waits for the answer, for days if need be; nothing runs meanwhile. */
public final class AskUserTool implements Tool<AskUserArguments> {

    @Override
    public String name() {
        return "ask_user";
    }

    @Override
    public String description() {
        return """
                Ask the user a question and wait for the answer, which may take days.
                - Ask only for what nobody but the user can know or decide; find out everything else yourself.
                """;
    }

    @Override
    public Class<AskUserArguments> argumentsType() {
        return AskUserArguments.class;
    }

    @Override
    public EffectClass effect() {
        return EffectClass.PURE;
    }

    @Override
    public ToolPlace place() {
        return ToolPlace.PERSON;
    }

    @Override
    public boolean parallelSafe() {
        return false;
    }

    @Override
    public ToolResult run(AskUserArguments arguments, ToolContext context) {
        throw new IllegalStateException("a person answers this, and nothing runs");
    }
}
