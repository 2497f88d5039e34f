package dev.titan.testing.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that belong to a Titan home or to a test, found by what their command lines say. */
public final class HomeProcesses {

    private HomeProcesses() {}

    /** Returns the processes whose command line contains the home's path and this text. */
    public static List<ProcessHandle> running(Path home, String text) {
        return mentioning(home.toString()).stream()
                .filter(process -> commandLine(process).contains(text))
                .toList();
    }

    /**
     * Returns the processes whose command line contains this text, those inside sandboxes included: they are processes
     * of this machine.
     */
    public static List<ProcessHandle> mentioning(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> commandLine(process).contains(text))
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
