package dev.titan.workflows.task;

import dev.titan.contracts.plan.StepId;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps that are being worked on, side by side. Each has a scope of its own, so that it can be stopped. */
final class RunningSteps {

    private record Running(CancellationScope scope, Promise<StepResult> result) {}

    private final Map<StepId, Running> running = new LinkedHashMap<>();

    /** A step that has ended. */
    record Ended(StepId step, StepResult result) {}

    void start(StepId step, Func<StepResult> work) {
        CancellationScope scope =
                Workflow.newCancellationScope(own -> running.put(step, new Running(own, Async.function(work))));
        scope.run();
    }

    int count() {
        return running.size();
    }

    boolean contains(StepId step) {
        return running.containsKey(step);
    }

    /** Waits until one of the steps has ended; of several, the one that was started first. Its failure is thrown. */
    Ended awaitOne() {
        Workflow.await(() -> running.values().stream().anyMatch(RunningSteps::isOver));
        Map.Entry<StepId, Running> ended = running.entrySet().stream()
                .filter(entry -> isOver(entry.getValue()))
                .findFirst()
                .orElseThrow();
        running.remove(ended.getKey());
        return new Ended(ended.getKey(), ended.getValue().result().get());
    }

    /** Ends what is still running; returns when every tool has come to rest, also when the task is being cancelled. */
    void stop() {
        if (running.isEmpty()) {
            return;
        }
        running.values().forEach(step -> step.scope().cancel());
        Workflow.newDetachedCancellationScope(
                        () -> Workflow.await(() -> running.values().stream().allMatch(RunningSteps::isOver)))
                .run();
        running.clear();
    }

    private static boolean isOver(Running step) {
        return step.result().isCompleted();
    }
}
