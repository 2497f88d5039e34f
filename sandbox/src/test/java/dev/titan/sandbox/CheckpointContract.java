package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.checkpoint.RestorePart;
import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.checkpoint.CheckpointRestore;
import dev.titan.sandbox.checkpoint.CheckpointTaking;
import dev.titan.sandbox.checkpoint.Taken;
import dev.titan.testing.checkpoint.BlobsInMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What checkpoints promise, whoever makes the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CheckpointContract {

    /** Everything a restored workspace must have in common with the original. */
    private static final String STATE = """
            find . -mindepth 1 -printf '%P %y %m %T@ %l ' \\( -type f -printf '%s' -o -true \\) -printf '\\n' | LC_ALL=C sort
            find . -type f -readable -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
            """;

    private final AtomicInteger turns = new AtomicInteger();
    private final TaskId task = new TaskId("task-" + UUID.randomUUID());
    private SandboxProvider provider;
    private SandboxProvider other;
    private Workspace workspace;
    private BlobsInMemory blobs;

    /** Returns the provider under test. */
    abstract SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon);

    /** Returns the provider on which the state is put back, on the same host. */
    SandboxProvider openOther(TitanHome home, HostId host, SandboxdDistribution daemon) {
        return open(home, host, daemon);
    }

    @BeforeAll
    void create(@TempDir Path directory) {
        TitanHome home = new TitanHome(directory);
        HostId host = HostId.of(home);
        SandboxdDistribution daemon = new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                home);
        provider = open(home, host, daemon);
        other = openOther(home, host, daemon);
        requireReady(provider);
        requireReady(other);
        workspace = provider.create(SandboxSpec.standard(task));
    }

    private static void requireReady(SandboxProvider provider) {
        if (provider.probe() instanceof Readiness.Missing(String reason, String remedy)) {
            String message = "%s is missing: %s (%s)".formatted(provider.name(), reason, remedy);
            Assumptions.assumeThat(Boolean.getBoolean("titan.skipMissing"))
                    .as(message)
                    .isTrue();
            throw new IllegalStateException(message);
        }
    }

    @AfterAll
    void destroy() {
        for (SandboxProvider one : List.of(provider, other)) {
            one.list().forEach(one::destroy);
            one.close();
        }
    }

    @BeforeEach
    void empty() {
        run(workspace, "chmod -R u+rwx . ; find . -mindepth 1 -delete");
        blobs = new BlobsInMemory();
    }

    @Test
    void putsEverythingBackAsItWas() {
        run(workspace, """
                mkdir -p empty deep/er src; echo 'print(1)' > src/a.py; chmod 754 src/a.py; : > src/none
                head -c 41943040 /dev/urandom > large.bin; head -c 3000000 /dev/urandom > deep/er/middle.bin
                ln -s src/a.py inside; ln -s /etc/passwd outside; ln -s nowhere dangling
                echo odd > $'line\\nbreak'; echo odd > $'not\\xffutf8'; echo odd > 'ünïcode ☃'
                touch -d '2001-02-03 04:05:06.123456789' src/a.py; touch -h -d '2002-02-02' inside
                chmod 1777 empty; touch -d '1999-12-31' deep/er deep; chmod 555 deep
                mkfifo pipe; rm pipe
                """);
        Manifest taken = take(workspace);

        Workspace restored = restoreInto(newSandbox(), taken);

        assertThat(run(restored, STATE)).isEqualTo(run(workspace, STATE)).contains("large.bin f 644", "inside l 777");
        assertThat(new CheckpointTaking(restored.snapshots(), blobs, () -> {}).take(taken.fingerprint()))
                .isEqualTo(new Taken.Unchanged());
    }

    @Test
    void putsBackWhatItsOwnerHasClosedToHimself() {
        run(workspace, "mkdir closed; echo secret > closed/file; chmod 000 closed/file closed");
        Manifest taken = take(workspace);

        Workspace restored = restoreInto(newSandbox(), taken);

        assertThat(run(workspace, "stat -c '%a %n' closed")).isEqualTo("0 closed\n");
        assertThat(
                        run(
                                restored,
                                "stat -c '%a %n' closed; chmod 700 closed; stat -c '%a %n' closed/file; chmod 400 closed/file; cat closed/file"))
                .isEqualTo("0 closed\n0 closed/file\nsecret\n");
    }

    @Test
    void anUnchangedWorkspaceSaysSoAndAChangedFileCostsItselfAndOnePage() {
        run(workspace, "mkdir d; for i in $(seq 2000); do echo $i > d/f$i; done");
        Manifest first = take(workspace);
        int before = blobs.count();

        assertThat(new CheckpointTaking(workspace.snapshots(), blobs, () -> {}).take(first.fingerprint()))
                .isEqualTo(new Taken.Unchanged());
        run(workspace, "echo changed > d/f1000");
        Manifest second = take(workspace);

        assertThat(first.pages()).hasSizeGreaterThan(3);
        assertThat(second.pages()).hasSameSizeAs(first.pages());
        assertThat(blobs.count()).isEqualTo(before + 2);
        assertThat(second.bytes()).isEqualTo(first.bytes() + "changed\n".length() - "1000\n".length());
    }

    /** Size and time of a file are easily kept while its content changes; the time of the change itself is not. */
    @Test
    void seesAChangeThatHidesItsTraces() {
        run(workspace, "echo one > f; touch -d 2020-01-01 f");
        Manifest first = take(workspace);

        run(workspace, "echo two > f; touch -d 2020-01-01 f");

        assertThat(take(workspace).fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void namesTheFileWhoseContentIsDamagedOrMissing() {
        run(workspace, "mkdir d; printf original > d/file");
        Manifest taken = take(workspace);
        blobs.corrupt("original".getBytes(UTF_8), "replaced".getBytes(UTF_8));

        assertThatThrownBy(() -> restoreInto(newSandbox(), taken))
                .isInstanceOf(SandboxException.Unrestorable.class)
                .hasMessageContaining("'d/file' does not match its hash")
                .hasMessageContaining("0682c5f2076f099c34cfdd15a9e063849ed437a49677e6fcc5b4198c76575be5");
    }

    @Test
    void refusesWhatItCannotHoldAndSaysWhatToDo() {
        run(workspace, "d=.; for i in $(seq 140); do d=$d/d; done; mkdir -p $d");

        assertThat(new CheckpointTaking(workspace.snapshots(), blobs, () -> {}).take(""))
                .isInstanceOfSatisfying(
                        Taken.TooLarge.class,
                        refused -> assertThat(refused.message())
                                .contains("directories deeper than 128 levels")
                                .contains("/tmp"));
        assertThat(run(workspace, "echo alive")).isEqualTo("alive\n");
    }

    /** Nothing outside gets in, and nothing a workspace does to itself meanwhile keeps a checkpoint from being taken. */
    @Test
    void isNotMisledByChangesWhileItIsTaken() {
        run(workspace, """
                mkdir -p swap flip; for i in $(seq 300); do echo $i > swap/passwd$i; done; cp -r swap other
                (while [ ! -e stop ]; do mv swap kept; ln -s /etc swap; rm swap; mv kept swap;
                  rm -rf flip; echo x > flip; rm flip; mkdir flip; date > flip/now; head -c 70000 /dev/urandom > noise; done; touch stopped) > /dev/null 2>&1 &
                """);
        for (int i = 0; i < 3; i++) {
            Manifest taken = take(workspace);
            Workspace restored = restoreInto(newSandbox(), taken);
            assertThat(run(restored, "cat other/passwd300; grep -rs root: . || true"))
                    .isEqualTo("300\n");
        }
        run(workspace, "touch stop; while [ ! -e stopped ]; do sleep 0.1; done");
    }

    @Test
    void theNewestAttemptRestoresAndTheEndIsFinal() {
        run(workspace, "echo one > file");
        Manifest taken = take(workspace);
        WorkspaceSnapshots target = newSandbox().snapshots();

        assertThat(target.beginRestore("first", taken.fingerprint())).isTrue();
        new CheckpointRestore(target, blobs, () -> {}).restore(taken);

        assertThatThrownBy(() -> target.restore("first", List.<RestorePart>of()))
                .isInstanceOf(SandboxException.Unrestorable.class)
                .hasMessageContaining("another attempt");
        assertThat(target.beginRestore("third", taken.fingerprint())).isFalse();
        assertThatThrownBy(() -> target.beginRestore("fourth", "another state"))
                .isInstanceOf(SandboxException.Unrestorable.class);
    }

    final Manifest take(Workspace from) {
        Taken taken = new CheckpointTaking(from.snapshots(), blobs, () -> {}).take("");
        assertThat(taken).isInstanceOf(Taken.Stored.class);
        return ((Taken.Stored) taken).manifest();
    }

    final Workspace restoreInto(Workspace target, Manifest manifest) {
        new CheckpointRestore(target.snapshots(), blobs, () -> {}).restore(manifest);
        return target;
    }

    final Workspace newSandbox() {
        return other.create(SandboxSpec.standard(new TaskId("task-" + UUID.randomUUID())));
    }

    final Workspace workspace() {
        return workspace;
    }

    final String run(Workspace where, String commandLine) {
        ExecResult result = where.exec(
                new EffectId(task, new StepId("s1"), turns.incrementAndGet(), 0),
                ExecCommand.bash(commandLine, Duration.ofMinutes(2)),
                Workspace.OutputListener.IGNORE);
        return result.output().head();
    }
}
