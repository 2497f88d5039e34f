package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Whether programs start from a directory.
 *
 * @param directory the directory
 * @param wanted whether they should
 */
record RunsFrom(Path directory, boolean wanted) implements Probe {

    @Override
    public String name() {
        return directory.getFileName() + (wanted ? "_runs_programs" : "_runs_nothing");
    }

    @Override
    public String checks() {
        return "programs %s from %s".formatted(wanted ? "start" : "do not start", directory);
    }

    @Override
    public Verdict run() throws IOException {
        Path program = Files.createTempFile(directory, "selftest", ".sh");
        try {
            Files.writeString(program, "#!/bin/sh\nexit 0\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return starts(program) == wanted ? Verdict.holds("as it should be") : Verdict.fails(wanted ? "no" : "yes");
        } finally {
            Files.delete(program);
        }
    }

    private static boolean starts(Path program) {
        try {
            return Children.run(program.toString()).status() == 0;
        } catch (IOException refused) {
            return false;
        }
    }
}
