package dev.titan.contracts.sandbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param end what ended it
 * @param output standard output and standard error, in the order they appeared
 * @param took time from start to end
 */
public record ExecResult(End end, Output output, Duration took) {

    /** What ended a command. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = End.Exited.class, name = "exited"),
        @JsonSubTypes.Type(value = End.Signalled.class, name = "signalled"),
        @JsonSubTypes.Type(value = End.OutOfMemory.class, name = "out_of_memory"),
        @JsonSubTypes.Type(value = End.TimedOut.class, name = "timed_out"),
        @JsonSubTypes.Type(value = End.Killed.class, name = "killed"),
        @JsonSubTypes.Type(value = End.NotStarted.class, name = "not_started")
    })
    public sealed interface End {

        /**
         * It exited by itself.
         *
         * @param status 0–255
         */
        record Exited(int status) implements End {}

        /**
         * A signal ended it that Titan did not send.
         *
         * @param signal the signal's number
         */
        record Signalled(int signal) implements End {}

        /**
         * It failed, and meanwhile the kernel killed a process of it, because the memory of the sandbox was used up. Where
         * the kernel does not tell, such a command ends as {@link Signalled} or {@link Exited}.
         *
         * @param status its exit status as a shell tells it, 1–255: 137 when its main process was the one killed
         */
        record OutOfMemory(int status) implements End {}

        /**
         * Its time limit ended it, with every process of its group.
         *
         * @param after the limit
         */
        record TimedOut(Duration after) implements End {}

        /** It was killed on request, with every process of its group. */
        record Killed() implements End {}

        /**
         * It could not be started.
         *
         * @param message why, such as a program that does not exist
         */
        record NotStarted(String message) implements End {}
    }

    /**
     * Output with its middle cut out when it is long. Bytes that are not UTF-8 appear as U+FFFD.
     *
     * @param head the beginning
     * @param tail the end; absent when nothing was cut
     * @param bytesTotal size of the whole output
     * @param bytesCut size of what is missing between head and tail
     */
    public record Output(String head, @Nullable String tail, long bytesTotal, long bytesCut) {}
}
