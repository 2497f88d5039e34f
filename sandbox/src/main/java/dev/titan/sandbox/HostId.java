package dev.titan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of this host, made once and kept in Titan's home. It names the task queue of calls into the sandboxes of this
 * host and marks the sandboxes that are its own.
 *
 * @param value {@code host-} and 12 hexadecimal digits
 */
public record HostId(String value) {

    private static final Pattern SHAPE = Pattern.compile("host-[0-9a-f]{12}");

    public HostId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a host id: '%s'".formatted(value));
        }
    }

    /** Reads the id of this host, making it when there is none. Processes that start at once agree on one. */
    public static HostId of(TitanHome home) {
        try {
            Files.createDirectories(home.path());
            if (!Files.exists(home.hostIdFile())) {
                make(home);
            }
            return new HostId(Files.readString(home.hostIdFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make " + home.hostIdFile(), e);
        }
    }

    /** Written aside and linked into place, so that nobody reads half an id and the first one wins. */
    private static void make(TitanHome home) throws IOException {
        String digits = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Path draft = Files.createTempFile(home.path(), "host-id", ".draft");
        try {
            Files.writeString(draft, "host-" + digits + "\n");
            Files.createLink(home.hostIdFile(), draft);
        } catch (FileAlreadyExistsException other) {
            // Another process was first: its id is the host's.
        } finally {
            Files.delete(draft);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
