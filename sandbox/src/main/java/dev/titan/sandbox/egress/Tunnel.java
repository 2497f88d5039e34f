package dev.titan.sandbox.egress;

import dev.titan.contracts.network.Host;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Bytes in both directions after CONNECT. What the client sends first decides: a TLS handshake has to name the host of
 * CONNECT, and on the ports of the web there has to be one. On a port that a policy lists beyond them anything else may
 * pass as well, such as SSH.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {

    /** The type of a TLS record that carries a handshake (RFC 8446, 5.1). */
    private static final int HANDSHAKE = 22;

    private final Target target;
    private final EgressAudit audit;

    private Tunnel(Target target, EgressAudit audit) {
        this.target = target;
        this.audit = audit;
    }

    /** Tells the client that its tunnel is there and turns both connections into one. */
    static void open(ChannelHandlerContext client, Channel upstream, Target target, EgressAudit audit) {
        Channel channel = client.channel();
        channel.writeAndFlush(Answers.established()).addListener(sent -> {
            if (!sent.isSuccess()) {
                Relay.closeAfterFlush(upstream);
                return;
            }
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new Tunnel(target, audit), new Relay(upstream), new IdleEnd());
            // In this order: what had arrived in front of them and is no request of a client that waits, ends here.
            pipeline.remove(ClientConnection.CODEC);
            pipeline.remove(ClientConnection.FLOW);
            pipeline.remove(ClientConnection.class);
            upstream.pipeline().addLast(new Relay(channel));
            channel.config().setAutoRead(true);
            upstream.config().setAutoRead(true);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean isTls = bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE;
        if (isTls) {
            context.pipeline().addAfter(context.name(), null, new ServerName(target, audit));
        } else if (target.port() == Target.HTTP || target.port() == Target.HTTPS) {
            bytes.release();
            audit.refused(Verdict.Refused.of(target, Reason.NOT_TLS));
            var _ = context.close();
            return;
        }
        context.fireChannelRead(bytes);
        context.pipeline().remove(this);
    }

    /** An address has no name in a handshake (RFC 6066, 3). */
    static String nameOf(Host host) {
        return switch (host) {
            case Host.Name(var name) -> name;
            case Host.Address _ -> "";
        };
    }

    private static final class IdleEnd extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent) {
                var _ = context.close();
            }
        }
    }
}
