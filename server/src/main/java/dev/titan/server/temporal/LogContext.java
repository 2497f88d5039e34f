package dev.titan.server.temporal;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.chat.ReasoningActivity.InterpretRequest;
import dev.titan.contracts.chat.ReasoningActivity.JudgeRequest;
import dev.titan.contracts.chat.ReasoningActivity.PlanRequest;
import dev.titan.contracts.chat.ReasoningActivity.ReviewRequest;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.event.RecordActivity.RecordRequest;
import dev.titan.contracts.sandbox.SandboxActivity.CreateRequest;
import dev.titan.contracts.sandbox.SandboxActivity.SandboxRequest;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.converter.EncodedValues;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Puts task, step, effect and trace id on every log line of an activity. */
public final class LogContext extends WorkerInterceptorBase {

    private static final Logger LOG = LoggerFactory.getLogger(LogContext.class);

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {

            private @Nullable ActivityInfo activity;

            @Override
            public void init(ActivityExecutionContext context) {
                activity = context.getInfo();
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                ActivityInfo info = requireNonNull(activity, "init comes before execute");
                Map<String, String> context = new HashMap<>(idsOf(input.getArguments()));
                context.put("task_id", info.getWorkflowId());
                context.put("activity", info.getActivityType());
                context.put("attempt", Integer.toString(info.getAttempt()));
                Map<String, String> before = MDC.getCopyOfContextMap();
                context.forEach(MDC::put);
                try {
                    LOG.info("{} begins", info.getActivityType());
                    ActivityOutput output = super.execute(input);
                    LOG.info("{} ends", info.getActivityType());
                    return output;
                } catch (RuntimeException e) {
                    LOG.info("{} fails: {}", info.getActivityType(), e.getMessage());
                    throw e;
                } finally {
                    MDC.clear();
                    if (before != null) {
                        MDC.setContextMap(before);
                    }
                }
            }
        };
    }

    private static Map<String, String> idsOf(Object[] arguments) {
        if (arguments.length == 0) {
            return Map.of();
        }
        return switch (arguments[0]) {
            case EncodedValues encoded -> idsOf(encoded.get(0, ToolCallRequest.class));
            case ToolCallRequest request -> idsOf(request);
            case TurnRequest request ->
                ids(request.traceId(), request.at().step().value());
            case ReviewRequest request ->
                ids(request.traceId(), request.at().step().value());
            case InterpretRequest request -> ids(request.traceId());
            case PlanRequest request -> ids(request.traceId());
            case JudgeRequest request -> ids(request.traceId());
            case RecordRequest request -> ids(request.traceId());
            case CreateRequest request -> ids(request.traceId());
            case SandboxRequest request -> ids(request.traceId());
            default -> Map.of();
        };
    }

    private static Map<String, String> idsOf(ToolCallRequest request) {
        return Map.of(
                "trace_id", request.traceId(),
                "step_id", request.effect().step().value(),
                "effect_id", request.effect().toString());
    }

    private static Map<String, String> ids(String traceId) {
        return Map.of("trace_id", traceId);
    }

    private static Map<String, String> ids(String traceId, String stepId) {
        return Map.of("trace_id", traceId, "step_id", stepId);
    }
}
