package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Limits of each process: open files, and no dumps of memory.
 *
 * @param openFilesMax how many files a process may open
 */
record ResourceLimits(int openFilesMax) implements Probe {

    @Override
    public String name() {
        return "open_files_and_core_limited";
    }

    @Override
    public String checks() {
        return "a process opens at most %d files and leaves no core dump".formatted(openFilesMax);
    }

    @Override
    public Verdict run() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/limits"));
        return Verdict.none(
                lines.stream()
                        .filter(line ->
                                exceeds(line, "Max open files", openFilesMax) || exceeds(line, "Max core file size", 0))
                        .map(line -> line.replaceAll("\\s+", " ").strip())
                        .toList(),
                "soft and hard limits");
    }

    private static boolean exceeds(String line, String limit, long max) {
        if (!line.startsWith(limit)) {
            return false;
        }
        String hard = line.substring(limit.length()).strip().split("\\s+", -1)[1];
        return hard.equals("unlimited") || Long.parseLong(hard) > max;
    }
}
