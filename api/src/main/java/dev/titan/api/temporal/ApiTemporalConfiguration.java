package dev.titan.api.temporal;

import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API asks of Temporal, over a {@link WorkflowClient} that the importing application provides. */
@Configuration(proxyBeanMethods = false)
public class ApiTemporalConfiguration {

    @Bean
    TemporalTaskCommands taskCommands(WorkflowClient client) {
        return new TemporalTaskCommands(client);
    }

    @Bean
    TemporalDependency temporalDependency(WorkflowClient client) {
        return new TemporalDependency(client);
    }
}
