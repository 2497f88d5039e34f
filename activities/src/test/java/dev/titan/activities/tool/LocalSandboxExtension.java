package dev.titan.activities.tool;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.titan.activities.sandbox.SandboxHost;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.local.LocalSandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands a test class a host with real bubblewrap sandboxes, all of which are gone after it. */
public final class LocalSandboxExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LocalSandboxExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // A short path: a socket's is at most 107 bytes.
        TitanHome home = new TitanHome(Files.createTempDirectory(Path.of("/tmp"), "tt"));
        HostId id = HostId.of(home);
        SandboxdDistribution daemon =
                new SandboxdDistribution(Optional.of(Path.of(System.getProperty(SandboxdDistribution.SETTING))), home);
        SandboxHost host = new SandboxHost(new LocalSandboxes(home, id, daemon), id);
        context.getStore(NAMESPACE).put("host", host);
        context.getStore(NAMESPACE).put("home", home);
        if (host.provider().probe() instanceof Readiness.Missing(String reason, String remedy)) {
            String message = "bubblewrap is missing: %s (%s)".formatted(reason, remedy);
            assumeTrue(
                    !"false".equals(System.getProperty("titan.skipMissing")) || fail(message), "SKIPPED: " + message);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try (SandboxProvider provider = host(context).provider()) {
            provider.list().forEach(provider::destroy);
        }
        TitanHome home = requireNonNull(context.getStore(NAMESPACE).get("home", TitanHome.class));
        try (Stream<Path> files = Files.walk(home.path())) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SandboxHost.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return host(context);
    }

    private static SandboxHost host(ExtensionContext context) {
        return requireNonNull(context.getStore(NAMESPACE).get("host", SandboxHost.class));
    }

    private static boolean fail(String message) {
        throw new IllegalStateException(message);
    }
}
