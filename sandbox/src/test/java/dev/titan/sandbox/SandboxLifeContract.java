package dev.titan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.disk.WorkDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How sandboxes begin and end, and what is left of them: nothing. */
interface SandboxLifeContract extends SharedSandbox {

    /** Ends the sandbox as a crash would, behind the provider's back. */
    void kill(SandboxId id) throws IOException;

    /** Returns what a provider has left on this host of a sandbox, directories apart; empty for nothing. */
    List<String> tracesOf(SandboxId id) throws IOException;

    /** Returns a lease that two sandboxes, made one after the other, begin before it ends. */
    default Duration shortLease() {
        return Duration.ofSeconds(4);
    }

    @Test
    default void adoptsASandboxThatExists() {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        provider().create(spec).write(effect(), "made-by", "the first".getBytes(UTF_8));

        try (SandboxProvider other = open()) {
            Workspace again = other.create(spec);

            assertThat(again.read("made-by", 100)).isInstanceOf(FileReply.Content.class);
            assertThat(other.list()).containsOnlyOnce(spec.id());
        }
        provider().destroy(spec.id());
    }

    @Test
    default void createsOneSandboxForTwoCallersAtOnce() {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        try (SandboxProvider other = open()) {
            CompletableFuture<Workspace> first =
                    CompletableFuture.supplyAsync(() -> provider().create(spec));
            CompletableFuture<Workspace> second = CompletableFuture.supplyAsync(() -> other.create(spec));
            first.join().write(effect(), "shared", "one".getBytes(UTF_8));

            assertThat(second.join().read("shared", 100)).isInstanceOf(FileReply.Content.class);
            assertThat(provider().list()).containsOnlyOnce(spec.id());
        }
        provider().destroy(spec.id());
    }

    @Test
    default void connectsToNothingThatIsNotThere() {
        assertThatThrownBy(() -> provider().connect(SandboxSpec.idFor(newTask())))
                .isInstanceOf(SandboxException.Lost.class);
    }

    @Test
    default void refusesWhatThePolicyDemandsAndTheHostDoesNotGive() {
        SandboxPolicy policy = new SandboxPolicy(Isolation.KERNEL, Set.of());
        SandboxSpec spec =
                new SandboxSpec(idOfNewTask(), newTask(), SandboxLimits.STANDARD, SandboxLife.STANDARD, policy);

        assertThatThrownBy(() -> provider().create(spec))
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining(
                        "isolation kernel (it gives %s)".formatted(provider().isolation()));
        assertThat(provider().list()).doesNotContain(spec.id());
    }

    @Test
    default void leavesNothingBehind() throws IOException {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Workspace doomed = provider().create(spec);
        doomed.exec(effect(), bash("mkdir -m 000 locked; setsid sleep 400 >/dev/null 2>&1 &"), OutputListener.IGNORE);

        provider().destroy(spec.id());
        provider().destroy(spec.id());

        assertThat(tracesOf(spec.id())).isEmpty();
        assertThat(provider().list()).doesNotContain(spec.id());
        TitanHome home = new TitanHome(directory());
        assertThat(new SandboxDirectories(home, HostId.of(home), provider().name())
                        .of(spec.id())
                        .path())
                .doesNotExist();
        assertThatThrownBy(() -> provider().connect(spec.id())).isInstanceOf(SandboxException.Lost.class);
    }

    @Test
    default void leavesNoDiskBehindWhoeverIsKilled() throws IOException {
        Assumptions.assumeThat(WorkDisk.trial(directory().resolve("trial")))
                .as("this host has no disks to give: workspaces are in memory")
                .isEmpty();
        await().until(() -> disksBelow(directory().resolve("trial")).isEmpty());
        SandboxSpec spec = SandboxSpec.standard(newTask());
        Path place = placeOf(spec.id());
        provider().create(spec);
        assertThat(disksBelow(place)).hasSize(1);

        kill(spec.id());

        await().atMost(LONG).until(() -> disksBelow(place).isEmpty());
        provider().destroy(spec.id());
        assertThat(place).doesNotExist();
    }

    @Test
    default void endsItselfWhenNobodyRenewsItsLease() throws IOException {
        SandboxLife life = new SandboxLife(shortLease(), Duration.ofMinutes(10));
        SandboxSpec kept = new SandboxSpec(idOfNewTask(), newTask(), SandboxLimits.STANDARD, life);
        SandboxSpec left = new SandboxSpec(idOfNewTask(), newTask(), SandboxLimits.STANDARD, life);
        provider().create(kept);
        provider().create(left);

        await().atMost(LONG).until(() -> {
            provider().renew(kept.id());
            return tracesOf(left.id()).isEmpty();
        });

        assertThat(provider().connect(kept.id()).list(".", 1, 1)).isInstanceOf(FileReply.Listing.class);
        assertThat(provider().list())
                .as("its place on the host is left for the reaper")
                .contains(left.id(), kept.id());
        provider().destroy(kept.id());
        provider().destroy(left.id());
    }

    @Test
    default void reclaimsWhatNobodyWants() throws IOException {
        try (SandboxProvider other = open(new TitanHome(directory().resolve("h")))) {
            SandboxSpec wanted = SandboxSpec.standard(newTask());
            SandboxSpec unwanted = SandboxSpec.standard(newTask());
            other.create(wanted);
            other.create(unwanted);
            SandboxLeases leases = new SandboxLeases(other);

            assertThat(leases.reclaim(() -> wanted.id()::equals)).containsExactly(unwanted.id());
            assertThat(leases.renewAll()).containsOnlyKeys(wanted.id());
            assertThat(leases.endExpired()).isEmpty();
            assertThat(other.list()).containsExactly(wanted.id());
            assertThat(tracesOf(unwanted.id())).isEmpty();
            assertThat(leases.reclaim(() -> id -> false)).containsExactly(wanted.id());
            assertThat(tracesOf(wanted.id())).isEmpty();
        }
    }

    private Path placeOf(SandboxId id) {
        TitanHome home = new TitanHome(directory());
        return new SandboxDirectories(home, HostId.of(home), provider().name())
                .of(id)
                .path();
    }

    /** Returns the loop devices over files below a directory, deleted ones too. */
    private static List<String> disksBelow(Path path) throws IOException {
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            return devices.map(device -> backingFile(device.resolve("loop/backing_file")))
                    .filter(file -> file.startsWith(path + "/"))
                    .toList();
        }
    }

    private static String backingFile(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException free) {
            return "";
        }
    }

    private SandboxId idOfNewTask() {
        return SandboxSpec.idFor(newTask());
    }
}
