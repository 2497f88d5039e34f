package dev.titan.sandbox.local;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.seccomp.Processor;
import dev.titan.sandbox.seccomp.SeccompFilter;
import dev.titan.sandbox.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether bubblewrap works here, by running {@code true} in a sandbox like all others. Thread-safe. */
final class LocalProbe {

    /** All of util-linux and coreutils; their place is fixed because the sandbox has the host's {@code /usr}. */
    private static final List<Path> NEEDED = List.of(
            Path.of("/usr/bin/setpriv"),
            Path.of("/usr/bin/prlimit"),
            Path.of("/usr/bin/setsid"),
            Path.of("/usr/bin/unshare"),
            Path.of("/bin/bash"));

    private @Nullable Bubblewrap working;

    Readiness run() {
        Optional<Path> program = Programs.find("bwrap");
        if (program.isEmpty()) {
            return new Readiness.Missing(
                    "bubblewrap is not installed", "Debian and Ubuntu: apt-get install bubblewrap");
        }
        Optional<Path> absent =
                NEEDED.stream().filter(path -> !Files.isExecutable(path)).findFirst();
        if (absent.isPresent()) {
            return new Readiness.Missing(
                    "%s is not there".formatted(absent.get()), "Debian and Ubuntu: apt-get install util-linux bash");
        }
        try {
            return trial(program.get());
        } catch (IOException e) {
            return new Readiness.Missing("bubblewrap does not run: " + e.getMessage(), "install bubblewrap anew");
        }
    }

    /** Returns bubblewrap when it works; found out once. */
    synchronized Bubblewrap require() {
        Readiness readiness = working == null ? run() : new Readiness.Ready("");
        if (readiness instanceof Readiness.Missing(String reason, String remedy)) {
            throw new SandboxException.Refused("%s (remedy: %s)".formatted(reason, remedy));
        }
        if (working == null) {
            throw new IllegalStateException("a probe that is ready has found bubblewrap");
        }
        return working;
    }

    private synchronized Readiness trial(Path program) throws IOException {
        boolean canForbidNamespaces =
                Programs.run(List.of(program.toString(), "--help")).output().contains("--disable-userns");
        Bubblewrap bubblewrap = new Bubblewrap(program, HostUser.current(), canForbidNamespaces);
        Programs.Ended trial = filtered(bubblewrap);
        if (trial.status() != 0) {
            return new Readiness.Missing(
                    "bubblewrap cannot make a sandbox here: " + trial.firstLine(), remedyFor(trial.output()));
        }
        working = bubblewrap;
        return new Readiness.Ready(
                Programs.run(List.of(program.toString(), "--version")).firstLine());
    }

    private static Programs.Ended filtered(Bubblewrap bubblewrap) throws IOException {
        Path filter = Files.createTempFile("titan-trial", ".bpf");
        try {
            Files.write(filter, SeccompFilter.compile(SeccompProfile.standard(), Processor.current()));
            return Programs.run(bubblewrap.trial(filter));
        } finally {
            Files.delete(filter);
        }
    }

    static String remedyFor(String output) {
        if (output.contains("uid map") || output.contains("RTM_NEWADDR")) {
            return "Ubuntu's AppArmor forbids it: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run Titan as root";
        }
        if (output.contains("namespace") || output.contains("Operation not permitted")) {
            return "the kernel or the container around Titan forbids namespaces: sysctl kernel.unprivileged_userns_clone=1 and user.max_user_namespaces above 0, or use Docker";
        }
        return "run `bwrap --ro-bind / / true` to see it fail, or use Docker";
    }
}
