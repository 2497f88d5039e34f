package dev.titan.sandbox.egress;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Lets a TLS handshake pass that names the host the tunnel was opened to. Nothing is decrypted. */
final class ServerName extends AbstractSniHandler<Boolean> {

    /** Large, with the keys of a post-quantum exchange, are 2 KiB. */
    private static final int CLIENT_HELLO_BYTES_MAX = 16 * 1024;

    /** It is sent in one go. */
    private static final int CLIENT_HELLO_MS_MAX = 10_000;

    /** A fatal TLS alert, "unrecognized_name" (RFC 8446, 6.2), which programs report as such. */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final Target target;
    private final EgressAudit audit;

    ServerName(Target target, EgressAudit audit) {
        super(CLIENT_HELLO_BYTES_MAX, CLIENT_HELLO_MS_MAX);
        this.target = target;
        this.audit = audit;
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext context, @Nullable String name) {
        return context.executor()
                .newSucceededFuture(Tunnel.nameOf(target.host()).equals(name == null ? "" : name));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, @Nullable String name, Future<Boolean> matches) {
        if (matches.getNow()) {
            context.pipeline().remove(this);
        } else {
            audit.refused(Verdict.Refused.of(target, Reason.NAME_MISMATCH));
            context.writeAndFlush(Unpooled.wrappedBuffer(UNRECOGNIZED_NAME)).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
