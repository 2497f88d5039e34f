package dev.titan.sandbox.egress;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Connects to addresses that were judged. It never sees a name. */
final class Dialer {

    /** A host that is near answers in milliseconds, one on the other side of the world in one second. */
    private static final int CONNECT_MS_MAX = 5_000;

    /** The first of a host's addresses that answers is taken; of a long list the rest is not tried. */
    private static final int ADDRESSES_MAX = 3;

    private final UnaryOperator<InetSocketAddress> route;

    Dialer(UnaryOperator<InetSocketAddress> route) {
        this.route = route;
    }

    /**
     * A connection that was made.
     *
     * @param channel the connection; it reads nothing until it is told to
     * @param address what was dialled
     */
    record Connected(Channel channel, InetAddress address) {}

    /** Tries the addresses one after the other; fails with what became of the last. */
    CompletableFuture<Connected> dial(List<InetAddress> addresses, int port, EventLoop loop) {
        CompletableFuture<Connected> connected = new CompletableFuture<>();
        dial(addresses.subList(0, Math.min(addresses.size(), ADDRESSES_MAX)), port, loop, connected);
        return connected;
    }

    private void dial(List<InetAddress> addresses, int port, EventLoop loop, CompletableFuture<Connected> result) {
        InetAddress address = addresses.getFirst();
        var attempt = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS_MAX)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(route.apply(new InetSocketAddress(address, port)));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                result.complete(new Connected(attempt.channel(), address));
            } else if (addresses.size() > 1) {
                dial(addresses.subList(1, addresses.size()), port, loop, result);
            } else {
                result.completeExceptionally(done.cause());
            }
        });
    }
}
