package dev.titan.sandbox.egress;

import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the sandboxes of one provider on this host. A proxy lives in the process that opened it; where that has
 * died, the next {@link #ensure} of any process opens another one in its place. Thread-safe.
 */
public final class EgressProxies implements AutoCloseable {

    /** Two processors' worth of copying; what blocks is elsewhere. */
    private static final int THREADS = 2;

    private final SandboxDirectories directories;
    private final Function<TaskId, Optional<EgressTerms>> terms;
    private final Credentials credentials;
    private final EgressNetwork network;
    private final Map<SandboxId, EgressProxy> proxies = new ConcurrentHashMap<>();
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("egress", true), NioIoHandler.newFactory());
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param directories where the provider's sandboxes have their places
     * @param terms what the proxy of a task's sandbox goes by; empty for a task that may have none
     * @param credentials what is added to requests on their way out
     */
    public EgressProxies(
            SandboxDirectories directories, Function<TaskId, Optional<EgressTerms>> terms, Credentials credentials) {
        this(directories, terms, credentials, EgressNetwork.system());
    }

    EgressProxies(
            SandboxDirectories directories,
            Function<TaskId, Optional<EgressTerms>> terms,
            Credentials credentials,
            EgressNetwork network) {
        this.directories = directories;
        this.terms = terms;
        this.credentials = credentials;
        this.network = network;
    }

    /**
     * Makes sure that a task's sandbox has its proxy, of this process or another one. A sandbox that waits for a task has
     * none.
     */
    public void ensure(SandboxId id) {
        proxies.compute(id, (_, open) -> {
            Path directory = directories.of(id).egressDirectory();
            return answers(socket(directory)) ? open : reopen(id, directory, open);
        });
    }

    /** Does {@link #ensure} for a sandbox whose proxy this process has not opened: cheap enough for each call. */
    public void ensureOpened(SandboxId id) {
        if (!proxies.containsKey(id)) {
            ensure(id);
        }
    }

    /** Returns what a task may reach; nothing for a task that may have no proxy. */
    Optional<NetworkPolicy> policyOf(TaskId task) {
        return terms.apply(task).map(EgressTerms::policy);
    }

    /** Closes a sandbox's proxy, if it is ours. */
    public void close(SandboxId id) {
        EgressProxy proxy = proxies.remove(id);
        if (proxy != null) {
            proxy.close();
        }
    }

    /** Closes all of ours; sandboxes have no way out until another process opens one. */
    @Override
    public void close() {
        proxies.keySet().forEach(this::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.close();
    }

    private @Nullable EgressProxy reopen(SandboxId id, Path directory, @Nullable EgressProxy dead) {
        if (dead != null) {
            dead.close();
        }
        @Nullable TaskId task = directories.find(id).map(SandboxRecord::task).orElse(null);
        EgressTerms found = task == null ? null : terms.apply(task).orElse(null);
        if (found == null) {
            return null;
        }
        EgressProxy proxy = new EgressProxy(found, credentials, network, loop, blocking);
        try {
            EgressEnvironment.write(directory, found.policy());
            proxy.listen(loop, socket(directory));
            return proxy;
        } catch (IOException e) {
            proxy.close();
            throw new SandboxException.Unavailable("cannot open the way out of sandbox " + id, e);
        }
    }

    private static Path socket(Path directory) {
        return directory.resolve("p");
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }
}
