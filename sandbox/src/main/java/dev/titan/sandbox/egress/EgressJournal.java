package dev.titan.sandbox.egress;

import dev.titan.contracts.event.TaskEvent;
import java.util.List;

/** Where the decisions about one sandbox are written down. May block; called by one thread at a time. */
@FunctionalInterface
public interface EgressJournal {

    /** Writes them down, in order. */
    void record(List<TaskEvent.EgressDecided> decisions);
}
