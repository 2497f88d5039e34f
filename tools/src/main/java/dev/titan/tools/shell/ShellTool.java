package dev.titan.tools.shell;

import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import dev.titan.tool.ToolTrait;
import dev.titan.tools.shell.policy.CommandPolicy;
import dev.titan.tools.shell.policy.CommandVerdict;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a bash command line in the workspace and waits for its end. A repeat with the same effect id attaches to the
 * running command or returns how it ended; nothing runs twice. Commands the policy forbids are answered, not run.
 */
public final class ShellTool implements Tool<ShellArguments> {

    private final CommandPolicy policy;

    public ShellTool(CommandPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String description() {
        return """
                Run a bash command line in the sandbox and get its exit status and output.
                - Runs in /work, the task's workspace; files persist between calls, shell variables and cd do not.
                - Standard output and standard error come back together, at most 10,000 characters: the beginning and the end are kept.
                - After timeout_s seconds (default 30, at most 3600) the command and every process it started are killed.
                - There is no terminal and no standard input: use non-interactive options (-y, --yes, CI=1).
                - Do not start servers in the foreground. To test one: start it with &, wait for it, call it and kill it in one command line.
                """;
    }

    @Override
    public Class<ShellArguments> argumentsType() {
        return ShellArguments.class;
    }

    @Override
    public EffectClass effect() {
        return EffectClass.SANDBOX;
    }

    @Override
    public ToolPlace place() {
        return ToolPlace.SANDBOX;
    }

    @Override
    public boolean parallelSafe() {
        return false;
    }

    @Override
    public Set<ToolTrait> traits() {
        return Set.of(ToolTrait.READS_UNTRUSTED_CONTENT);
    }

    @Override
    public ToolResult run(ShellArguments arguments, ToolContext context) {
        return switch (policy.judge(arguments.command())) {
            case CommandVerdict.Denied(String rule, String why) ->
                new ToolResult.Failed(
                        FailureKind.DENIED,
                        "The command was not run; the policy '%s' forbids it. %s".formatted(rule, why));
            case CommandVerdict.Allowed() ->
                ExecRendering.of(context.workspace().exec(context.effect(), command(arguments), context.viewers()));
        };
    }

    private static ExecCommand command(ShellArguments arguments) {
        return new ExecCommand(
                List.of("/bin/bash", "-c", arguments.command()),
                arguments.workdir() == null ? Workspace.ROOT : arguments.workdir(),
                arguments.env() == null ? Map.of() : arguments.env(),
                arguments.timeout(),
                "");
    }
}
