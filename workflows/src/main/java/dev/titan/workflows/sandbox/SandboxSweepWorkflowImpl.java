package dev.titan.workflows.sandbox;

import dev.titan.contracts.sandbox.SandboxHostsActivity;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.SandboxSweepActivity;
import dev.titan.contracts.sandbox.SandboxSweepWorkflow;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;

/** Asks all hosts at once. One that does not answer has no role that could sweep; its sandboxes end by their leases. */
public final class SandboxSweepWorkflowImpl implements SandboxSweepWorkflow {

    private static final Logger LOG = Workflow.getLogger(SandboxSweepWorkflowImpl.class);

    private static final Duration QUERY_MAX = Duration.ofSeconds(10);

    /** A host that is there takes a call within milliseconds; one that is not is asked again by the next sweep. */
    private static final Duration HOST_AWAY_MAX = Duration.ofSeconds(5);

    /** A removal takes a tenth of a second, seconds on a loaded host; what is not done is left to the next sweep. */
    private static final Duration SWEEP_MAX = Duration.ofSeconds(60);

    /** The schedule repeats the whole. */
    private static final RetryOptions ONCE =
            RetryOptions.newBuilder().setMaximumAttempts(1).build();

    private final SandboxHostsActivity hosts = Workflow.newActivityStub(
            SandboxHostsActivity.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(QUERY_MAX)
                    .setRetryOptions(ONCE)
                    .build());

    @Override
    public void sweep() {
        List<Promise<Boolean>> sweeps = hosts.sandboxHosts().stream()
                .map(host -> Async.function(on(host)::sweepSandboxes))
                .toList();
        for (Promise<Boolean> sweep : sweeps) {
            try {
                sweep.get();
            } catch (ActivityFailure e) {
                LOG.warn("The sandboxes of a host were not swept", e);
            }
        }
    }

    private static SandboxSweepActivity on(String host) {
        return Workflow.newActivityStub(
                SandboxSweepActivity.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(SandboxRef.queueOf(host))
                        .setScheduleToStartTimeout(HOST_AWAY_MAX)
                        .setStartToCloseTimeout(SWEEP_MAX)
                        .setRetryOptions(ONCE)
                        .setSummary("sweep " + host)
                        .build());
    }
}
