package dev.titan.tools.shell;

import dev.titan.contracts.sandbox.CommandProgress;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.RunningCommand;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a bash command line in the workspace and waits for its end, or leaves it running in the background. A repeat with the same effect id attaches to the
 * running command or returns how it ended; nothing runs twice. Commands the policy forbids are answered, not run.
 */
public final class ShellTool implements Tool<ShellArguments> {

    /** Long enough for a command that cannot work to say so. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

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
                - For servers, watchers and programs that ask questions use background: true. The answer shows the first output and an id for shell_process, which reads on, types and ends it.
                - Do not start servers in the foreground. With & what they print is lost.
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
                arguments.inBackground()
                        ? background(arguments, context)
                        : ExecRendering.of(
                                context.workspace().exec(context.effect(), command(arguments), context.viewers()));
        };
    }

    /** One that ends at once, most often because of a mistake in the command line, is answered as if it was waited for. */
    private static ToolResult background(ShellArguments arguments, ToolContext context) {
        RunningCommand command = context.workspace().start(context.effect(), command(arguments));
        OutputView.Seen seen = OutputView.look(command, 0, FIRST_LOOK, context.viewers());
        return switch (seen.state()) {
            case CommandProgress.State.Over(ExecResult result) -> ExecRendering.of(result);
            case CommandProgress.State.Running running -> new ToolResult.Succeeded(ProcessTool.shown(command, seen));
        };
    }

    private static ExecCommand command(ShellArguments arguments) {
        return new ExecCommand(
                List.of("/bin/bash", "-c", arguments.command()),
                arguments.workdir() == null ? Workspace.ROOT : arguments.workdir(),
                arguments.env() == null ? Map.of() : arguments.env(),
                arguments.timeout(),
                arguments.input());
    }
}
