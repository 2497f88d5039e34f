package dev.titan.sandbox.egress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * One request in plain HTTP and its answer, over a connection of its own to the server. Runs on the event loop that both
 * connections share.
 */
final class PlainExchange extends ChannelInboundHandlerAdapter {

    private final Channel client;
    private final Channel upstream;
    private final Target target;
    private final Runnable whenOver;
    private boolean keepsClient;
    private boolean clientIsOld;
    private boolean isSent;
    private boolean isAnswering;
    private boolean isInterim;
    private boolean isOver;

    /** @param whenOver called when the client may send its next request */
    PlainExchange(Channel client, Channel upstream, Target target, Runnable whenOver) {
        this.client = client;
        this.upstream = upstream;
        this.target = target;
        this.whenOver = whenOver;
    }

    void begin(HttpRequest request, Credentials credentials) {
        keepsClient = HttpUtil.isKeepAlive(request);
        clientIsOld = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (HttpUtil.is100ContinueExpected(request)) {
            var _ = client.writeAndFlush(Answers.goOn());
        }
        request.setUri(Target.originForm(request.uri())).setProtocolVersion(HttpVersion.HTTP_1_1);
        HopByHop.removeFrom(request.headers());
        request.headers()
                .remove(HttpHeaderNames.EXPECT)
                .set(HttpHeaderNames.HOST, target.authority())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        credentials.addTo(request.headers(), target);
        upstream.pipeline().addLast(new HttpClientCodec(), this);
        var _ = upstream.writeAndFlush(request);
        upstream.config().setAutoRead(true);
    }

    /** Sends a piece of the request's body. */
    void send(HttpContent content) {
        isSent = content instanceof LastHttpContent;
        var _ = upstream.writeAndFlush(content);
        client.config().setAutoRead(isSent || upstream.isWritable());
    }

    void clientWritable(boolean writable) {
        upstream.config().setAutoRead(writable);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        client.config().setAutoRead(isOver || context.channel().isWritable());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case HttpResponse response when response.decoderResult().isFailure() -> close(upstream);
            case HttpResponse response
            when response.status().codeClass() == HttpStatusClass.INFORMATIONAL ->
                // The client was told to go on, and upgrades are not passed on.
                isInterim = true;
            case HttpResponse response -> answer(response);
            case LastHttpContent last
            when isInterim -> {
                isInterim = false;
                last.release();
            }
            case HttpContent content -> {
                var _ = client.write(content);
                if (content instanceof LastHttpContent) {
                    finish();
                }
            }
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void answer(HttpResponse response) {
        isAnswering = true;
        HopByHop.removeFrom(response.headers());
        boolean hasEnd = HttpUtil.isContentLengthSet(response) || HttpUtil.isTransferEncodingChunked(response);
        if (clientIsOld) {
            // It knows no chunks: the end of the connection is the end of the body.
            HttpUtil.setTransferEncodingChunked(response, false);
            keepsClient &= HttpUtil.isContentLengthSet(response);
        } else if (!hasEnd) {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        HttpUtil.setKeepAlive(response, keepsClient);
        var _ = client.write(response);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        client.flush();
    }

    /** A server that has answered before it has read everything will not read on, so the client must begin anew. */
    private void finish() {
        isOver = true;
        close(upstream);
        if (keepsClient && isSent) {
            client.flush();
            whenOver.run();
        } else {
            Relay.closeAfterFlush(client);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (isAnswering) {
            close(client);
        } else {
            client.writeAndFlush(Answers.refusal(Verdict.Refused.of(target, Reason.UNREACHABLE)))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(upstream);
    }

    private static void close(Channel channel) {
        var _ = channel.close();
    }
}
