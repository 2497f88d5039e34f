package dev.titan.activities.tool;

import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolTrait;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/** The tools there are, by name, or those of them a task may use. Immutable; thread-safe. */
public final class ToolRegistry {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private final Map<String, Tool<?>> tools;

    /** Two tools of one name, or a name no activity type can have, are an {@link IllegalArgumentException}. */
    public ToolRegistry(Collection<? extends Tool<?>> tools) {
        this.tools = new LinkedHashMap<>();
        for (Tool<?> tool : tools) {
            String name = tool.name();
            if (!NAME.matcher(name).matches() || name.equals(CallOutline.UNKNOWN_TOOL)) {
                throw new IllegalArgumentException("'%s' cannot be the name of a tool".formatted(name));
            }
            if (this.tools.putIfAbsent(name, tool) != null) {
                throw new IllegalArgumentException("two tools have the name '%s'".formatted(name));
            }
        }
    }

    /** Returns the tools with these names, of those that exist; all of them when the list is empty. */
    public ToolRegistry restrictedTo(List<String> names) {
        return names.isEmpty()
                ? this
                : new ToolRegistry(tools.values().stream()
                        .filter(tool -> names.contains(tool.name()))
                        .toList());
    }

    /** Returns the tool of that name. */
    public Optional<Tool<?>> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** Returns every name, in the order the tools were given. */
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(tools.keySet()));
    }

    /** Returns every tool as a model is shown it, always in the same order so that providers' caches hit. */
    public List<ToolDescription> descriptions() {
        return tools.values().stream()
                .map(tool -> new ToolDescription(
                        tool.name(), tool.description().strip(), ArgumentSchema.of(tool.argumentsType())))
                .toList();
    }

    /**
     * Returns what the loop needs to know of a call. An unknown name becomes {@link CallOutline#UNKNOWN_TOOL}, which the
     * dispatch answers; arguments that do not fit are found out by the dispatch too, so that the model reads why.
     *
     * @param index the index of the call within its turn, from 0
     */
    public CallOutline outline(int index, ToolCall call) {
        String hash = CallHash.ofCall(call.tool(), call.arguments());
        Tool<?> tool = tools.get(call.tool());
        return tool == null
                ? new CallOutline(
                        CallOutline.UNKNOWN_TOOL, index, hash, EffectClass.PURE, ToolPlace.WORKER, true, false)
                : new CallOutline(
                        tool.name(), index, hash, tool.effect(), tool.place(), tool.parallelSafe(), isRisky(tool));
    }

    /** Returns what keeps arguments from fitting a tool; empty when they fit. */
    public Optional<String> problemWith(String tool, Map<String, Object> arguments) {
        Tool<?> known = tools.get(tool);
        if (known == null) {
            return Optional.of("there is no tool '%s'".formatted(tool));
        }
        return switch (ArgumentReader.read(known.argumentsType(), arguments)) {
            case ReadArguments.Fitting<?> _ -> Optional.empty();
            case ReadArguments.Unfitting<?> unfitting -> Optional.of(unfitting.reason());
        };
    }

    private static boolean isRisky(Tool<?> tool) {
        return tool.effect() == EffectClass.ONCE || tool.traits().contains(ToolTrait.ACTS_OUTSIDE);
    }
}
