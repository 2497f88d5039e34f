package dev.titan.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. The jar that holds a server adds {@code up} to it. */
@Command(
        name = "titan",
        mixinStandardHelpOptions = true,
        version = "titan 0.1.0",
        description = "A durable backend for autonomous agents.",
        subcommands = {TasksCommand.class, CommandLine.HelpCommand.class})
public final class TitanCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec spec;

    /** Returns the command line with {@code run} able to start a server. */
    public static CommandLine create(ServerStarter starter) {
        CommandLine root = new CommandLine(new TitanCommand());
        root.addSubcommand(new RunCommand(starter));
        root.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof ApiException) {
                command.getErr().println("titan: " + failure.getMessage());
                return ExitCode.FAILED;
            }
            throw failure;
        });
        return root;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: titan run \"your goal\"");
    }
}
