package dev.titan.tools.shell.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement reads from and writes to.
 *
 * @param input what it reads, when it is redirected
 * @param outputs files it writes
 * @param arguments words that stand behind a here-document's mark and belong to the command
 * @param following statements that the grammar hangs below a here-document
 */
record Redirects(@Nullable Flow input, List<String> outputs, List<String> arguments, List<SyntaxNode> following) {

    Optional<Flow> stdin() {
        return Optional.ofNullable(input);
    }

    /** Collects redirects in source order. */
    static final class Builder {
        private @Nullable Flow input;
        private final List<String> outputs = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final List<SyntaxNode> following = new ArrayList<>();

        void stdin(Flow flow) {
            input = flow;
        }

        void output(String path) {
            outputs.add(path);
        }

        void arguments(List<String> words) {
            arguments.addAll(words);
        }

        void following(SyntaxNode node) {
            following.add(node);
        }

        Redirects build() {
            return new Redirects(input, List.copyOf(outputs), List.copyOf(arguments), List.copyOf(following));
        }
    }
}
