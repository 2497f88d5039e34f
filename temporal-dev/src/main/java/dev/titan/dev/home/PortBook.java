package dev.titan.dev.home;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Remembers which ports a home uses, so that bookmarks, clients and adopted children find them again after every
 * restart. A port is chosen once: the preferred one when it is free, else any free one.
 */
public final class PortBook {

    private static final Logger LOG = LoggerFactory.getLogger(PortBook.class);

    /** Below the range from which Linux hands out ports of outgoing connections (32768 and up), above the well-known. */
    private static final int CHOSEN_MIN = 20_000;

    private static final int CHOSEN_MAX = 30_000;
    private static final int TRIES_MAX = 1_000;

    private final TitanHome home;

    /** Creates the book of that home. */
    public PortBook(TitanHome home) {
        this.home = home;
    }

    /**
     * Returns the home's ports.
     *
     * @param preferred tried first when the home has none yet
     * @param ours tells of a port in use whether it is our own child that uses it, left by a parent that was killed
     */
    public StackPorts ports(StackPorts preferred, IntPredicate ours) throws IOException {
        StackPorts wanted = read().orElse(preferred);
        int temporal = usable(wanted.temporal(), ours, Set.of());
        int ui = usable(wanted.temporalUi(), ours, Set.of(temporal));
        int postgres = usable(wanted.postgres(), ours, Set.of(temporal, ui));
        StackPorts ports = new StackPorts(temporal, ui, postgres);
        write(ports);
        return ports;
    }

    private Optional<StackPorts> read() throws IOException {
        if (!Files.exists(home.ports())) {
            return Optional.empty();
        }
        try {
            return Optional.of(TitanJson.mapper().readValue(Files.readString(home.ports()), StackPorts.class));
        } catch (JacksonException damaged) {
            LOG.warn("{} is unreadable; choosing ports anew", home.ports());
            return Optional.empty();
        }
    }

    private void write(StackPorts ports) throws IOException {
        var next = home.ports().resolveSibling("ports.json.new");
        Files.writeString(next, TitanJson.mapper().writeValueAsString(ports));
        Files.move(next, home.ports(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static int usable(int wanted, IntPredicate ours, Set<Integer> taken) {
        if (wanted != 0 && !taken.contains(wanted) && (free(wanted) || ours.test(wanted))) {
            return wanted;
        }
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int port = ThreadLocalRandom.current().nextInt(CHOSEN_MIN, CHOSEN_MAX);
            if (!taken.contains(port) && free(port)) {
                LOG.debug("port {} cannot be had; using {}", wanted, port);
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + CHOSEN_MIN + " and " + CHOSEN_MAX);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
