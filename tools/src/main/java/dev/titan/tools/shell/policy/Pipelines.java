package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pairs of programs in one pipeline that together are a remote shell. */
final class Pipelines {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ash", "ksh", "rbash", "fish");

    private static final Set<String> RAW_CONNECTIONS = Set.of("nc", "ncat", "netcat", "telnet", "socat", "openssl");

    private Pipelines() {}

    static void check(List<SyntaxNode> stages, Objections objections) {
        List<String> names = stages.stream().flatMap(Pipelines::names).toList();
        if (names.stream().anyMatch(SHELLS::contains) && names.stream().anyMatch(RAW_CONNECTIONS::contains)) {
            objections.add(
                    "remote-shell",
                    "A shell is connected to the network, which lets another machine run commands here. Run the commands you need directly.");
        }
    }

    /** The grammar hangs {@code a | b 2>&1 | c} as a pipeline inside a redirect inside a pipeline. */
    private static Stream<String> names(SyntaxNode stage) {
        return switch (stage.type()) {
            case "command" ->
                stage
                        .child("name")
                        .map(SyntaxNode::text)
                        .map(text -> text.substring(text.lastIndexOf('/') + 1))
                        .stream();
            case "redirected_statement", "pipeline" -> stage.children().stream().flatMap(Pipelines::names);
            default -> Stream.empty();
        };
    }
}
