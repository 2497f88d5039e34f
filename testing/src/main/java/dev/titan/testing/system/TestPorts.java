package dev.titan.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that tests start. */
public final class TestPorts {

    /**
     * Below the ports that the kernel gives to clients, for a client that keeps trying to reach a server that is down would
     * meet itself there; and below those that homes choose for their Temporal and PostgreSQL, which would otherwise be
     * chosen by one home while the server of another, which takes seconds to get that far, has not bound its own yet.
     */
    private static final int MIN = 10_000;

    private static final int MAX = 20_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private TestPorts() {}

    /** Returns a port that is free now and that no other test of this JVM was given. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return port;
                }
            } catch (BindException e) {
                // Somebody has it; the next may be free.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
