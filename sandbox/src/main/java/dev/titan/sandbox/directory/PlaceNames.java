package dev.titan.sandbox.directory;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.WarmId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of places, all of 16 characters, for they are part of a socket's path. They tell nothing, because they can be
 * read inside the sandbox.
 *
 * @param host goes into the names, so that places of two homes never share one
 */
record PlaceNames(HostId host) {

    private static final Pattern PLACE = Pattern.compile("[0-9a-fw][0-9a-f]{15}");

    /** {@code w}, the shape and the number: what waits is found without reading every record. */
    private static final Pattern WARM = Pattern.compile("w([0-9a-f]{7})([0-9a-f]{8})");

    /** Returns whether a directory of that name is a sandbox's place. */
    static boolean isPlace(String name) {
        return PLACE.matcher(name).matches();
    }

    /** Returns which waiting sandbox has a place of that name. */
    static Optional<WarmId> warm(String name) {
        Matcher match = WARM.matcher(name);
        return match.matches() ? Optional.of(new WarmId(match.group(1), match.group(2))) : Optional.empty();
    }

    String of(SandboxId id) {
        return WarmId.of(id).map(warm -> "w" + warm.shape() + warm.number()).orElseGet(() -> hash(id));
    }

    private String hash(SandboxId id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest("%s/%s".formatted(host, id).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
