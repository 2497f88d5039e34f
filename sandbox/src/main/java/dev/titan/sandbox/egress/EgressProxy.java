package dev.titan.sandbox.egress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The proxy of one sandbox. Whoever can reach its socket is that sandbox: the socket lies in a directory that is mounted
 * into it alone. Thread-safe.
 */
final class EgressProxy implements AutoCloseable {

    /** Long URLs exist; longer ones are data in disguise. */
    private static final int REQUEST_LINE_BYTES_MAX = 16 * 1024;

    private static final int HEADER_BYTES_MAX = 64 * 1024;

    /** A resolver that does not answer by then will not. */
    private static final int LOOK_UP_SECONDS_MAX = 10;

    private final EgressRules rules;
    private final EgressAccount account;
    private final EgressAudit audit;
    private final Credentials credentials;
    private final Dialer dialer;
    private final Executor blocking;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /**
     * @param terms what it goes by
     * @param credentials what it adds to requests
     * @param network the world outside
     * @param loop its connections, and the time
     * @param blocking where names are looked up and the journal is written
     */
    EgressProxy(
            EgressTerms terms, Credentials credentials, EgressNetwork network, EventLoopGroup loop, Executor blocking) {
        this.rules = new EgressRules(terms.policy(), network);
        this.account = new EgressAccount(terms.policy());
        this.audit = new EgressAudit(terms.journal(), loop.next(), blocking);
        this.credentials = credentials;
        this.dialer = new Dialer(network.route());
        this.blocking = blocking;
    }

    /** Begins to listen, in place of what was there. A path that is replaced at once leaves no moment without a proxy. */
    void listen(EventLoopGroup loop, Path socket) throws IOException {
        Path draft = socket.resolveSibling(socket.getFileName() + "+");
        Files.deleteIfExists(draft);
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerDomainSocketChannel.class)
                .childHandler(new Connection())
                .bind(UnixDomainSocketAddress.of(draft))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + draft, bound.cause());
        }
        channels.add(bound.channel());
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.move(draft, socket, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends every connection and tells what is left to tell. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        audit.close();
    }

    CompletableFuture<Verdict> judge(Target target) {
        return CompletableFuture.supplyAsync(() -> rules.judge(target), blocking)
                .completeOnTimeout(Verdict.Refused.of(target, Reason.NOT_FOUND), LOOK_UP_SECONDS_MAX, TimeUnit.SECONDS);
    }

    EgressAccount account() {
        return account;
    }

    EgressAudit audit() {
        return audit;
    }

    Credentials credentials() {
        return credentials;
    }

    Dialer dialer() {
        return dialer;
    }

    private final class Connection extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channels.add(channel);
            var decoding = new HttpDecoderConfig()
                    .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADER_BYTES_MAX);
            channel.pipeline()
                    .addLast(new IdleStateHandler(true, 0, 0, account.limits().maxIdleSeconds(), TimeUnit.SECONDS))
                    .addLast(ClientConnection.CODEC, new HttpServerCodec(decoding))
                    .addLast(ClientConnection.FLOW, new FlowControlHandler())
                    .addLast(new ClientConnection(EgressProxy.this));
        }
    }
}
