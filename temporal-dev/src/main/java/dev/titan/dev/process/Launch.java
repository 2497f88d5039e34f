package dev.titan.dev.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a child that does not depend on its parent: own session (no Ctrl-C of the parent's terminal reaches it), output
 * to a file, no inherited environment, pid file written by itself before it becomes the program.
 */
final class Launch {

    /** A log above this size is set aside once at the next start; two of them are plenty for a look back. */
    private static final long LOG_BYTES_MAX = 20_000_000;

    /**
     * {@code $1} pid file, {@code $2} fingerprint, then the command. {@code $$} survives {@code exec}, start time too.
     */
    private static final String WRITE_PID_THEN_BECOME = """
            read -r boot < /proc/sys/kernel/random/boot_id
            read -r stat < /proc/$$/stat
            printf '%s\\n%s\\n%s\\n' "$boot" "$2" "$stat" > "$1.new" && mv "$1.new" "$1" || exit 71
            shift 2
            exec "$@"
            """;

    private Launch() {}

    /** Starts the child and returns at once. */
    static Process detached(ChildSpec spec) throws IOException {
        Files.createDirectories(spec.log().toAbsolutePath().getParent());
        Files.createDirectories(spec.pidFile().toAbsolutePath().getParent());
        setAsideWhenLarge(spec.log());
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", WRITE_PID_THEN_BECOME, "titan-child"));
        command.add(spec.pidFile().toString());
        command.add(spec.fingerprint());
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                // Not the parent's, which may be a directory that somebody wants to unmount or delete.
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        return builder.start();
    }

    private static void setAsideWhenLarge(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
