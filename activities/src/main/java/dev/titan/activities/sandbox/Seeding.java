package dev.titan.activities.sandbox;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.tool.EffectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the files of a request into a new workspace and runs its setup command. Every write and the command have effect
 * ids of their own in the pseudo-step {@link #STEP}, so a repeat changes nothing. What cannot be put there is the user's
 * to mend, and so is a setup command that fails: both end the task as {@link SandboxException.Refused}, unretried.
 */
final class Seeding {

    static final StepId STEP = new StepId("seed");

    /** Half of what the activity has; installing dependencies is the longest thing a setup does. */
    private static final Duration SETUP_TIMEOUT = Duration.ofMinutes(5);

    /** Enough of a failed setup's output to see why. */
    private static final int OUTPUT_CHARS_MAX = 700;

    private final TaskId task;
    private final Workspace workspace;

    Seeding(TaskId task, Workspace workspace) {
        this.task = task;
        this.workspace = workspace;
    }

    /** Returns whether anything was put there. */
    boolean seed(TaskRequest request, Workspace.OutputListener listener) {
        Map<String, String> files = new TreeMap<>(request.files());
        int call = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            listener.onOutput(new byte[0]);
            byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
            if (workspace.write(effect(call++), file.getKey(), content) instanceof FileReply.Refused refused) {
                throw new SandboxException.Refused("the file '%s' of the request cannot be put into the workspace: %s"
                        .formatted(file.getKey(), refused.message()));
            }
        }
        if (request.setup() != null) {
            setup(effect(call), request.setup(), listener);
        }
        return !files.isEmpty() || request.setup() != null;
    }

    private void setup(EffectId effect, String command, Workspace.OutputListener listener) {
        ExecResult result = workspace.exec(effect, ExecCommand.bash(command, SETUP_TIMEOUT), listener);
        if (!(result.end() instanceof ExecResult.End.Exited(int status) && status == 0)) {
            throw new SandboxException.Refused("the setup command of the request failed (%s): %s"
                    .formatted(said(result.end()), ending(result.output())));
        }
    }

    private static String said(ExecResult.End end) {
        return switch (end) {
            case ExecResult.End.Exited(int status) -> "exit status " + status;
            case ExecResult.End.Signalled(int signal) -> "signal " + signal;
            case ExecResult.End.OutOfMemory(int status) -> "out of memory, exit status " + status;
            case ExecResult.End.TimedOut(Duration after) -> "timed out after %d s".formatted(after.toSeconds());
            case ExecResult.End.Killed() -> "killed";
            case ExecResult.End.NotStarted(String message) -> message;
        };
    }

    private static String ending(ExecResult.Output output) {
        String text = output.tail() == null ? output.head() : output.tail();
        return text.substring(Math.max(0, text.length() - OUTPUT_CHARS_MAX)).strip();
    }

    private EffectId effect(int call) {
        return new EffectId(task, STEP, 1, call);
    }
}
