package dev.titan.sandbox.selftest;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.SandboxLife;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.SandboxShape;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandboxd.protocol.SelfTestReport;
import dev.titan.sandboxd.protocol.SelfTestReport.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/** Makes a small sandbox, lets the self-test run in it like any command, and removes it. */
public final class SandboxSelfTest {

    private static final long MEBIBYTE = 1L << 20;

    /** Small, so that every limit is reached in a second: room for the daemon, the self-test and little else. */
    public static final SandboxLimits LIMITS =
            new SandboxLimits(384 * MEBIBYTE, 1, 128, 1024, 64 * MEBIBYTE, 4_000, 16 * MEBIBYTE);

    /** A sandbox whose creator dies is gone soon after. */
    private static final SandboxLife LIFE = new SandboxLife(Duration.ofMinutes(3), Duration.ofMinutes(10));

    /** It takes seconds; on a machine under heavy load more. */
    private static final Duration TIME_MAX = Duration.ofMinutes(2);

    /** A report has about 10 kB; what comes from inside is untrusted. */
    private static final int REPORT_BYTES_MAX = 256 * 1024;

    private static final String PROGRAM = SandboxShape.DAEMON_DIRECTORY + "/bin/titan-selftest";

    private SandboxSelfTest() {}

    /**
     * Returns what was found in a fresh sandbox of a provider.
     *
     * @throws SandboxException when there is no sandbox, or when the self-test did not come to its end
     */
    public static List<Finding> run(SandboxProvider provider) {
        TaskId task = new TaskId("task-" + UUID.randomUUID());
        SandboxSpec spec = new SandboxSpec(SandboxSpec.idFor(task), task, LIMITS, LIFE);
        try {
            Workspace workspace = provider.create(spec);
            Set<Unenforced> unenforced = provider.unenforced();
            return report(workspace, task).probes().stream()
                    .map(probe -> finding(probe, unenforced))
                    .toList();
        } finally {
            provider.destroy(spec.id());
        }
    }

    /** Returns the self-test's arguments for a sandbox of these limits. */
    public static List<String> command(SandboxLimits limits) {
        return List.of(
                PROGRAM,
                "--memory-bytes",
                Long.toString(limits.memoryBytes()),
                "--cpus",
                Double.toString(limits.cpus()),
                "--processes",
                Integer.toString(limits.processesMax()),
                "--open-files",
                Integer.toString(limits.openFilesMax()),
                "--work-bytes",
                Long.toString(limits.workBytes()),
                "--work-files",
                Integer.toString(limits.workFilesMax()),
                "--host-name",
                SandboxShape.HOST_NAME,
                "--now-ms",
                Long.toString(System.currentTimeMillis()));
    }

    private static SelfTestReport report(Workspace workspace, TaskId task) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecResult result = workspace.exec(
                new EffectId(task, new StepId("s1"), 1, 0),
                new ExecCommand(command(LIMITS), Workspace.ROOT, Map.of(), TIME_MAX, ""),
                chunk -> {
                    if (output.size() + chunk.length <= REPORT_BYTES_MAX) {
                        output.writeBytes(chunk);
                    }
                });
        return parse(output.toString(StandardCharsets.UTF_8), result.end());
    }

    /** The report is the one line that is an object; the JVM may have said something before it. */
    static SelfTestReport parse(String output, ExecResult.End end) {
        try {
            return TitanJson.mapper()
                    .readValue(
                            output.lines()
                                    .filter(line -> line.startsWith("{"))
                                    .findFirst()
                                    .orElse(""),
                            SelfTestReport.class);
        } catch (JacksonException e) {
            String said = output.substring(0, Math.min(output.length(), 500)).replaceAll("\\p{Cntrl}+", " ");
            throw new SandboxException.Unavailable("the self-test gave no report (%s): %s".formatted(end, said), e);
        }
    }

    static Finding finding(SelfTestReport.Probe probe, Set<Unenforced> unenforced) {
        if (probe.outcome() != Outcome.FAILS) {
            Finding.State state = probe.outcome() == Outcome.HOLDS ? Finding.State.HOLDS : Finding.State.NOT_APPLICABLE;
            return new Finding(probe.name(), probe.checks(), state, probe.detail(), "");
        }
        return Guards.behind(probe.name())
                .filter(unenforced::contains)
                .map(absent -> new Finding(
                        probe.name(),
                        probe.checks(),
                        Finding.State.DECLARED_ABSENT,
                        probe.detail(),
                        Guards.remedy(absent)))
                .orElseGet(() -> new Finding(
                        probe.name(),
                        probe.checks(),
                        Finding.State.FAILS,
                        probe.detail(),
                        Guards.remedy(probe.name())));
    }
}
