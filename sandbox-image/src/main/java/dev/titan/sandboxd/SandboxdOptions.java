package dev.titan.sandboxd;

import dev.titan.sandboxd.egress.Egress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the daemon is started with.
 *
 * @param socket where it listens; at most 107 bytes, a limit of unix sockets
 * @param root the workspace
 * @param id the sandbox it serves
 * @param lease time without a request after which it ends
 * @param ttl time after which it ends in any case
 * @param egress the way out; empty for none
 */
record SandboxdOptions(Path socket, Path root, String id, Duration lease, Duration ttl, Optional<Egress> egress) {

    static final String USAGE =
            "usage: titan-sandboxd --socket <path> --root <directory> --id <sandbox id> --lease-ms <n> --ttl-ms <n> [--egress <port>:<directory>]";

    private static final Set<String> NAMES = Set.of("--socket", "--root", "--id", "--lease-ms", "--ttl-ms");

    private static final String EGRESS = "--egress";

    SandboxdOptions {
        if (!lease.isPositive() || !ttl.isPositive()) {
            throw new IllegalArgumentException("--lease-ms and --ttl-ms must be positive");
        }
    }

    /** Reads the command line; a wrong one is an {@link IllegalArgumentException}. */
    static SandboxdOptions parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int index = 0; index + 1 < arguments.size(); index += 2) {
            values.put(arguments.get(index), arguments.get(index + 1));
        }
        Optional<Egress> egress = Optional.ofNullable(values.remove(EGRESS)).map(Egress::parse);
        int count = NAMES.size() + (egress.isPresent() ? 1 : 0);
        if (arguments.size() != 2 * count || !values.keySet().equals(NAMES)) {
            throw new IllegalArgumentException(USAGE);
        }
        return new SandboxdOptions(
                Path.of(values.getOrDefault("--socket", "")),
                Path.of(values.getOrDefault("--root", "")),
                values.getOrDefault("--id", ""),
                Duration.ofMillis(Long.parseLong(values.getOrDefault("--lease-ms", ""))),
                Duration.ofMillis(Long.parseLong(values.getOrDefault("--ttl-ms", ""))),
                egress);
    }
}
