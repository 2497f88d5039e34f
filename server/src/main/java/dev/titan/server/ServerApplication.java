package dev.titan.server;

import dev.titan.contracts.json.TitanDataConverter;
import dev.titan.server.role.ApiRole;
import dev.titan.server.role.SandboxRole;
import dev.titan.server.role.ToolConfiguration;
import dev.titan.server.role.WorkerRole;
import dev.titan.server.temporal.TemporalConfiguration;
import dev.titan.store.StoreConfiguration;
import io.temporal.common.converter.DataConverter;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The Spring application: what every role shares, and the roles. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(TitanProperties.class)
@Import({
    StoreConfiguration.class,
    TemporalConfiguration.class,
    ApiRole.class,
    WorkerRole.class,
    SandboxRole.class,
    ToolConfiguration.class
})
public class ServerApplication {

    /** The name is the one Temporal's starter looks for when there are several. */
    @Bean
    DataConverter mainDataConverter() {
        return TitanDataConverter.create();
    }
}
