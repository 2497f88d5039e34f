package dev.titan.workflows.task;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.Ruling;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts tool calls as activities: in the fast lane first where it takes them, else on the queue where they have to run. */
final class ToolCalls {

    /** A command of the success criteria; its arguments are in the request, so their hash is of no use to anybody. */
    private static final CallOutline CHECK =
            new CallOutline("shell", 0, "", EffectClass.SANDBOX, ToolPlace.SANDBOX, false, false);

    private final TaskStart start;
    private final Outbox outbox;
    private final TaskSandbox sandbox;
    private final People people;
    private final Gate gate;
    private final FastLane fastLane;

    ToolCalls(TaskContext task, TaskSandbox sandbox) {
        this.start = task.start();
        this.outbox = task.outbox();
        this.sandbox = sandbox;
        this.people = task.people();
        this.gate = task.gate();
        this.fastLane = new FastLane(start.lanes());
    }

    /**
     * Runs the calls of one turn once everybody who has to be asked has spoken, side by side when every one of them allows
     * it, and reports in their order; empty when the run is to be continued by a new one first.
     */
    Optional<TurnReport> run(StepId step, int turn, List<CallOutline> calls, CallSource source) {
        Turn all = new Turn(step, turn, calls, source);
        Map<CallOutline, Ruling> rulings = new HashMap<>();
        if (!rule(all, rulings) || !gate.passAgain()) {
            return Optional.empty();
        }
        Optional<TurnReport> report = clarify(all, rulings, run(all, rulings));
        report.ifPresent(_ -> calls.forEach(call -> people.forget(effect(all, call))));
        return report;
    }

    /** Calls of one turn. */
    private record Turn(StepId step, int number, List<CallOutline> calls, CallSource source) {}

    private EffectId effect(Turn turn, CallOutline call) {
        return new EffectId(start.taskId(), turn.step(), turn.number(), call.call());
    }

    /** Everybody is asked before anybody is waited for. */
    private boolean rule(Turn turn, Map<CallOutline, Ruling> rulings) {
        Map<CallOutline, People.Asked> questions = new LinkedHashMap<>();
        for (CallOutline call : turn.calls()) {
            if (people.mustBeAsked(call)) {
                people.ask(effect(turn, call), call, turn.source()).ifPresent(asked -> questions.put(call, asked));
            }
        }
        return await(questions, rulings);
    }

    /** Where nobody knows what became of a call, people are asked that too, and what they say is its result. */
    private Optional<TurnReport> clarify(Turn turn, Map<CallOutline, Ruling> before, List<ToolCallReport> reports) {
        Map<CallOutline, Ruling> told = new LinkedHashMap<>();
        for (int i = 0; i < reports.size(); i++) {
            CallOutline call = turn.calls().get(i);
            if (people.mustBeAsked(reports.get(i))) {
                told.put(call, new Ruling.Untold(before.get(call)));
            }
        }
        if (told.isEmpty()) {
            return Optional.of(new TurnReport(reports, false));
        }
        Turn hidden = new Turn(turn.step(), turn.number(), List.copyOf(told.keySet()), turn.source());
        if (!askWhatHappened(hidden, before, told)) {
            return Optional.empty();
        }
        List<ToolCallReport> clear = new ArrayList<>(reports);
        Iterator<ToolCallReport> words = run(hidden, told).iterator();
        hidden.calls().forEach(call -> clear.set(turn.calls().indexOf(call), words.next()));
        return Optional.of(new TurnReport(clear, true));
    }

    /** Puts what people say in the place of what nobody has told. */
    private boolean askWhatHappened(Turn hidden, Map<CallOutline, Ruling> before, Map<CallOutline, Ruling> told) {
        try {
            Map<CallOutline, People.Asked> questions = new LinkedHashMap<>();
            for (CallOutline call : hidden.calls()) {
                people.askWhatHappened(effect(hidden, call), hidden.source(), before.get(call))
                        .ifPresent(asked -> questions.put(call, asked));
            }
            return await(questions, told) && gate.passAgain();
        } catch (TemporalFailure failure) {
            whenCancelled(() -> run(hidden, told));
            throw failure;
        }
    }

    private static boolean await(Map<CallOutline, People.Asked> questions, Map<CallOutline, Ruling> rulings) {
        for (Map.Entry<CallOutline, People.Asked> asked : questions.entrySet()) {
            Optional<Ruling> ruling = asked.getValue().await();
            if (ruling.isEmpty()) {
                return false;
            }
            rulings.put(asked.getKey(), ruling.get());
        }
        return true;
    }

