package dev.titan.sandbox.egress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** Counts what passes over a connection to the outside, headers and handshakes included, and cuts it at the limit. */
final class ByteMeter extends ChannelDuplexHandler {

    private final EgressAccount account;
    private final EgressAudit.Passage passage;

    ByteMeter(EgressAccount account, EgressAudit.Passage passage) {
        this.account = account;
        this.passage = passage;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        long bytes = size(message);
        passage.received(bytes);
        if (account.receive(bytes)) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
            cut(context);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        long bytes = size(message);
        if (account.send(bytes)) {
            passage.sent(bytes);
            var _ = context.write(message, promise);
        } else {
            ReferenceCountUtil.release(message);
            promise.setFailure(new IOException("the bytes the policy allows are used up"));
            cut(context);
        }
    }

    private void cut(ChannelHandlerContext context) {
        if (context.channel().isOpen()) {
            passage.usedUp();
            var _ = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        passage.ended();
        context.fireChannelInactive();
    }

    private static long size(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    }
}
