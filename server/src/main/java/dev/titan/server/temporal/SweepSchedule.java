package dev.titan.server.temporal;

import dev.titan.contracts.sandbox.SandboxSweepWorkflow;
import dev.titan.contracts.task.TaskWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sees to it that Temporal has the schedule by which sandbox hosts are swept. It belongs to the namespace, not to a process:
 * whoever comes first makes it, and whoever starts last says how often it runs. An operator's pause stays.
 */
public final class SweepSchedule implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SweepSchedule.class);

    /** Above what the slowest host may take. */
    private static final Duration RUN_MAX = Duration.ofMinutes(2);

    /** A sweep that was missed is made by the next one. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    /** Between tries to reach Temporal. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final WorkflowClient client;
    private final Duration every;
    private @Nullable Thread starter;

    /** @param every how often; the hosts look after themselves every few seconds, this is for when they fail to */
    public SweepSchedule(WorkflowClient client, Duration every) {
        this.client = client;
        this.every = every;
    }

    @Override
    public synchronized void start() {
        starter = Thread.ofPlatform().daemon().name("sweep-schedule").start(this::ensure);
    }

    private void ensure() {
        while (!tried()) {
            try {
                Thread.sleep(RETRY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean tried() {
        try {
            ScheduleClient schedules = ScheduleClient.newInstance(
                    client.getWorkflowServiceStubs(),
                    ScheduleClientOptions.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setDataConverter(client.getOptions().getDataConverter())
                            .build());
            createOrUpdate(schedules);
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                LOG.info("This Temporal server has no schedules; sandbox hosts are swept by their own loops alone");
                return true;
            }
            return false;
        } catch (RuntimeException e) {
            LOG.debug("Temporal does not take the schedule yet", e);
            return false;
        }
    }

    private void createOrUpdate(ScheduleClient schedules) {
        try {
            schedules.createSchedule(
                    SandboxSweepWorkflow.SCHEDULE,
                    schedule(),
                    ScheduleOptions.newBuilder().build());
        } catch (ScheduleAlreadyRunningException there) {
            schedules
                    .getHandle(SandboxSweepWorkflow.SCHEDULE)
                    .update(before -> new ScheduleUpdate(
                            Schedule.newBuilder(before.getDescription().getSchedule())
                                    .setSpec(spec())
                                    .build()));
        }
    }

    private Schedule schedule() {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(SandboxSweepWorkflow.class)
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(SandboxSweepWorkflow.SCHEDULE)
                                .setTaskQueue(TaskWorkflow.TASK_QUEUE)
                                .setWorkflowExecutionTimeout(RUN_MAX)
                                .build())
                        .build())
                .setSpec(spec())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .setCatchupWindow(CATCH_UP)
                        .build())
                .build();
    }

    private ScheduleSpec spec() {
        return ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(every)))
                .build();
    }

    @Override
    public synchronized void stop() {
        if (starter != null) {
            starter.interrupt();
            starter = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return starter != null;
    }
}