    /** A call that has begun is recorded as ended, also when the task is cancelled while it is not. */
    private static void whenCancelled(Runnable ending) {
        if (CancellationScope.current().isCancelRequested()) {
            Workflow.newDetachedCancellationScope(ending).run();
        }
    }

    private List<ToolCallReport> run(Turn turn, Map<CallOutline, Ruling> rulings) {
        boolean together = turn.calls().stream().allMatch(CallOutline::parallelSafe);
        // Before the outbox is opened: creating the sandbox delivers what waits there.
        if (turn.calls().stream().anyMatch(call -> place(call, rulings.get(call)) == ToolPlace.SANDBOX)) {
            sandbox.require();
        }
        return outbox.deliverFor(events -> {
            List<StartedCall> started = new ArrayList<>();
            for (CallOutline call : turn.calls()) {
                Ruling ruling = rulings.get(call);
                StartedCall one =
                        new StartedCall(call, place(call, ruling), effect(turn, call), turn.source(), ruling, events);
                if (!together) {
                    one.report();
                }
                started.add(one);
            }
            return started.stream().map(StartedCall::report).toList();
        });
    }

    /** What is not done needs no sandbox. */
    private static ToolPlace place(CallOutline call, @Nullable Ruling ruling) {
        return switch (ruling) {
            case Ruling.Approved _, Ruling.Edited _ -> call.place();
            case Ruling.Denied _,
                    Ruling.Answered _,
                    Ruling.Expired _,
                    Ruling.Withdrawn _,
                    Ruling.Told _,
                    Ruling.Untold _ -> ToolPlace.WORKER;
            case null -> call.place();
        };
    }

    /** Runs the first {@code checks} commands of the success criteria; their results are in the ledger. */
    void check(int turn, int checks) {
        sandbox.require();
        for (int check = 0; check < checks; check++) {
            EffectId effect = new EffectId(start.taskId(), ReasoningActivity.VERIFY, turn, check);
            CallSource source = new CallSource.Criterion(check);
            outbox.deliver(events -> new StartedCall(CHECK, ToolPlace.SANDBOX, effect, source, null, events).report());
        }
    }

    /** One call; when its sandbox turns out to be gone, it is made again, as the same effect, in the next one. */
    private final class StartedCall {

        private final String tool;
        private final EffectClass effectClass;
        private final EffectId effect;
        private final CallSource source;
        private final @Nullable Ruling ruling;
        private final List<PendingEvent> events;
        private @Nullable SandboxRef where;
        private Promise<ToolCallReport> answer;

        StartedCall(
                CallOutline call,
                ToolPlace place,
                EffectId effect,
                CallSource source,
                @Nullable Ruling ruling,
                List<PendingEvent> events) {
            this.tool = call.tool();
            this.effectClass = call.effect();
            this.effect = effect;
            this.source = source;
            this.ruling = ruling;
            this.events = events;
            this.where = switch (place) {
                case WORKER, PERSON -> null;
                case SANDBOX -> sandbox.require();
            };
            this.answer = begin(where);
        }

        ToolCallReport report() {
            while (true) {
                try {
                    return answer.get();
                } catch (ActivityFailure failure) {
                    if (where == null || !sandbox.replaces(where, failure)) {
                        throw failure;
                    }
                    where = sandbox.require();
                    answer = begin(where);
                }
            }
        }

        private Promise<ToolCallReport> begin(@Nullable SandboxRef in) {
            return fastLane.takes(effectClass, in)
                    ? Async.function(() -> inTwoLanes(requireNonNull(in)))
                    : regular(in, ruling);
        }

        private ToolCallReport inTwoLanes(SandboxRef in) {
            return switch (fastLane.call(tool, request(in, ruling))) {
                case FastReport.Done(ToolCallReport report) -> report;
                case FastReport.NotHere _ -> regular(in, ruling).get();
                case FastReport.StillRunning _ -> handedOver(in);
            };
        }

        /** The task may be cancelled between the lanes. */
        private ToolCallReport handedOver(SandboxRef in) {
            try {
                return regular(in, ruling).get();
            } catch (TemporalFailure failure) {
                whenCancelled(() -> regular(null, new Ruling.Withdrawn()).get());
                throw failure;
            }
        }

        private Promise<ToolCallReport> regular(@Nullable SandboxRef in, @Nullable Ruling by) {
            ToolCallRequest request = request(in, by);
            return ActivityPolicy.tool(ActivityPolicy.summary(tool, request), in)
                    .executeAsync(tool, ToolCallReport.class, request);
        }

        private ToolCallRequest request(@Nullable SandboxRef in, @Nullable Ruling by) {
            return new ToolCallRequest(effect, source, in, by, start.traceId(), events);
        }
    }
}
