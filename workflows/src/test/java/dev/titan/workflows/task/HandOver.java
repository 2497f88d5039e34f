package dev.titan.workflows.task;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has a run hand over to a new one, as a server does whose history has grown: the in-memory server never suggests it, so
 * this writes the suggestion into what the worker is given. A run that was told once is told at every replay.
 */
final class HandOver implements ClientInterceptor {

    /** By run: the first event that carries the suggestion. */
    private final Map<String, Long> suggestedFrom = new ConcurrentHashMap<>();

    private volatile boolean wanted;

    /** The run that is given the next workflow task is asked to end. */
    void suggest() {
        wanted = true;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            @SuppressWarnings("unchecked") // the same message with other contents
                            public void onMessage(R message) {
                                super.onMessage(
                                        message instanceof PollWorkflowTaskQueueResponse task
                                                ? (R) told(task)
                                                : message);
                            }
                        },
                        headers);
            }
        };
    }

    private PollWorkflowTaskQueueResponse told(PollWorkflowTaskQueueResponse task) {
        String run = task.getWorkflowExecution().getRunId();
        if (wanted && !run.isEmpty()) {
            wanted = false;
            suggestedFrom.put(run, task.getStartedEventId());
        }
        Long from = suggestedFrom.get(run);
        return from == null
                ? task
                : task.toBuilder().setHistory(told(task.getHistory(), from)).build();
    }

    private static History told(History history, long from) {
        History.Builder told = history.toBuilder();
        for (HistoryEvent.Builder event : told.getEventsBuilderList()) {
            if (event.hasWorkflowTaskStartedEventAttributes() && event.getEventId() >= from) {
                event.getWorkflowTaskStartedEventAttributesBuilder().setSuggestContinueAsNew(true);
            }
        }
        return told.build();
    }
}
