package dev.titan.server.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The workers of this process, whatever roles asked for them. */
@Configuration(proxyBeanMethods = false)
public class TemporalConfiguration {

    /** Two beats fit into the time in which a person expects "cancel" to work. */
    private static final Duration BEAT = Duration.ofMillis(500);

    /** Returns options for a worker with this many activity slots, beating as often as its activities do. */
    public static WorkerOptions options(int activities) {
        return WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(activities)
                .setMaxHeartbeatThrottleInterval(BEAT)
                .setDefaultHeartbeatThrottleInterval(BEAT)
                .setUsingVirtualThreadsOnActivityWorker(true)
                .build();
    }

    /** What Temporal is told is small: compressing it takes both sides longer than the network would. */
    @Bean
    TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> uncompressed() {
        return options -> options.setGrpcCompression(GrpcCompression.NONE);
    }

    @Bean
    LogContext logContext() {
        return new LogContext();
    }

    @Bean
    TemporalWorkers temporalWorkers(WorkflowClient client, ObjectProvider<WorkerSpec> specs, LogContext logContext) {
        List<WorkerSpec> wanted = specs.orderedStream().toList();
        return new TemporalWorkers(client, wanted, logContext);
    }
}
