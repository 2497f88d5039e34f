package dev.titan.tools.shell.policy;

import java.util.Optional;

/**
 * Judges a bash command line without running it. Words are expanded as bash would, as far as their value can be known;
 * what cannot be known is let through, because the sandbox is the wall and ordinary work must not be stopped. Text that
 * does not parse is judged by the parts that do: bash itself refuses most of it, and the grammar knows a little less
 * than bash. Thread-safe.
 */
public final class CommandPolicy {

    private final BashSyntax syntax;

    public CommandPolicy(BashSyntax syntax) {
        this.syntax = syntax;
    }

    /** Returns the first objection, if there is one. */
    public CommandVerdict judge(String commandLine) {
        Objections objections = new Objections();
        new ScriptWalk(syntax, objections).script(commandLine, new ShellState(), Flow.NOTHING);
        Optional<CommandVerdict.Denied> first = objections.first();
        return first.isPresent() ? first.get() : new CommandVerdict.Allowed();
    }
}
