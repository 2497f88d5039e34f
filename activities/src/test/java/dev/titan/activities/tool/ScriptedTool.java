package dev.titan.activities.tool;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A tool that does what the test says, and remembers under which keys it was run. */
final class ScriptedTool implements Tool<ScriptedTool.Arguments> {

    /**
     * The arguments.
     *
     * @param text given back
     */
    public record Arguments(String text) {}

    private final EffectClass effect;
    private final Function<ToolContext, ToolResult> script;
    private final List<EffectId> runs = new CopyOnWriteArrayList<>();

    ScriptedTool(EffectClass effect, Function<ToolContext, ToolResult> script) {
        this.effect = effect;
        this.script = script;
    }

    /** Returns the keys of the runs so far, in order. */
    List<EffectId> runs() {
        return List.copyOf(runs);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String description() {
        return "Do what the test says.";
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public EffectClass effect() {
        return effect;
    }

    @Override
    public ToolPlace place() {
        return ToolPlace.WORKER;
    }

    @Override
    public boolean parallelSafe() {
        return true;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) {
        runs.add(context.effect());
        return script.apply(context);
    }
}
