package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the fast lane says of a call. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FastReport.Done.class, name = "done"),
    @JsonSubTypes.Type(value = FastReport.StillRunning.class, name = "still_running"),
    @JsonSubTypes.Type(value = FastReport.NotHere.class, name = "not_here")
})
public sealed interface FastReport {

    /**
     * It is over.
     *
     * @param report what came of it
     */
    record Done(ToolCallReport report) implements FastReport {}

    /** It has begun and goes on in its sandbox; a regular activity attaches to it. */
    record StillRunning() implements FastReport {}

    /** Its sandbox belongs to another process; nothing was done. */
    record NotHere() implements FastReport {}
}
