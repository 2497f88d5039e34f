package dev.titan.testing.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that belong to a Titan home, found by its path on their command lines. */
public final class HomeProcesses {

    private HomeProcesses() {}

    /** Returns the processes whose command line contains the home's path and this text. */
    public static List<ProcessHandle> running(Path home, String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    String line = commandLine(process);
                    return line.contains(home.toString()) && line.contains(text);
                })
                .toList();
    }

    /** Ends every process of the home, hard. */
    static void kill(Path home) {
        running(home, "").forEach(ProcessHandle::destroyForcibly);
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
