package dev.titan.e2e;

import dev.titan.testing.system.TestHome;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What Temporal keeps of tasks, byte for byte. */
final class Histories implements AutoCloseable {

    private final WorkflowServiceStubs service;
    private final TemporalUi ui;

    private Histories(WorkflowServiceStubs service, TemporalUi ui) {
        this.service = service;
        this.ui = ui;
    }

    /** Reads from the server of a home. */
    static Histories of(TestHome home) {
        return new Histories(
                WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setTarget("127.0.0.1:" + home.port("temporal"))
                        .build()),
                TemporalUi.of(home));
    }

    /** Returns the events of each run of a task, the oldest run first. */
    List<List<HistoryEvent>> runs(String task) {
        List<List<HistoryEvent>> runs = new ArrayList<>();
        for (JsonNode run : ui.runs(task)) {
            runs.add(events(WorkflowExecution.newBuilder()
                    .setWorkflowId(task)
                    .setRunId(run.path("execution").path("runId").asString())
                    .build()));
        }
        Collections.reverse(runs);
        return runs;
    }

    private List<HistoryEvent> events(WorkflowExecution run) {
        List<HistoryEvent> events = new ArrayList<>();
        GetWorkflowExecutionHistoryRequest.Builder page = GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace("default")
                .setExecution(run);
        do {
            GetWorkflowExecutionHistoryResponse answer =
                    service.blockingStub().getWorkflowExecutionHistory(page.build());
            events.addAll(answer.getHistory().getEventsList());
            page.setNextPageToken(answer.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return events;
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
