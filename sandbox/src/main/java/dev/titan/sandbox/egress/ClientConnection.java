package dev.titan.sandbox.egress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection from inside a sandbox. It carries requests one after the other, each judged anew, or becomes a tunnel.
 * While a request is judged nothing is read. Runs on the connection's event loop.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {

    static final String CODEC = "codec";
    static final String FLOW = "flow";

    /** A head comes in one piece; who drips it wants to hold the connection. */
    private static final int HEAD_SECONDS_MAX = 10;

    /** Time for a client that sends a body to read that nobody wants it. */
    private static final int FAREWELL_MS = 500;

    private final EgressProxy proxy;
    private @Nullable Future<?> headDeadline;
    private @Nullable PlainExchange exchange;
    private boolean isBusy;
    private boolean isSending;

    ClientConnection(EgressProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (proxy.account().enter()) {
            context.channel()
                    .closeFuture()
                    .addListener(closed -> proxy.account().leave());
            awaitHead(
                    context, Math.min(HEAD_SECONDS_MAX, proxy.account().limits().maxIdleSeconds()));
        } else {
            refuse(context, new Verdict.Refused("?", 0, null, Reason.TOO_MANY_CONNECTIONS));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !isBusy) {
            begin(context, request);
        } else if (message instanceof HttpContent content && exchange != null) {
            exchange.send(content);
        } else {
            // The rest of a refused request; or what did not wait for the answer to the request before, which ends it.
            ReferenceCountUtil.release(message);
            if (!(message instanceof HttpContent)) {
                end(context);
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        isBusy = true;
        isSending = HttpUtil.isContentLengthSet(request) || HttpUtil.isTransferEncodingChunked(request);
        if (headDeadline != null) {
            headDeadline.cancel(false);
        }
        context.channel().config().setAutoRead(false);
        Target target;
        try {
            target = target(request);
        } catch (IllegalArgumentException e) {
            refuse(context, new Verdict.Refused("?", 0, null, Reason.BAD_REQUEST));
            return;
        }
        if (proxy.account().isUsedUp()) {
            refuse(context, Verdict.Refused.of(target, Reason.BYTES_USED_UP));
        } else if (!isTunnel(request) && !namesItsHost(request, target)) {
            refuse(context, Verdict.Refused.of(target, Reason.HOST_MISMATCH));
        } else {
            var _ = proxy.judge(target)
                    .whenCompleteAsync(
                            (verdict, failure) -> act(
                                    context,
                                    request,
                                    failure == null ? verdict : Verdict.Refused.of(target, Reason.NOT_FOUND)),
                            context.executor());
        }
    }

    private static Target target(HttpRequest request) {
        if (((HttpObject) request).decoderResult().isFailure()) {
            throw new IllegalArgumentException("not HTTP");
        }
        // A tunnel names its port (RFC 9110, 9.3.6); without one it is to 0, which is none.
        return isTunnel(request) ? Target.ofAuthority(request.uri(), 0) : Target.ofUri(request.uri());
    }

    private static boolean isTunnel(HttpRequest request) {
        return request.method().equals(HttpMethod.CONNECT);
    }

    /** Else a server of many names would answer for one that was not judged. */
    private static boolean namesItsHost(HttpRequest request, Target target) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        try {
            return hosts.size() == 1
                    && Target.ofAuthority(hosts.getFirst(), Target.HTTP).equals(target);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void act(ChannelHandlerContext context, HttpRequest request, Verdict verdict) {
        switch (verdict) {
            case Verdict.Refused refused -> refuse(context, refused);
            case Verdict.Allowed(Target target, var addresses) -> {
                var dialling = proxy.dialer()
                        .dial(addresses, target.port(), context.channel().eventLoop());
                var _ = dialling.whenCompleteAsync(
                        (connected, failure) -> {
                            if (failure == null) {
                                connect(context, request, target, connected);
                            } else {
                                refuse(context, Verdict.Refused.of(target, Reason.UNREACHABLE));
                            }
                        },
                        context.executor());
            }
        }
    }

    private void connect(
            ChannelHandlerContext context, HttpRequest request, Target target, Dialer.Connected connected) {
        Channel upstream = connected.channel();
        var passage = proxy.audit().allowed(target, connected.address());
        upstream.pipeline().addLast(new ByteMeter(proxy.account(), passage));
        // Also when it is closed already: then the listener runs at once.
        context.channel().closeFuture().addListener(closed -> Relay.closeAfterFlush(upstream));
        if (isTunnel(request)) {
            Tunnel.open(context, upstream, target, proxy.audit());
        } else {
            exchange = new PlainExchange(context.channel(), upstream, target, () -> readyForNext(context));
            exchange.begin(request, proxy.credentials());
            context.channel().config().setAutoRead(true);
        }
    }

    private void readyForNext(ChannelHandlerContext context) {
        exchange = null;
        isBusy = false;
        awaitHead(context, proxy.account().limits().maxIdleSeconds());
        context.channel().config().setAutoRead(true);
    }

    private void awaitHead(ChannelHandlerContext context, int seconds) {
        headDeadline = context.executor().schedule(() -> end(context), seconds, TimeUnit.SECONDS);
    }

    private void refuse(ChannelHandlerContext context, Verdict.Refused refused) {
        isBusy = true;
        proxy.audit().refused(refused);
        var sent = context.writeAndFlush(Answers.refusal(refused));
        if (!isSending) {
            sent.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        // It would miss the answer if its connection broke under it.
        context.channel().config().setAutoRead(true);
        var _ = context.executor().schedule(() -> end(context), FAREWELL_MS, TimeUnit.MILLISECONDS);
    }

    private static void end(ChannelHandlerContext context) {
        var _ = context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.clientWritable(context.channel().isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            end(context);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context); // the client is gone, or sends what is not HTTP
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (headDeadline != null) {
            headDeadline.cancel(false);
        }
    }
}
