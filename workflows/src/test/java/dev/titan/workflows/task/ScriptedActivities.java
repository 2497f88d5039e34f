package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.Spent;
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
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.SteeringActivity;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.Ruling;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Activities that answer from queues and write down what they were asked, so that a test reads like the loop. */
final class ScriptedActivities {

    /** Of the first call of step a. */
    static final ApprovalId APPROVAL = ApprovalId.of(new EffectId(TestLoop.TASK, new StepId("a"), 1, 0));

    static final String HASH = "ab".repeat(32);

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final List<String> recorded = Collections.synchronizedList(new ArrayList<>());
    final List<PendingEvent> events = Collections.synchronizedList(new ArrayList<>());
    final Deque<PlanOutline> plans = new ConcurrentLinkedDeque<>();
    final Deque<TurnOutline> turns = new ConcurrentLinkedDeque<>();
    final Deque<ToolCallReport> reports = new ConcurrentLinkedDeque<>();
    final Deque<FailureType> failures = new ConcurrentLinkedDeque<>();
    final Deque<FailureType> collectFailures = new ConcurrentLinkedDeque<>();
    final Deque<Decision> decisions = new ConcurrentLinkedDeque<>();
    final Deque<Verdict> verdicts = new ConcurrentLinkedDeque<>();
    final Deque<FastReport> fast = new ConcurrentLinkedDeque<>();
    final CountDownLatch toolEntered = new CountDownLatch(1);

    @Nullable
    RuntimeException interpretFailure;

    volatile boolean toolHangs;

    /** Holds calls in the fast lane. */
    volatile CountDownLatch fastMayEnd = new CountDownLatch(0);

    volatile Duration fastTakes = Duration.ZERO;

    private final Map<String, Decision> decisionsOf = new ConcurrentHashMap<>();
    private final AtomicInteger toolsNow = new AtomicInteger();
    private final AtomicInteger toolsAtOnce = new AtomicInteger();
    private volatile CountDownLatch together = new CountDownLatch(0);

    /** Holds every tool until so many run side by side. */
    void holdTools(int count) {
        together = new CountDownLatch(count);
    }

    int mostToolsAtOnce() {
        return toolsAtOnce.get();
    }

    /** What the first review of a step decides. */
    void decisionsOf(String step, Decision decision) {
        decisionsOf.put(step, decision);
    }

    Object[] all() {
        return new Object[] {new Reasoning(), new Sandbox(), new Recording(), new Steering(), new Tool()};
    }

    static StepOutline planned(String id, String... dependsOn) {
        return new StepOutline(
                new StepId(id), List.of(dependsOn).stream().map(StepId::new).toList(), call("shell", id), null);
    }

    static StepOutline open(String id) {
        return new StepOutline(new StepId(id), List.of(), null, null);
    }

    static CallOutline call(String tool, String hash) {
        return new CallOutline(tool, 0, hash, EffectClass.SANDBOX, ToolPlace.SANDBOX, false, false);
    }

    static CallOutline risky(String hash) {
        return risky(0, hash);
    }

    static CallOutline risky(int call, String hash) {
        return new CallOutline("http", call, hash, EffectClass.ONCE, ToolPlace.WORKER, false, true);
    }

    static CallOutline question() {
        return new CallOutline("ask_user", 0, "q", EffectClass.PURE, ToolPlace.PERSON, false, false);
    }

