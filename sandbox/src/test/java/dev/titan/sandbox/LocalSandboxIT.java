package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.local.LocalSandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link SandboxContract} for bubblewrap, which has to be installed. */
@Tag("bubblewrap")
class LocalSandboxIT extends SandboxContract {

    @Override
    public SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        return new LocalSandboxes(home, host, daemon);
    }

    /** Processes are told by the sandbox's id, which is among the arguments of each that holds it. */
    @Override
    public void kill(SandboxId id) throws IOException {
        pidsOf(id).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Override
    public List<String> tracesOf(SandboxId id) throws IOException {
        return pidsOf(id).stream().map(pid -> "process " + pid).toList();
    }

    @Test
    void saysWhatItDoesNotEnforce() {
        try (SandboxProvider provider = open()) {
            assertThat(provider.isolation()).isEqualTo("process");
            assertThat(provider.unenforced()).doesNotContain(SandboxProvider.Unenforced.WORK_BYTES);
            assertThatThrownBy(() -> new SandboxPolicy(Isolation.CONTAINER, Set.of()).demandOf(provider))
                    .isInstanceOf(SandboxException.Refused.class)
                    .hasMessageContaining("isolation container (it gives process)");
        }
    }

    private static List<Long> pidsOf(SandboxId id) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .filter(path -> commandLine(path).contains(id.value()))
                    .map(path -> Long.valueOf(path.getFileName().toString()))
                    .toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }
}
