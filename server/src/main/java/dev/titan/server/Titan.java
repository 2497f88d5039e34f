package dev.titan.server;

import dev.titan.cli.TitanCommand;
import dev.titan.server.doctor.DoctorCommand;
import dev.titan.server.up.LocalServer;
import dev.titan.server.up.UpCommand;
import picocli.CommandLine;

/** The main of the one jar: the command line, with the server inside. */
public final class Titan {

    /**
     * Loading a class pins a virtual thread to its carrier, and the reader of Spring Boot's nested jars can wait for a
     * carrier while it holds the lock that class loading needs (spring-boot#51463). With one carrier for each processor
     * that was a deadlock at start on a machine with two; class loading never keeps this many busy at once.
     */
    private static final int CARRIERS = 128;

    private Titan() {}

    public static void main(String[] arguments) {
        // Read once, by the first virtual thread.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(CARRIERS));
        CommandLine root = TitanCommand.create(new LocalServer());
        root.addSubcommand(new UpCommand());
        root.addSubcommand(new DoctorCommand());
        System.exit(root.execute(arguments));
    }
}
