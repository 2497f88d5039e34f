package dev.titan.workflows.task;

import dev.titan.contracts.tool.ToolCallReport;
import java.util.List;

/**
 * What came of the calls of one turn.
 *
 * @param calls in the order they were asked for
 * @param hearsay whether a person had to say what became of one, which only a model can read: such a call may have done
 *     nothing
 */
record TurnReport(List<ToolCallReport> calls, boolean hearsay) {

    TurnReport {
        calls = List.copyOf(calls);
    }

    boolean succeeded() {
        return calls.getLast().succeeded();
    }
}
