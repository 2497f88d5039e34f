package dev.titan.contracts.sandbox;

import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.tool.EffectId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of commands.
 *
 * @param id under which it was started
 * @param commandLine its arguments, shortened to 200 characters
 * @param end what ended it; absent while it runs
 * @param took time from its start to its end, or until now
 * @param bytesTotal size of its output so far
 * @param processes how many processes of it run; 0 once it is over, whatever it may have left behind
 */
public record CommandSummary(
        EffectId id, String commandLine, @Nullable End end, Duration took, long bytesTotal, int processes) {}
