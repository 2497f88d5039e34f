package dev.titan.server.role;

import dev.titan.activities.chat.ModelCatalog;
import dev.titan.activities.chat.ModelSettings;
import dev.titan.activities.chat.ModelTimeouts;
import dev.titan.activities.chat.Prices;
import dev.titan.activities.reasoning.ReasoningActivityImpl;
import dev.titan.activities.reasoning.Records;
import dev.titan.activities.record.RecordActivityImpl;
import dev.titan.activities.sandbox.SandboxHostsActivityImpl;
import dev.titan.activities.steering.SteeringActivityImpl;
import dev.titan.activities.tool.CallResolver;
import dev.titan.activities.tool.ToolDispatchActivity;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.task.TaskWorkflow;
import dev.titan.server.TitanProperties;
import dev.titan.server.starter.FirstProgress;
import dev.titan.server.starter.TaskStarter;
import dev.titan.server.starter.WorkflowStarts;
import dev.titan.server.temporal.SweepSchedule;
import dev.titan.server.temporal.TemporalConfiguration;
import dev.titan.server.temporal.WorkerSpec;
import dev.titan.store.artifact.BlobCollector;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.event.LiveBroadcast;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.steering.ApprovalRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.SpecRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;
import dev.titan.workflows.sandbox.SandboxSweepWorkflowImpl;
import dev.titan.workflows.task.TaskWorkflowImpl;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Workflows, model calls, recording, and the starter of accepted tasks. */
@Configuration(proxyBeanMethods = false)
@Profile(Role.WORKER)
public class WorkerRole {

    /** Model calls wait most of their time; this many on one process are a busy provider account. */
    private static final int ACTIVITIES = 200;

    @Bean
    ModelSettings modelSettings(TitanProperties titan) {
        TitanProperties.Model model = titan.model();
        ModelSettings environment = ModelSettings.of(System.getenv());
        return new ModelSettings(
                model.name(),
                model.apiKey(),
                model.baseUrl(),
                environment.providerKeys(),
                model.roles(),
                model.delivery(),
                new ModelTimeouts(
                        model.timeout(), model.silence(), environment.timeouts().connect()));
    }

    @Bean
    ModelCatalog modelCatalog(ModelSettings settings, TitanProperties titan) {
        Path own = titan.model().prices();
        Prices shipped = Prices.shipped();
        return new ModelCatalog(settings, own == null ? shipped : shipped.with(own), Clock.systemUTC());
    }

    @Bean
    Records records(
            TaskRepository tasks,
            SpecRepository specs,
            PlanRepository plans,
            Transcript transcript,
            EffectLedger effects,
            ApprovalRepository approvals,
            CommandRepository commands,
            EventLog events) {
        return new Records(tasks, specs, plans, transcript, effects, approvals, commands, events);
    }

    @Bean
    SteeringActivityImpl steeringActivity(
            EventLog events, CommandRepository commands, ApprovalRepository approvals, CallResolver calls) {
        return new SteeringActivityImpl(events, commands, approvals, calls, Clock.systemUTC());
    }

    @Bean
    WorkerSpec workerSpec(
            ModelCatalog models,
            Records records,
            ToolRegistry tools,
            ToolDispatchActivity dispatch,
            LiveBroadcast viewers,
            SteeringActivityImpl steering,
            SandboxRegistry sandboxes,
            TitanProperties titan) {
        Clock clock = Clock.systemUTC();
        ReasoningActivityImpl reasoning =
                new ReasoningActivityImpl(records, models, titan.context().limits(), tools, viewers, clock);
        RecordActivityImpl recording = new RecordActivityImpl(records.events());
        return new WorkerSpec(TaskWorkflow.TASK_QUEUE, TemporalConfiguration.options(ACTIVITIES), worker -> {
            worker.registerWorkflowImplementationTypes(TaskWorkflowImpl.class, SandboxSweepWorkflowImpl.class);
            worker.registerActivitiesImplementations(
                    reasoning, recording, steering, dispatch, new SandboxHostsActivityImpl(sandboxes, clock));
        });
    }

    @Bean
    TaskStarter taskStarter(
            Records records, ToolRegistry tools, EventFeed feed, WorkflowClient client, TitanProperties titan) {
        FirstProgress progress = new FirstProgress(records.plans(), tools, Clock.systemUTC());
        return new TaskStarter(records.tasks(), feed, new WorkflowStarts(client, titan.lanes(), progress));
    }

    @Bean
    BlobKeeper blobKeeper(BlobCollector blobs) {
        return new BlobKeeper(blobs);
    }

    @Bean
    SweepSchedule sweepSchedule(WorkflowClient client, TitanProperties titan) {
        return new SweepSchedule(client, titan.sandbox().life().sweepEvery());
    }
}
