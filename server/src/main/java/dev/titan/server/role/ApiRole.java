package dev.titan.server.role;

import dev.titan.activities.tool.ToolRegistry;
import dev.titan.api.ApiConfiguration;
import dev.titan.api.task.ToolNames;
import dev.titan.api.temporal.ApiTemporalConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/** HTTP and WebSocket. */
@Configuration(proxyBeanMethods = false)
@Profile(Role.API)
@Import({ApiConfiguration.class, ApiTemporalConfiguration.class})
public class ApiRole {

    @Bean
    ToolNames toolNames(ToolRegistry tools) {
        return new RegisteredToolNames(tools);
    }
}
