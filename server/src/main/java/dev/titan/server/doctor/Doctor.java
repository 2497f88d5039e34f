package dev.titan.server.doctor;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.local.LocalSandboxes;
import dev.titan.sandbox.selftest.SandboxSelfTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Examines every provider of this host. Its sandboxes have a home of their own, so that no server takes them for leftovers;
 * one doctor at a time works there and first removes what an earlier one has left.
 */
final class Doctor {

    /** The setting of the same name as the server's {@code titan.sandbox.image}. */
    private static final String IMAGE = "TITAN_SANDBOX_IMAGE";

    private final Path home;
    private final Map<String, String> environment;
    private final Consumer<String> progress;

    /**
     * @param home Titan's home
     * @param environment of this process
     * @param progress hears lines for people
     */
    Doctor(Path home, Map<String, String> environment, Consumer<String> progress) {
        this.home = home;
        this.environment = environment;
        this.progress = progress;
    }

    Diagnosis examine() {
        TitanHome own = new TitanHome(home.resolve("doctor"));
        try {
            Files.createDirectories(own.path());
            try (FileChannel file = FileChannel.open(
                            own.path().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                assert lock.isValid();
                return examine(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + own.path(), e);
        }
    }

    private Diagnosis examine(TitanHome own) {
        HostId host = HostId.of(own);
        SandboxdDistribution daemon = new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                new TitanHome(home));
        DockerSettings settings = new DockerSettings(
                Optional.empty(), Optional.ofNullable(environment.get(IMAGE)).filter(image -> !image.isBlank()));
        List<Diagnosis.Examined> providers = new ArrayList<>();
        try (SandboxProvider docker = new DockerSandboxes(settings, own, host, daemon);
                SandboxProvider local = new LocalSandboxes(own, host, daemon)) {
            for (SandboxProvider provider : List.of(docker, local)) {
                providers.add(new Diagnosis.Examined(
                        provider.name(), provider.isolation(), provider.facts(), examine(provider)));
            }
        }
        return new Diagnosis(machine(), providers);
    }

    private Diagnosis.Examination examine(SandboxProvider provider) {
        return switch (provider.probe()) {
            case Readiness.Missing(String reason, String remedy) -> new Diagnosis.Examination.Missing(reason, remedy);
            case Readiness.Ready _ -> {
                try {
                    progress.accept("Testing a sandbox of %s".formatted(provider.name()));
                    provider.list().forEach(provider::destroy);
                    provider.prepare(progress);
                    yield new Diagnosis.Examination.Done(
                            provider.unenforced().stream().sorted().toList(), SandboxSelfTest.run(provider));
                } catch (SandboxException e) {
                    yield new Diagnosis.Examination.Failed(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static List<HostFact> machine() {
        return List.of(
                HostFact.plain(
                        "kernel", "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version"))),
                HostFact.plain("processor", System.getProperty("os.arch", "")),
                Files.exists(Path.of("/dev/kvm"))
                        ? HostFact.plain("KVM", "there")
                        : HostFact.lacking("KVM", "absent", "no virtual machine could hold a sandbox"));
    }
}
