package dev.titan.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. The jar that holds a server adds {@code up} to it. */
@Command(
        name = "titan",
        mixinStandardHelpOptions = true,
        versionProvider = TitanCommand.Version.class,
        description = "A durable backend for autonomous agents.",
        subcommands = CommandLine.HelpCommand.class)
public final class TitanCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec spec;

    private TitanCommand() {}

    /** Returns the command line with {@code run} able to start a server. */
    public static CommandLine create(ServerStarter starter) {
        return create(starter, Output.standard());
    }

    static CommandLine create(ServerStarter starter, Output output) {
        CommandLine root = new CommandLine(new TitanCommand());
        root.addSubcommand(new RunCommand(starter, output));
        CommandLine tasks = new CommandLine(new TasksCommand(output));
        tasks.addSubcommand(new ForkCommand(output));
        tasks.addSubcommand(new RetryCommand(output));
        tasks.addSubcommand(new ApprovalsCommand(output));
        tasks.addSubcommand(new ApproveCommand(output));
        tasks.addSubcommand(new DenyCommand(output));
        root.addSubcommand(tasks);
        root.setExecutionExceptionHandler((failure, command, _) -> switch (failure) {
            case ApiException expected -> {
                command.getErr().println("titan: " + SafeText.of(String.valueOf(expected.getMessage())));
                yield ExitCode.FAILED;
            }
            case ServerStartException refused -> {
                command.getErr().println("titan: " + SafeText.of(String.valueOf(refused.getMessage())));
                yield ExitCode.FAILED;
            }
            case InterruptedException _ -> ExitCode.CANCELLED;
            default -> throw failure;
        });
        return root;
    }

    @Command(name = "version", description = "Print the version.")
    int version() {
        spec.commandLine().printVersionHelp(spec.commandLine().getOut());
        return ExitCode.SUCCEEDED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: titan run \"your goal\"");
    }

    /** The version as the build writes it into the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = TitanCommand.class.getPackage().getImplementationVersion();
            return new String[] {"titan " + (version == null ? "(from sources)" : version)};
        }
    }
}
