package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node of a parsed command line.
 *
 * @param type the name the grammar of tree-sitter-bash gives it, such as {@code command}
 * @param field the role it plays for its parent, such as {@code name}; absent for most
 * @param text the source it covers
 * @param children in source order, punctuation included
 */
record SyntaxNode(String type, @Nullable String field, String text, List<SyntaxNode> children) {

    SyntaxNode {
        children = List.copyOf(children);
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }

    boolean has(String wanted) {
        return wanted.equals(field);
    }

    /** Returns the first child that plays the role. */
    Optional<SyntaxNode> child(String role) {
        return children.stream().filter(child -> child.has(role)).findFirst();
    }

    /** Returns the children that play the role. */
    List<SyntaxNode> children(String role) {
        return children.stream().filter(child -> child.has(role)).toList();
    }

    /** Returns whether the node or anything below it is of the type. */
    boolean holds(String wanted) {
        return is(wanted) || children.stream().anyMatch(child -> child.holds(wanted));
    }
}
