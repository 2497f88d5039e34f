package dev.titan.dev.postgres;

import dev.titan.dev.EmbeddedStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whose rights PostgreSQL runs with: it refuses to run as root, so root lends it an unprivileged user id by util-linux's
 * {@code setpriv}.
 */
sealed interface PostgresAccount {

    /** The user that runs Titan, who is not root. */
    record Own() implements PostgresAccount {
        @Override
        public List<String> as(List<String> command) {
            return command;
        }

        @Override
        public void own(Path tree) {
            // Whoever created it owns it.
        }
    }

    /**
     * Another user id without any right of root's, but for one where it is needed: a home below {@code /root} cannot be
     * reached by others, so there the process keeps the capability to read and pass directories.
     *
     * @param uid user and group id
     * @param capability as {@code setpriv} names it; empty when the data directory can be reached without
     */
    record Lent(int uid, String capability) implements PostgresAccount {

        @Override
        public List<String> as(List<String> command) {
            List<String> line = new ArrayList<>(
                    List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--no-new-privs"));
            if (capability.isEmpty()) {
                line.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
            } else {
                // no_setuid_fixup: without it access(2), which PostgreSQL asks about its own program, ignores
                // capabilities.
                line.addAll(List.of(
                        "--securebits=+no_setuid_fixup",
                        "--inh-caps=-all,+" + capability,
                        "--ambient-caps=-all,+" + capability,
                        "--bounding-set=-all,+" + capability));
            }
            line.add("--");
            line.addAll(command);
            return List.copyOf(line);
        }

        @Override
        public void own(Path tree) throws IOException {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Titan's own, beside 10001 of the sandboxes; needs no entry in {@code /etc/passwd}. */
    int SERVER_UID = 10002;

    /** {@code nobody}: initdb, unlike the server, insists on a user that has a name. */
    int INITDB_UID = 65534;

    /** Returns the command line that runs the command with the account's rights. */
    List<String> as(List<String> command);

    /** Gives the files below (and with) that path to the account. */
    void own(Path tree) throws IOException;

    /** Returns the account of a server that needs to reach those directories: its programs, its data. */
    static PostgresAccount server(Path... directories) throws IOException {
        return root() ? new Lent(SERVER_UID, capability(directories)) : new Own();
    }

    /** Returns the account of an initdb that needs to reach those directories. */
    static PostgresAccount initdb(Path... directories) throws IOException {
        return root() ? new Lent(INITDB_UID, capability(directories)) : new Own();
    }

    private static boolean root() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private static String capability(Path... directories) throws IOException {
        for (Path directory : directories) {
            for (Path path = directory.toRealPath(); path != null; path = path.getParent()) {
                if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return heldCapability(directory);
                }
            }
        }
        return "";
    }

    /** Containers often lack the narrower of the two. */
    private static String heldCapability(Path directory) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(it -> it.startsWith("CapEff:"))
                .findFirst()
                .orElseThrow();
        long held = Long.parseUnsignedLong(line.substring("CapEff:".length()).trim(), 16);
        final long dacOverride = 1 << 1;
        final long dacReadSearch = 1 << 2;
        if ((held & dacReadSearch) != 0) {
            return "dac_read_search";
        }
        if ((held & dacOverride) != 0) {
            return "dac_override";
        }
        throw new EmbeddedStackException(
                "PostgreSQL cannot run as root, and no other user may enter %s. Set TITAN_HOME to a directory that others may enter, or run Titan as an ordinary user."
                        .formatted(directory));
    }
}
