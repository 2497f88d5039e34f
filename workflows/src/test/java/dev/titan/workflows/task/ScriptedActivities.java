package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.RecordActivity;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.ReviewOutline;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Activities that answer from queues and write down what they were asked, so that a test reads like the loop. */
final class ScriptedActivities {

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final List<String> recorded = Collections.synchronizedList(new ArrayList<>());
    final Deque<PlanOutline> plans = new ArrayDeque<>();
    final Deque<TurnOutline> turns = new ArrayDeque<>();
    final Deque<ToolCallReport> reports = new ArrayDeque<>();
    final Deque<FailureType> failures = new ArrayDeque<>();
    final Deque<Decision> decisions = new ArrayDeque<>();
    final Deque<Verdict> verdicts = new ArrayDeque<>();
    final CountDownLatch toolEntered = new CountDownLatch(1);

    @Nullable
    RuntimeException interpretFailure;

    volatile boolean toolHangs;

    Object[] all() {
        return new Object[] {new Reasoning(), new Sandbox(), new Recording(), new Tool()};
    }

    static StepOutline planned(String id, String... dependsOn) {
        return new StepOutline(
                new StepId(id), List.of(dependsOn).stream().map(StepId::new).toList(), call("shell", id));
    }

    static StepOutline open(String id) {
        return new StepOutline(new StepId(id), List.of(), null);
    }

    static CallOutline call(String tool, String hash) {
        return new CallOutline(tool, 0, hash, EffectClass.SANDBOX, ToolPlace.SANDBOX, false);
    }

    static ToolCallReport ok(String hash) {
        return new ToolCallReport(null, hash);
    }

    static ToolCallReport failed(String hash) {
        return new ToolCallReport(FailureKind.EXIT_STATUS, hash);
    }

    private void record(List<PendingEvent> events) {
        events.forEach(event -> recorded.add(event.key()));
    }

    private final class Reasoning implements ReasoningActivity {

        @Override
        public void interpretGoal(InterpretRequest request) {
            record(request.outbox());
            asked.add("interpret");
            if (interpretFailure != null) {
                throw interpretFailure;
            }
        }

        @Override
        public PlanOutline makePlan(PlanRequest request) {
            record(request.outbox());
            asked.add("plan " + request.version() + " keeping " + request.finished());
            return plans.remove();
        }

        @Override
        public TurnOutline nextTurn(TurnRequest request) {
            record(request.outbox());
            asked.add(
                    "turn %s/%d %s".formatted(request.at().step(), request.at().turn(), request.hint()));
            return turns.size() > 1 ? turns.remove() : turns.element();
        }

        @Override
        public ReviewOutline reviewStep(ReviewRequest request) {
            record(request.outbox());
            asked.add("review %s %s"
                    .formatted(request.at().step(), request.status().wire()));
            return new ReviewOutline(decisions.isEmpty() ? Decision.CONTINUE : decisions.remove());
        }

        @Override
        public Verdict judgeTask(JudgeRequest request) {
            record(request.outbox());
            asked.add("judge " + request.checks());
            return verdicts.isEmpty() ? new Verdict(true, true, "done") : verdicts.remove();
        }
    }

    private final class Sandbox implements SandboxActivity {

        @Override
        public SandboxRef createSandbox(CreateRequest request) {
            record(request.outbox());
            asked.add("create");
            return new SandboxRef(new SandboxId("sbx-12345678"), "here", "local", 1);
        }

        @Override
        public SandboxRef restoreSandbox(RestoreRequest request) {
            record(request.outbox());
            asked.add("restore %d %s"
                    .formatted(request.before().generation(), request.cause().wire()));
            int generation = request.before().generation() + 1;
            return new SandboxRef(new SandboxId("sbx-12345678-g" + generation), "here", "local", generation);
        }

        @Override
        public int collectArtifacts(SandboxRequest request) {
            asked.add("collect");
            return 0;
        }

        @Override
        public void destroySandbox(SandboxRequest request) {
            asked.add("destroy");
        }
    }

    private final class Recording implements RecordActivity {

        @Override
        public void recordEvents(RecordRequest request) {
            record(request.events());
        }
    }

    private final class Tool implements DynamicActivity {

        @Override
        public Object execute(EncodedValues args) {
            var request = args.get(0, ToolCallRequest.class);
            record(request.outbox());
            SandboxRef sandbox = request.sandbox();
            String where = sandbox == null || sandbox.generation() == 1 ? "" : " in " + sandbox.generation();
            asked.add("%s %d%s"
                    .formatted(request.effect().step(), request.effect().turn(), where));
            toolEntered.countDown();
            FailureType failure = failures.poll();
            if (failure != null) {
                throw ApplicationFailure.newNonRetryableFailure("gone", failure.name());
            }
            while (toolHangs) {
                try {
                    Activity.getExecutionContext().heartbeat(null);
                } catch (ActivityCompletionException e) {
                    asked.add("tool stopped");
                    throw e;
                }
                LockSupport.parkNanos(50_000_000L);
            }
            return reports.isEmpty() ? ok("r") : reports.remove();
        }
    }
}
