package dev.titan.e2e.airline;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import dev.titan.tool.ToolTrait;
import java.util.Set;

/**
 * One tool of the desk: its arguments go to the airline as they are, and the answer comes back as it is.
 *
 * @param name what the airline calls it too
 * @param description what the model reads
 * @param argumentsType its arguments
 * @param effect what it promises; with {@link EffectClass#IDEMPOTENT} the airline is given a key
 * @param line to the airline
 */
record DeskTool<A extends Record>(
        String name, String description, Class<A> argumentsType, EffectClass effect, DeskLine line) implements Tool<A> {

    private static final String REFUSED = "Error: ";

    @Override
    public ToolPlace place() {
        return ToolPlace.WORKER;
    }

    @Override
    public boolean parallelSafe() {
        return effect == EffectClass.PURE;
    }

    @Override
    public Set<ToolTrait> traits() {
        return effect == EffectClass.PURE ? Set.of(ToolTrait.READS_PRIVATE_DATA) : Set.of(ToolTrait.ACTS_OUTSIDE);
    }

    @Override
    public ToolResult run(A arguments, ToolContext context) {
        String answer = line.ask(name, arguments, context.effect(), effect == EffectClass.IDEMPOTENT);
        return answer.startsWith(REFUSED)
                ? new ToolResult.Failed(FailureKind.FAILED, answer)
                : new ToolResult.Succeeded(answer);
    }
}
