package dev.titan.sandboxd.http;

import dev.titan.sandboxd.file.WorkspaceFiles;
import dev.titan.sandboxd.life.Lease;
import dev.titan.sandboxd.protocol.Refusal;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Serves HTTP on a unix socket. A connection carries one request after the other, never two at once. */
final class HttpServer {

    /** A path of 4,096 bytes, each of them escaped as three characters, with room for the rest. */
    private static final int REQUEST_LINE_BYTES_MAX = 32 * 1024;

    private static final int HEADER_BYTES_MAX = 8 * 1024;

    private final Routes routes;
    private final Lease lease;
    private final Runnable end;

    HttpServer(Routes routes, Lease lease, Runnable end) {
        this.routes = routes;
        this.lease = lease;
        this.end = end;
    }

    /** Begins to listen; everybody who can reach the socket may use it, since its directory is what protects it. */
    void listen(EventLoopGroup loop, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerDomainSocketChannel.class)
                .childHandler(new Connection())
                .bind(UnixDomainSocketAddress.of(socket))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + socket, bound.cause());
        }
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private final class Connection extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            var decoding = new HttpDecoderConfig()
                    .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADER_BYTES_MAX);
            channel.pipeline().addLast(new HttpServerCodec(decoding), new Whole(), new Answering());
        }
    }

    /** Collects a request, up to the size of the largest file; reads on over a larger one, so that its sender hears why. */
    private static final class Whole extends HttpObjectAggregator {
        Whole() {
            super(WorkspaceFiles.FILE_BYTES_MAX);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
            var reply = new Reply.Refused(
                    Refusal.Kind.TOO_LARGE,
                    "the body is above the limit of %,d bytes".formatted(WorkspaceFiles.FILE_BYTES_MAX));
            var _ = context.writeAndFlush(reply.response());
        }
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest received) {
            lease.touch();
            boolean keepAlive = HttpUtil.isKeepAlive(received);
            if (received.decoderResult().isFailure()) {
                var reply = new Reply.Refused(Refusal.Kind.BAD_REQUEST, "this is not HTTP as it is spoken here");
                context.writeAndFlush(reply.response()).addListener(ChannelFutureListener.CLOSE);
                return;
            }
            Request request;
            try {
                request = Request.of(received);
            } catch (BadRequestException e) {
                var _ = context.writeAndFlush(new Reply.Refused(e.kind(), String.valueOf(e.getMessage())).response());
                return;
            }
            var _ = routes.answer(request)
                    .thenAccept(reply -> send(context, reply, keepAlive))
                    .exceptionally(failure -> {
                        System.err.println("titan-sandboxd: no answer to " + request.path() + ": " + failure);
                        var _ = context.close();
                        return null;
                    });
        }

        private void send(ChannelHandlerContext context, Reply reply, boolean keepAlive) {
            var sent = context.writeAndFlush(reply.response());
            if (reply instanceof Reply.Farewell) {
                sent.addListener(done -> end.run());
            } else if (!keepAlive) {
                sent.addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close(); // the client is gone, or sends what is not HTTP
        }
    }
}
