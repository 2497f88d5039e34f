package dev.titan.api.event;

import dev.titan.api.auth.BearerProtocol;
import dev.titan.api.task.TaskAccess;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Where streams are served. Pages of other origins are refused, as Spring does unless told otherwise. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@Import(SseController.class)
public class StreamConfiguration {

    private static final String[] PATHS = {"/v1/tasks/{id}/stream", "/tasks/{id}/stream"};

    @Bean
    Followers followers(EventLog log, EventFeed feed) {
        return new Followers(log, feed);
    }

    @Bean
    EventStream eventStream(Followers followers) {
        return new EventStream(followers);
    }

    @Bean
    WebSocketConfigurer eventStreamAddress(EventStream stream, Followers followers, TaskAccess access) {
        return registry -> registry.addHandler(stream, PATHS)
                .setHandshakeHandler(new ProtocolChoice())
                .addInterceptors(new StreamHandshake(access, followers));
    }

    /** A browser fails the connection unless one of the subprotocols it offered is chosen. */
    private static final class ProtocolChoice extends DefaultHandshakeHandler {

        @Override
        protected @Nullable String selectProtocol(List<String> requested, WebSocketHandler handler) {
            return requested.stream()
                    .filter(protocol -> !BearerProtocol.carriesKey(protocol))
                    .findFirst()
                    .orElse(requested.isEmpty() ? null : requested.getFirst());
        }
    }
}
