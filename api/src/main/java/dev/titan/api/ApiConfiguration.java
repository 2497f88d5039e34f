package dev.titan.api;

import dev.titan.api.artifact.ArtifactController;
import dev.titan.api.auth.SecurityConfiguration;
import dev.titan.api.event.EventController;
import dev.titan.api.event.StreamConfiguration;
import dev.titan.api.health.DatabaseDependency;
import dev.titan.api.health.HealthController;
import dev.titan.api.openapi.OpenApiConfiguration;
import dev.titan.api.problem.ProblemAdvice;
import dev.titan.api.problem.ProblemErrorController;
import dev.titan.api.steering.ApprovalController;
import dev.titan.api.steering.SteeringController;
import dev.titan.api.steering.TaskSteering;
import dev.titan.api.task.BodyReader;
import dev.titan.api.task.ForkController;
import dev.titan.api.task.TaskAccepting;
import dev.titan.api.task.TaskAccess;
import dev.titan.api.task.TaskCancelling;
import dev.titan.api.task.TaskCommands;
import dev.titan.api.task.TaskController;
import dev.titan.api.task.TaskForking;
import dev.titan.api.task.TaskReading;
import dev.titan.api.task.TaskRequestReader;
import dev.titan.api.task.ToolNames;
import dev.titan.api.trace.TraceFilter;
import dev.titan.contracts.json.TitanJson;
import dev.titan.store.StoreDatabase;
import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.event.EventLog;
import dev.titan.store.fork.TaskForks;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.TaskRepository;
import jakarta.validation.Validator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole HTTP interface. The importing application provides the beans of {@code StoreConfiguration}, a
 * {@link ToolNames}, and a {@link TaskCommands} with its {@code Dependency}, such as {@code ApiTemporalConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:dev/titan/api/api.properties")
@Import({
    ApprovalController.class,
    ArtifactController.class,
    EventController.class,
    ForkController.class,
    HealthController.class,
    OpenApiConfiguration.class,
    ProblemAdvice.class,
    ProblemErrorController.class,
    SecurityConfiguration.class,
    SteeringController.class,
    StreamConfiguration.class,
    TaskController.class
})
public class ApiConfiguration {

    /** The mapping of every answer; Spring Boot uses the one it finds. */
    @Bean
    JsonMapper titanJsonMapper() {
        return TitanJson.mapper();
    }

    /** Before everything else, so that a refused request has a trace as well. */
    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter() {
        FilterRegistrationBean<TraceFilter> registration = new FilterRegistrationBean<>(new TraceFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    TaskAccess taskAccess(TaskRepository tasks) {
        return new TaskAccess(tasks);
    }

    @Bean
    TaskRequestReader taskRequestReader(Validator validator, ToolNames tools) {
        return new TaskRequestReader(validator, tools);
    }

    @Bean
    TaskAccepting taskAccepting(TaskRequestReader reader, TaskRepository tasks) {
        return new TaskAccepting(reader, tasks);
    }

    @Bean
    TaskForking taskForking(TaskAccess access, TaskForks forks) {
        return new TaskForking(access, forks);
    }

    @Bean
    TaskReading taskReading(
            TaskAccess access,
            PlanRepository plans,
            EventLog events,
            ArtifactRepository artifacts,
            SandboxRegistry sandboxes) {
        return new TaskReading(access, plans, events, artifacts, sandboxes);
    }

    @Bean
    TaskCancelling taskCancelling(TaskAccess access, TaskRepository tasks, TaskCommands commands) {
        return new TaskCancelling(access, tasks, commands);
    }

    @Bean
    BodyReader bodyReader(Validator validator) {
        return new BodyReader(validator);
    }

    @Bean
    TaskSteering taskSteering(TaskAccess access, CommandRepository commands, TaskCommands tasks) {
        return new TaskSteering(access, commands, tasks);
    }

    @Bean
    DatabaseDependency databaseDependency(StoreDatabase database) {
        return new DatabaseDependency(database);
    }
}
