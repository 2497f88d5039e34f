package dev.titan.activities.tool;

import dev.titan.activities.failure.FailureMapper;
import dev.titan.activities.heartbeat.BackgroundHeartbeat;
import dev.titan.activities.record.LogContext;
import dev.titan.contracts.tool.ToolCallReport;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;

/**
 * Every tool call as an activity whose type is the tool's name: the argument is a {@link ToolCallRequest}, the result a
 * {@link ToolCallReport}. Thread-safe.
 */
public final class ToolDispatchActivity implements DynamicActivity {

    private final ToolDispatch dispatch;

    public ToolDispatchActivity(ToolDispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public Object execute(EncodedValues arguments) {
        return FailureMapper.guard(() -> {
            ToolCallRequest request = arguments.get(0, ToolCallRequest.class);
            // A running command hears of a stop by its listener: an interrupt could not say why.
            try (LogContext _ = LogContext.of(request.effect().task(), request.traceId());
                    BackgroundHeartbeat heartbeat =
                            BackgroundHeartbeat.start(Activity.getExecutionContext(), stop -> {})) {
                return dispatch.run(request, heartbeat::check);
            }
        });
    }
}
