package dev.titan.tools.shell;

import dev.titan.contracts.sandbox.CommandProgress.State;
import dev.titan.contracts.sandbox.CommandReply;
import dev.titan.contracts.sandbox.CommandSignal;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.RunningCommand.InputAfter;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import dev.titan.tool.ToolTrait;
import dev.titan.tools.output.HeadAndTail;
import dev.titan.tools.shell.policy.CommandPolicy;
import dev.titan.tools.shell.policy.CommandVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks after the commands that {@link ShellTool} started in the background: reads what they print, types into them,
 * signals them, ends them. A repeat with the same effect id types and signals nothing again. Text the policy forbids as a
 * command line is not typed: what reads it may be a shell.
 */
public final class ProcessTool implements Tool<ProcessArguments> {

    /** Those that have ended and are still worth a line. */
    private static final int ENDED_LISTED_MAX = 10;

    /** How every command line is run; what comes behind it is what the model wrote. */
    private static final String SHELL = "/bin/bash -c ";

    private final CommandPolicy policy;

    public ProcessTool(CommandPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return "shell_process";
    }

    @Override
    public String description() {
        return """
                Look after commands that shell started with background: true: read their output, type into them, signal or end them.
                - read answers when the command has printed something and paused, when it has ended, or after wait_s seconds. It shows at most 10,000 characters from offset on, beginning and end; the answer names the offset to read on from.
                - write types text as it is; end it with a line break to send a line. The answer shows what the command printed since.
                - kill ends the command with every process it started. Kill what you no longer need; at most 64 commands run at once.
                - Of the output, the first and the last 64 KiB are kept. Redirect it to a file in /work when you need all of it.
                """;
    }

    @Override
    public Class<ProcessArguments> argumentsType() {
        return ProcessArguments.class;
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

    /** Returns the name a model has for a command: its effect id without the task, which is the same for all of them. */
    static String nameOf(EffectId id) {
        return id.withinTask();
    }

    @Override
    public ToolResult run(ProcessArguments arguments, ToolContext context) {
        String name = arguments.id() == null ? "" : arguments.id();
        return switch (arguments.action()) {
            case LIST -> new ToolResult.Succeeded(list(context));
            case READ -> with(name, context, command -> read(command, arguments, context));
            case WRITE -> with(name, context, command -> write(command, arguments, context));
            case SIGNAL -> with(name, context, command -> signal(command, arguments, context));
            case KILL ->
                with(
                        name,
                        context,
                        command -> new ToolResult.Succeeded("%s has ended: %s"
                                .formatted(
                                        name,
                                        ExecRendering.status(command.kill().end()))));
        };
    }

    private static ToolResult with(String name, ToolContext context, Function<RunningCommand, ToolResult> action) {
        Optional<RunningCommand> command = parse(context.effect().task(), name).flatMap(context.workspace()::command);
        return command.isPresent()
                ? action.apply(command.get())
                : new ToolResult.Failed(
                        FailureKind.NOT_FOUND,
                        "There is no command '%s' here. Use action list to see those there are; commands do not survive the loss of their sandbox."
                                .formatted(name));
    }

    private static ToolResult read(RunningCommand command, ProcessArguments arguments, ToolContext context) {
        long offset = arguments.offset() == null ? 0 : arguments.offset();
        return new ToolResult.Succeeded(
                shown(command, OutputView.look(command, offset, arguments.patience(), context.viewers())));
    }

    private ToolResult write(RunningCommand command, ProcessArguments arguments, ToolContext context) {
        String text = arguments.text() == null ? "" : arguments.text();
        if (policy.judge(text) instanceof CommandVerdict.Denied(String rule, String why)) {
            return new ToolResult.Failed(
                    FailureKind.DENIED, "The text was not typed; the policy '%s' forbids it. %s".formatted(rule, why));
        }
        InputAfter after = Boolean.TRUE.equals(arguments.closeInput()) ? InputAfter.CLOSED : InputAfter.OPEN;
        return doing(
                command,
                arguments,
                context,
                () -> command.write(context.effect(), text.getBytes(StandardCharsets.UTF_8), after));
    }

    private static ToolResult signal(RunningCommand command, ProcessArguments arguments, ToolContext context) {
        CommandSignal signal = Objects.requireNonNull(arguments.signal(), "checked with the arguments");
        return doing(command, arguments, context, () -> command.signal(context.effect(), signal));
    }

    /** Does something to a command and shows what it prints from then on. */
    private static ToolResult doing(
            RunningCommand command, ProcessArguments arguments, ToolContext context, Supplier<CommandReply> deed) {
        long before = command.read(Long.MAX_VALUE, Duration.ZERO).nextOffset();
        return switch (deed.get()) {
            case CommandReply.Refused(String message) ->
                new ToolResult.Failed(
                        FailureKind.FAILED, "Nothing was done to %s: %s.".formatted(nameOf(command.id()), message));
            case CommandReply.Done() ->
                new ToolResult.Succeeded(
                        shown(command, OutputView.look(command, before, arguments.patience(), context.viewers())));
        };
    }

    /** Times are left out, so that the same outcome is the same text, which the loop guard relies on. */
    static String shown(RunningCommand command, OutputView.Seen seen) {
        String name = nameOf(command.id());
        String status = switch (seen.state()) {
            case State.Running(Duration since) ->
                "%s is running; read on with offset %d".formatted(name, seen.nextOffset());
            case State.Over(ExecResult result) ->
                "%s has ended: %s".formatted(name, ExecRendering.status(result.end()));
        };
        String output = seen.output().render(HeadAndTail.CHARS_MAX - status.length() - 1);
        return status + "\n" + (output.isEmpty() ? "(no new output)" : output);
    }

    /** The sandbox has run other commands too, before the task had it. */
    private static String list(ToolContext context) {
        List<CommandSummary> commands = context.workspace().commands().stream()
                .filter(command -> command.id().task().equals(context.effect().task()))
                .toList();
        List<CommandSummary> running =
                commands.stream().filter(command -> command.end() == null).toList();
        String lines = Stream.concat(
                        running.stream(),
                        commands.stream()
                                .filter(command -> command.end() != null)
                                .limit(ENDED_LISTED_MAX))
                .map(ProcessTool::line)
                .collect(Collectors.joining("\n"));
        return "%d running\n%s".formatted(running.size(), lines).strip();
    }

    private static String line(CommandSummary command) {
        String state = command.end() == null
                ? "running, %d processes".formatted(command.processes())
                : ExecRendering.status(command.end());
        String commandLine = command.commandLine().startsWith(SHELL)
                ? command.commandLine().substring(SHELL.length())
                : command.commandLine();
        return String.format(
                Locale.ROOT,
                "%s  %s, %,d bytes of output: %s",
                nameOf(command.id()),
                state,
                command.bytesTotal(),
                commandLine.replaceAll("\\s+", " "));
    }

    private static Optional<EffectId> parse(TaskId task, String name) {
        try {
            return Optional.of(EffectId.parse("%s/%s".formatted(task, name.strip())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
