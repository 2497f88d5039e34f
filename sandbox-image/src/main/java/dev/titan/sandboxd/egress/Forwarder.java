package dev.titan.sandboxd.egress;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Carries bytes between a port on loopback and the proxy's socket, on the daemon's own event loop and with no thread of
 * its own. What it holds in memory is bounded: connections times four buffers.
 */
public final class Forwarder {

    /** As many as a policy can allow. */
    private static final int CONNECTIONS_MAX = 128;

    /** Small, since the daemon has a heap of 48 MiB and none of it to give away. */
    private static final int BUFFER_BYTES = 8 * 1024;

    private static final byte[] AWAY = """
            HTTP/1.1 503 The proxy of this sandbox is away\r
            Content-Type: text/plain\r
            Content-Length: 74\r
            Connection: close\r
            \r
            The way out of this sandbox is closed for a moment. Try again in a while.
            """.getBytes(StandardCharsets.US_ASCII);

    private final Egress egress;
    private final ChannelGroup connections;

    private Forwarder(Egress egress, EventLoopGroup loop) {
        this.egress = egress;
        this.connections = new DefaultChannelGroup(loop.next());
    }

    /**
     * Begins to listen.
     *
     * @return the port
     */
    public static int listen(EventLoopGroup loop, Egress egress) throws IOException {
        Forwarder forwarder = new Forwarder(egress, loop);
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BUFFER_BYTES))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1, BUFFER_BYTES))
                .childHandler(forwarder.new Inner())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), egress.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on port " + egress.port(), bound.cause());
        }
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** A connection of a command. It is read once the proxy is reached. */
    @Sharable
    private final class Inner extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel inner = context.channel();
            if (connections.size() >= CONNECTIONS_MAX) {
                var _ = context.close();
                return;
            }
            connections.add(inner);
            var outer = new Bootstrap()
                    .group(inner.eventLoop())
                    .channel(NioDomainSocketChannel.class)
                    .disableResolver()
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BUFFER_BYTES))
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1, BUFFER_BYTES))
                    .handler(new Pipe(inner))
                    .connect(UnixDomainSocketAddress.of(egress.socket()));
            outer.addListener(done -> {
                if (done.isSuccess()) {
                    context.pipeline().replace(this, null, new Pipe(outer.channel()));
                    inner.config().setAutoRead(true);
                    outer.channel().config().setAutoRead(true);
                } else {
                    inner.writeAndFlush(Unpooled.wrappedBuffer(AWAY)).addListener(ChannelFutureListener.CLOSE);
                }
            });
        }
    }

    /** Passes on what arrives, no faster than the other side takes it, and ends with it. */
    private static final class Pipe extends ChannelInboundHandlerAdapter {
        private final Channel peer;

        Pipe(Channel peer) {
            this.peer = peer;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var _ = peer.writeAndFlush(message);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            peer.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (peer.isActive()) {
                peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close(); // the other side is gone
        }
    }
}
