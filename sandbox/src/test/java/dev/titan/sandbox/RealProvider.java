package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.directory.SandboxDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;

/** A provider as tests see it from outside: what it leaves on the host is found without it. */
enum RealProvider {
    DOCKER("docker") {
        @Override
        void kill(TitanHome home, SandboxId id) throws IOException {
            output("docker", "kill", id.value());
        }

        @Override
        List<String> running(TitanHome home) throws IOException {
            return containers(home, "status=running");
        }

        // A container whose maker died before it started it runs nothing and is left all the same.
        @Override
        List<String> made(TitanHome home) throws IOException {
            return containers(home, "name=sbx-");
        }

        private List<String> containers(TitanHome home, String filter) throws IOException {
            String label = "label=dev.titan.instance=" + HostId.of(home);
            return output("docker", "ps", "--all", "--format", "{{.Names}}", "--filter", label, "--filter", filter)
                    .lines()
                    .toList();
        }
    },
    LOCAL("local") {
        @Override
        void kill(TitanHome home, SandboxId id) throws IOException {
            SandboxId madeAs = directories(home).find(id).orElseThrow().madeAs();
            withArgument(madeAs.value()).forEach(process -> process.destroyForcibly());
        }

        @Override
        List<String> running(TitanHome home) throws IOException {
            return withArgument(home.path() + "/run/").stream()
                    .map(process -> "process " + process.pid())
                    .toList();
        }

        @Override
        List<String> made(TitanHome home) throws IOException {
            return running(home);
        }
    };

    private final String provider;

    RealProvider(String provider) {
        this.provider = provider;
    }

    String providerName() {
        return provider;
    }

    /** Ends a sandbox as a crash would, behind the provider's back. */
    abstract void kill(TitanHome home, SandboxId id) throws IOException;

    /** Returns what runs for the sandboxes of a home. */
    abstract List<String> running(TitanHome home) throws IOException;

    /** Returns what the engine has of the sandboxes of a home, running or not. */
    abstract List<String> made(TitanHome home) throws IOException;

    /** Returns a provider as another process would have it: same home, nothing shared in memory. */
    SandboxProvider open(TitanHome home) {
        return CrashingOwner.provider(provider, home, System.getProperty("titan.sandbox.image", ""));
    }

    /** Opens it, or fails or skips when its engine is missing. */
    SandboxProvider require(TitanHome home) {
        SandboxProvider opened = open(home);
        if (opened.probe() instanceof Readiness.Missing(String reason, String remedy)) {
            String message = "%s is missing: %s (%s)".formatted(provider, reason, remedy);
            Assumptions.assumeThat(Boolean.getBoolean("titan.skipMissing"))
                    .as(message)
                    .isTrue();
            throw new IllegalStateException(message);
        }
        return opened;
    }

    SandboxDirectories directories(TitanHome home) {
        return new SandboxDirectories(home, HostId.of(home), provider);
    }

    /** Returns everything that sandboxes of a home have left on the host. */
    List<String> traces(TitanHome home) throws IOException {
        List<String> traces = new ArrayList<>(made(home));
        if (Files.exists(home.run())) {
            try (Stream<Path> places = Files.list(home.run())) {
                places.map(place -> "place " + place.getFileName()).forEach(traces::add);
            }
        }
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(home.path().toString()))
                .map(line -> "mount " + line)
                .forEach(traces::add);
        String host = HostId.of(home).value();
        for (Path groups : List.of(
                Path.of("/sys/fs/cgroup/titan"),
                Path.of("/sys/fs/cgroup/memory/titan"),
                Path.of("/sys/fs/cgroup/pids/titan"),
                Path.of("/sys/fs/cgroup/cpu/titan"))) {
            traces.addAll(named(groups, name -> name.startsWith(host)));
        }
        traces.addAll(loopDevices(home));
        return traces;
    }

    private static List<String> named(Path directory, Predicate<String> wanted) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> wanted.test(entry.getFileName().toString()))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static List<String> loopDevices(TitanHome home) throws IOException {
        List<String> found = new ArrayList<>();
        for (String device : named(Path.of("/sys/block"), name -> name.startsWith("loop"))) {
            Path backing = Path.of(device, "loop", "backing_file");
            if (Files.exists(backing)
                    && Files.readString(backing).contains(home.path().toString())) {
                found.add(device);
            }
        }
        return found;
    }

    private static List<ProcessHandle> withArgument(String text) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .filter(path -> commandLine(path).contains(text))
                    .map(path -> Long.parseLong(path.getFileName().toString()))
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
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

    private static String output(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
