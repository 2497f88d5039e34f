package dev.titan.activities.tool;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.UnknownOutcome;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.Ruling;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolCallRequest;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;
import dev.titan.tool.Tool;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the arguments of a call where they are stored and reads them for the tool: Temporal's history never carries
 * them. What does not fit becomes an answer for the model; what is missing from the store is a bug and thrown.
 */
public final class CallResolver {

    private static final String HIDDEN = "A crash hides whether this call took effect, and it was not repeated. ";

    /** What the model reads when nobody says more. */
    static final String UNKNOWN = HIDDEN + "Find out whether it did before calling it again.";

    /** The user's own checks are commands of this tool. */
    private static final String SHELL = "shell";

    /** A check may run a test suite; longer work belongs into a step. */
    private static final int CHECK_TIMEOUT_S = 120;

    private final ToolRegistry tools;
    private final TaskRepository tasks;
    private final PlanRepository plans;
    private final Transcript transcript;
    private final CommandRepository commands;

    public CallResolver(
            ToolRegistry tools,
            TaskRepository tasks,
            PlanRepository plans,
            Transcript transcript,
            CommandRepository commands) {
        this.tools = tools;
        this.tasks = tasks;
        this.plans = plans;
        this.transcript = transcript;
        this.commands = commands;
    }

    /** Returns the call, with what a person has made of it, for a person to look at; empty when it cannot be made anyhow. */
    public Optional<ToolCall> callable(EffectId effect, CallSource source, @Nullable Ruling ruling) {
        return callable(resolve(effect, source, ruling));
    }

    private static Optional<ToolCall> callable(ResolvedCall call) {
        return switch (call) {
            case ResolvedCall.Ready<?> ready -> Optional.of(ready.call());
            case ResolvedCall.Changed(ResolvedCall changed, String _) -> callable(changed);
            case ResolvedCall.Refused _, ResolvedCall.Answered _ -> Optional.empty();
        };
    }

    /** Returns the call with what a person made of it. */
    ResolvedCall resolve(ToolCallRequest request) {
        return resolve(request.effect(), request.source(), request.ruling());
    }

    private ResolvedCall resolve(EffectId effect, CallSource source, @Nullable Ruling ruling) {
        return resolved(effect, resolve(effect, source), ruling);
    }

    private ResolvedCall resolved(EffectId effect, ResolvedCall call, @Nullable Ruling ruling) {
        return ruling == null ? call : ruled(effect, call, ruling);
    }

    /** Returns who is told when nobody knows what became of a call. */
    UnknownOutcome unknownOutcome(EffectId effect) {
        return asked(effect).terms().unknownOutcome();
    }

    private ResolvedCall ruled(EffectId effect, ResolvedCall call, Ruling ruling) {
        return switch (ruling) {
            case Ruling.Approved(String hash) -> {
                if (!CallHash.exactly(call.call()).equals(hash)) {
                    throw new IllegalStateException("%s is not the call that was approved".formatted(effect));
                }
                yield call;
            }
            case Ruling.Edited(CommandId command) -> edited(effect, call, decision(effect, command));
            case Ruling.Denied(CommandId command) ->
                refused(
                        call.call(),
                        FailureKind.DENIED,
                        "A person did not allow this call, and it was not made." + noteOf(decision(effect, command)));
            case Ruling.Answered(CommandId command) ->
                new ResolvedCall.Answered(call.call(), new ToolResult.Succeeded(message(effect, command)));
            case Ruling.Expired() ->
                refused(
                        call.call(),
                        FailureKind.TIMED_OUT,
                        "Nobody answered in time; nothing was done. Go on without it, or say what prevents the step.");
            case Ruling.Withdrawn() -> refused(call.call(), FailureKind.CANCELLED, ToolDispatch.CANCELLED);
            case Ruling.Told(CommandId command, Ruling before) ->
                hidden(
                        resolved(effect, call, before),
                        new ToolResult.Succeeded(HIDDEN + "A person has looked and says: " + message(effect, command)));
            case Ruling.Untold(Ruling before) ->
                hidden(resolved(effect, call, before), new ToolResult.Failed(FailureKind.OUTCOME_UNKNOWN, UNKNOWN));
        };
    }

    private static ResolvedCall hidden(ResolvedCall made, ToolResult result) {
        return new ResolvedCall.Answered(made.call(), made.noted(result));
    }

    private ResolvedCall edited(EffectId effect, ResolvedCall call, Command.Decide decision) {
        ToolCall changed =
                new ToolCall(call.call().tool(), requireNonNull(decision.arguments(), "an edit has arguments"));
        String note = "Note: a person changed the arguments of this call before it was made, to: %s%s"
                .formatted(TitanJson.mapper().writeValueAsString(changed.arguments()), noteOf(decision));
        return new ResolvedCall.Changed(
                fitted(changed, tools.restrictedTo(asked(effect).tools())), note);
    }

