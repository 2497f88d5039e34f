package dev.titan.sandbox.egress;

import dev.titan.contracts.event.TaskEvent.EgressDecided;
import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A proxy on a socket in a directory of a test, and what it told its journal. */
final class TestedProxy implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final List<EgressDecided> told = new CopyOnWriteArrayList<>();
    private final Path socket;
    private final EgressProxy proxy;

    TestedProxy(Path directory, NetworkPolicy policy, EgressNetwork network, Credentials credentials)
            throws IOException {
        socket = directory.resolve("p");
        proxy = new EgressProxy(new EgressTerms(policy, told::addAll), credentials, network, loop, blocking);
        proxy.listen(loop, socket);
    }

    TestedProxy(Path directory, NetworkPolicy policy, EgressNetwork network) throws IOException {
        this(directory, policy, network, Credentials.NONE);
    }

    /** Lists these hosts, on the ports of the web. */
    static NetworkPolicy restricted(EgressLimits limits, String... hosts) {
        return new NetworkPolicy.Restricted(
                Stream.of(hosts).map(HostPattern::parse).toList(), NetworkPolicy.WEB_PORTS, limits);
    }

    static NetworkPolicy proxyOnly(Integer... ports) {
        return new NetworkPolicy.ProxyOnly(List.of(ports), EgressLimits.DEFAULT);
    }

    RawClient client() throws IOException {
        return new RawClient(socket);
    }

    /** Asks over a connection of its own and returns the whole answer. */
    String ask(String... lines) throws IOException {
        try (RawClient client = client()) {
            return client.send(lines).readAll();
        }
    }

    List<EgressDecided> told() {
        return told;
    }

    @Override
    public void close() {
        proxy.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.close();
    }
}
