package dev.titan.api;

import dev.titan.api.task.ToolNames;
import dev.titan.store.StoreConfiguration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The API alone. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({StoreConfiguration.class, ApiConfiguration.class})
class TestApiApplication {

    @Bean
    ToolNames toolNames() {
        return new ToolNames() {
            @Override
            public Set<String> all() {
                return Set.of("shell", "file_read", "file_write");
            }

            @Override
            public Optional<String> problemWith(String tool, Map<String, Object> arguments) {
                return arguments.containsKey("command") ? Optional.empty() : Optional.of("command is missing");
            }
        };
    }

    @Bean
    TestTemporal testTemporal() {
        return new TestTemporal();
    }
}