    private static String noteOf(Command.Decide decision) {
        String note = decision.note();
        return note == null || note.isBlank() ? "" : " They say: " + note;
    }

    private Command.Decide decision(EffectId effect, CommandId id) {
        if (command(effect, id) instanceof Command.Decide decide) {
            return decide;
        }
        throw unexpected(effect, id);
    }

    private String message(EffectId effect, CommandId id) {
        if (command(effect, id) instanceof Command.Say(String text)) {
            return text;
        }
        throw unexpected(effect, id);
    }

    private Command command(EffectId effect, CommandId id) {
        return commands.find(effect.task(), id)
                .orElseThrow(() -> new IllegalStateException("%s has no command %s".formatted(effect.task(), id)))
                .command();
    }

    private static IllegalStateException unexpected(EffectId effect, CommandId id) {
        return new IllegalStateException("command %s of %s is of another kind".formatted(id, effect.task()));
    }

    private TaskRequest asked(EffectId effect) {
        return tasks.request(effect.task());
    }

    private ResolvedCall resolve(EffectId effect, CallSource source) {
        TaskRequest asked = asked(effect);
        ToolRegistry allowed = tools.restrictedTo(asked.tools());
        return switch (source) {
            case CallSource.Planned(int version) -> fitted(planned(effect, version), allowed);
            case CallSource.Asked() -> asked(effect, allowed);
            case CallSource.Criterion(int check) -> fitted(check(effect, asked, check), tools);
        };
    }

    private ToolCall planned(EffectId effect, int version) {
        PlannedCall call = plans.find(effect.task(), version).stream()
                .flatMap(plan -> plan.steps().stream())
                .filter(step -> step.id().equals(effect.step()))
                .map(Step::call)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "plan %d of %s has no call for step %s".formatted(version, effect.task(), effect.step())));
        return new ToolCall(call.tool(), call.arguments());
    }

    private ResolvedCall asked(EffectId effect, ToolRegistry allowed) {
        Message.AskedCall call = transcript.reply(effect.task(), "step/" + effect.step(), effect.turn()).stream()
                .flatMap(reply -> reply.calls().stream().skip(effect.call()).limit(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the transcript has no call for " + effect));
        Optional<Map<String, Object>> arguments = AskedArguments.parse(call.arguments());
        return arguments.isPresent()
                ? fitted(new ToolCall(call.tool(), arguments.get()), allowed)
                : new ResolvedCall.Refused(
                        new ToolCall(call.tool(), Map.of()),
                        new ToolResult.Failed(
                                FailureKind.INVALID_ARGUMENTS,
                                "The arguments are not a JSON object. Call the tool again with valid JSON; mind quotes and line breaks inside text."));
    }

    private static ToolCall check(EffectId effect, TaskRequest asked, int check) {
        return asked.successCriteria().stream()
                .filter(SuccessCriterion.Check.class::isInstance)
                .map(SuccessCriterion.Check.class::cast)
                .skip(check)
                .findFirst()
                .map(found -> new ToolCall(SHELL, Map.of("command", found.command(), "timeout_s", CHECK_TIMEOUT_S)))
                .orElseThrow(() ->
                        new IllegalStateException("the request of %s has no check %d".formatted(effect.task(), check)));
    }

    private static ResolvedCall fitted(ToolCall call, ToolRegistry allowed) {
        Optional<Tool<?>> tool = allowed.find(call.tool());
        return tool.isPresent()
                ? fitted(call, tool.get())
                : refused(
                        call,
                        FailureKind.UNKNOWN_TOOL,
                        "There is no tool '%s'. The tools are: %s."
                                .formatted(call.tool(), String.join(", ", allowed.names())));
    }

    private static <A extends Record> ResolvedCall fitted(ToolCall call, Tool<A> tool) {
        return switch (ArgumentReader.read(tool.argumentsType(), call.arguments())) {
            case ReadArguments.Fitting<A>(A arguments) -> new ResolvedCall.Ready<>(call, tool, arguments);
            case ReadArguments.Unfitting<A>(String reason) ->
                refused(
                        call,
                        FailureKind.INVALID_ARGUMENTS,
                        "The arguments do not fit %s; nothing was done.\n%s".formatted(tool.name(), reason));
        };
    }

    private static ResolvedCall refused(ToolCall call, FailureKind kind, String text) {
        return new ResolvedCall.Refused(call, new ToolResult.Failed(kind, text));
    }
}
