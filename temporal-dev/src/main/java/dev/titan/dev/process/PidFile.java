package dev.titan.dev.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a child left behind to be found again by: boot id, fingerprint of its command, and its own line of
 * {@code /proc/<pid>/stat}, one per line. The child writes it itself, before it becomes the program it is meant to be
 * (see {@link Launch}), so there is no moment in which it runs and cannot be found.
 */
record PidFile(Path path) {

    PidFile {
        requireNonNull(path, "path is null");
    }

    /** Returns who was started last, running or not; empty when nothing readable is there. */
    Optional<Entry> read() {
        try {
            List<String> lines = Files.readAllLines(path);
            return lines.size() < 3
                    ? Optional.empty()
                    : ProcessIdentity.parse(lines.get(2), lines.get(0))
                            .map(identity -> new Entry(identity, lines.get(1)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** A started child: who it is, and the fingerprint of the command it was started with. */
    record Entry(ProcessIdentity identity, String fingerprint) {}
}