    void awaitTool() {
        try {
            toolEntered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static PlanOutline plan(int version, StepOutline... steps) {
        return new PlanOutline(version, List.of(steps), new Spent(1, 10, null));
    }

    static TurnOutline calls(CallOutline... calls) {
        return new TurnOutline.Calls(List.of(calls), new Spent(1, 10, null));
    }

    static TurnOutline answer() {
        return new TurnOutline.Answer(new Spent(1, 10, null));
    }

    static ToolCallReport ok(String hash) {
        return new ToolCallReport(null, hash);
    }

    static ToolCallReport failed(String hash) {
        return new ToolCallReport(FailureKind.EXIT_STATUS, hash);
    }

    static ToolCallReport hidden() {
        return new ToolCallReport(FailureKind.OUTCOME_UNKNOWN, "u");
    }

    private void record(List<PendingEvent> outbox) {
        outbox.forEach(event -> recorded.add(event.key()));
        events.addAll(outbox);
    }

    private final class Reasoning implements ReasoningActivity {

        @Override
        public Spent interpretGoal(InterpretRequest request) {
            record(request.outbox());
            asked.add("interpret");
            if (interpretFailure != null) {
                throw interpretFailure;
            }
            return new Spent(1, 10, null);
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
            MessageRange messages = request.messages();
            asked.add("turn %s/%d %s%s"
                    .formatted(
                            request.at().step(),
                            request.at().turn(),
                            request.hint(),
                            messages == null
                                    ? ""
                                    : " messages %d-%d".formatted(messages.after() + 1, messages.upTo())));
            return turns.size() > 1 ? turns.remove() : turns.element();
        }

        @Override
        public ReviewOutline reviewStep(ReviewRequest request) {
            record(request.outbox());
            asked.add("review %s %s"
                    .formatted(request.at().step(), request.status().wire()));
            Decision own = decisionsOf.remove(request.at().step().value());
            return new ReviewOutline(
                    own != null ? own : decisions.isEmpty() ? Decision.CONTINUE : decisions.remove(),
                    new Spent(1, 10, null));
        }

        @Override
        public Verdict judgeTask(JudgeRequest request) {
            record(request.outbox());
            asked.add("judge " + request.checks());
            return verdicts.isEmpty() ? new Verdict(true, true, "done", new Spent(1, 10, null)) : verdicts.remove();
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
            FailureType failure = collectFailures.poll();
            if (failure != null) {
                throw ApplicationFailure.newNonRetryableFailure("gone", failure.name());
            }
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

    private final class Steering implements SteeringActivity {

        @Override
        public void takeCommand(TakenCommand request) {
            record(request.outbox());
            asked.add("take " + request.command());
        }

        @Override
        public Ticket requestApproval(PersonRequest request) {
            return ask("approval", request);
        }

        @Override
        public Ticket askUser(PersonRequest request) {
            return ask("question", request);
        }

        @Override
        public Ticket askWhatHappened(PersonRequest request) {
            return ask("outcome", request);
        }

        private Ticket ask(String kind, PersonRequest request) {
            record(request.outbox());
            asked.add("%s %s/%d"
                    .formatted(kind, request.effect().step(), request.effect().turn()));
            Instant now = Instant.ofEpochMilli(
                    Activity.getExecutionContext().getInfo().getCurrentAttemptScheduledTimestamp());
            return new Ticket(true, HASH, now.plus(request.patience()));
        }

        @Override
        public void expireApproval(ExpiredApproval request) {
            record(request.outbox());
            asked.add("expire");
        }
    }

    private final class Tool implements DynamicActivity {

        @Override
        public Object execute(EncodedValues args) {
            var request = args.get(0, ToolCallRequest.class);
            record(request.outbox());
            SandboxRef sandbox = request.sandbox();
            String where = sandbox == null || sandbox.generation() == 1 ? "" : " in " + sandbox.generation();
            Ruling ruling = request.ruling();
            String ruled = ruling == null ? "" : " " + ruling.getClass().getSimpleName();
            boolean local = Activity.getExecutionContext().getInfo().isLocal();
            asked.add("%s%s %d%s%s"
                    .formatted(
                            local ? "fast " : "",
                            request.effect().step(),
                            request.effect().turn(),
                            where,
                            ruled));
            toolEntered.countDown();
            if (local) {
                return fast();
            }
            toolsAtOnce.accumulateAndGet(toolsNow.incrementAndGet(), Math::max);
            together.countDown();
            try {
                // Longer than anything here takes; a loop that never gets there fails its assertions instead of
                // hanging.
                boolean all = together.await(20, TimeUnit.SECONDS);
                if (!all) {
                    asked.add("tools did not meet");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                toolsNow.decrementAndGet();
            }
            FailureType failure = failures.poll();
            if (failure != null) {
                throw ApplicationFailure.newNonRetryableFailure("gone", failure.name());
            }
            while (toolHangs && ruling == null) {
                try {
                    Activity.getExecutionContext().heartbeat(null);
                } catch (ActivityCompletionException e) {
                    asked.add("tool stopped");
                    throw e;
                }
                LockSupport.parkNanos(50_000_000L);
            }
            ToolCallReport report = reports.poll();
            return report == null ? ok("r") : report;
        }

        private FastReport fast() {
            LockSupport.parkNanos(fastTakes.toNanos());
            try {
                fastMayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            FailureType failure = failures.poll();
            if (failure != null) {
                throw ApplicationFailure.newNonRetryableFailure("gone", failure.name());
            }
            FastReport report = fast.poll();
            return report == null ? new FastReport.Done(ok("r")) : report;
        }
    }
}
