package dev.titan.server;

import dev.titan.cli.TitanCommand;
import dev.titan.server.up.LocalServer;
import dev.titan.server.up.UpCommand;
import picocli.CommandLine;

/** The main of the one jar: the command line, with the server inside. */
public final class Titan {

    private Titan() {}

    public static void main(String[] arguments) {
        CommandLine root = TitanCommand.create(new LocalServer());
        root.addSubcommand(new UpCommand());
        System.exit(root.execute(arguments));
    }
}
