package dev.titan.activities.tool;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.record.LogContext;
import dev.titan.contracts.tool.FastReport;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;

/**
 * Every tool call as an activity whose type is the tool's name: the argument is a {@link ToolCallRequest}, the result a
 * {@link ToolCallReport}, or a {@link FastReport} when the activity is a local one. Thread-safe.
 */
public final class ToolDispatchActivity implements DynamicActivity {

    private final ToolDispatch dispatch;
    private final FastLane fastLane;

    public ToolDispatchActivity(ToolDispatch dispatch, FastLane fastLane) {
        this.dispatch = dispatch;
        this.fastLane = fastLane;
    }

    @Override
    public Object execute(EncodedValues arguments) {
        return FailureMapper.guard(() -> {
            ActivityExecutionContext context = Activity.getExecutionContext();
            ToolCallRequest request = arguments.get(0, ToolCallRequest.class);
            try (LogContext _ = LogContext.of(request.effect().task(), request.traceId())) {
                return context.getInfo().isLocal() ? fastLane.run(request) : regular(context, request);
            }
        });
    }

    /** A running command hears of a stop by its listener: an interrupt could not say why. */
    private ToolCallReport regular(ActivityExecutionContext context, ToolCallRequest request) {
        try (BackgroundHeartbeat heartbeat = BackgroundHeartbeat.start(context, stop -> {})) {
            return dispatch.run(request, heartbeat::check);
        }
    }
}
