package dev.titan.sandbox.egress;

import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.sandbox.SandboxShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The variables by which programs inside find the proxy. In an isolated task they lead to a proxy that cannot be found,
 * because its name is what every program then prints: it says why there is no network, where a mere refusal would not.
 */
final class EgressEnvironment {

    private static final String FILE = "environment";
    private static final String PROXY = "http://127.0.0.1:" + SandboxShape.EGRESS_PORT;
    private static final String NO_NETWORK = "http://the-network-policy-of-this-task-is-isolated.invalid:3128";

    /** What is inside the sandbox is reached without a proxy, whatever the policy. */
    private static final String INSIDE = "localhost,127.0.0.1,0.0.0.0,::1," + SandboxShape.HOST_NAME;

    private EgressEnvironment() {}

    static Map<String, String> of(NetworkPolicy policy) {
        Map<String, String> variables = new TreeMap<>();
        String proxy = policy instanceof NetworkPolicy.Isolated ? NO_NETWORK : PROXY;
        for (String name : new String[] {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"}) {
            variables.put(name, proxy);
        }
        variables.put("no_proxy", INSIDE);
        variables.put("NO_PROXY", INSIDE);
        // Node looks at them only then.
        variables.put("NODE_USE_ENV_PROXY", "1");
        return variables;
    }

    /** Writes them where the daemon reads them for each command. */
    static void write(Path directory, NetworkPolicy policy) throws IOException {
        String lines =
                of(policy).entrySet().stream().map(variable -> variable + "\n").collect(Collectors.joining());
        Path draft = directory.resolve(FILE + "+");
        Files.writeString(draft, lines);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
