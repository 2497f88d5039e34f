package dev.titan.sandbox.pool;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import java.time.Duration;

/**
 * Commands that a sandbox runs before anybody claims it. The first command of a daemon takes it 50 ms of loading what
 * commands need, and the next few are still slow: more than everything else in a claim, so it is done while nobody waits.
 */
final class FirstCommands {

    /** After ten the rest is gained slowly; they take a tenth of a second. */
    private static final int COUNT = 10;

    /** A loaded host delays everything; a command that does nothing and still runs then means a broken sandbox. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The sandbox has no task yet, and its journal wants keys that no task's effect has. */
    private static final TaskId NOBODY = new TaskId("task-00000000-0000-0000-0000-000000000000");

    private FirstCommands() {}

    static void runIn(Workspace workspace) {
        for (int i = 0; i < COUNT; i++) {
            workspace.exec(
                    new EffectId(NOBODY, new StepId("first"), 1, i),
                    ExecCommand.bash("echo", TIMEOUT),
                    Workspace.OutputListener.IGNORE);
        }
    }
}
