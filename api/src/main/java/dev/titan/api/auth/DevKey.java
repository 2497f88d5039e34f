package dev.titan.api.auth;

import dev.titan.store.auth.Scope;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key everybody knows, so that the quick start is one command. It works only where it was switched on and the server
 * listens on loopback alone; anywhere else it is a key like any wrong one.
 */
public final class DevKey {

    /** The key. */
    public static final String VALUE = "dev-key-123";

    /** The organisation of the embedded default, which has one. */
    public static final String ORGANISATION = "org_default";

    /** The user of the embedded default, which has one. */
    public static final String USER = "usr_default";

    private static final Logger LOG = LoggerFactory.getLogger(DevKey.class);

    private final boolean works;

    /**
     * Decides once.
     *
     * @param wanted whether it was switched on ({@code titan.api.dev-key})
     * @param address what the server binds to; absent means every interface
     */
    public DevKey(boolean wanted, @Nullable InetAddress address) {
        this.works = wanted && address != null && address.isLoopbackAddress();
        if (wanted && !works) {
            LOG.warn(
                    "titan.api.dev-key is on and ignored: the server listens on {}, not on loopback only",
                    address == null ? "every interface" : address);
        }
    }

    Optional<Caller> authenticate(String key) {
        boolean same =
                MessageDigest.isEqual(VALUE.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
        return works && same ? Optional.of(new Caller(ORGANISATION, USER, Set.of(Scope.values()))) : Optional.empty();
    }
}
