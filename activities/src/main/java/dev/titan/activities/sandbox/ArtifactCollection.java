package dev.titan.activities.sandbox;

import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.artifact.ArtifactKind;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.tool.SensitiveFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Stores the files a task has made or changed. Storing the same content under the same name again is one artifact, so a
 * repeat goes on where the attempt before stopped.
 */
final class ArtifactCollection {

    /** More files than this are a build tree; the user wants an archive of it instead. */
    static final int FILES_MAX = 200;

    /** The limit of the file tools: what a task cannot read it need not hand over. */
    static final int FILE_BYTES_MAX = 5 * 1024 * 1024;

    /** What one task may leave in the store. */
    static final long TASK_BYTES_MAX = 50L * 1024 * 1024;

    private final SandboxRecords records;
    private final TaskId task;
    private final String traceId;

    ArtifactCollection(SandboxRecords records, TaskId task, String traceId) {
        this.records = records;
        this.task = task;
        this.traceId = traceId;
    }

    /** Returns how many were stored, in the order of their paths up to the limits. */
    int collect(Workspace workspace, Runnable betweenFiles) {
        Map<String, String> given =
                records.tasks().find(task).map(found -> found.request().files()).orElse(Map.of());
        Baseline baseline = Baseline.kept(records.ledger(), task);
        int stored = 0;
        long bytes = 0;
        List<FileReply.Entry> candidates = new WorkspaceFiles(workspace)
                .list(betweenFiles).stream()
                        .filter(entry -> entry.bytes() <= FILE_BYTES_MAX && !baseline.unchanged(entry))
                        .toList();
        for (FileReply.Entry entry : candidates) {
            betweenFiles.run();
            if (stored == FILES_MAX || bytes + entry.bytes() > TASK_BYTES_MAX) {
                break;
            }
            if (workspace.read(entry.path(), FILE_BYTES_MAX) instanceof FileReply.Content(byte[] content)
                    && isNew(entry.path(), content, given)) {
                store(entry.path(), content);
                stored++;
                bytes += content.length;
            }
        }
        return stored;
    }

    private static boolean isNew(String path, byte[] content, Map<String, String> given) {
        String before = given.get(path);
        boolean same = before != null && Arrays.equals(before.getBytes(StandardCharsets.UTF_8), content);
        return !same && !SensitiveFiles.byContent(path, content);
    }

    private void store(String path, byte[] content) {
        Artifact artifact =
                records.artifacts().save(task, ArtifactKind.FILE, path, MediaTypes.of(path, content), content);
        records.events()
                .append(
                        task,
                        traceId,
                        List.of(new PendingEvent(
                                "artifact_created/" + artifact.id(),
                                Instant.now(),
                                null,
                                null,
                                new TaskEvent.ArtifactCreated(artifact))));
    }
}
