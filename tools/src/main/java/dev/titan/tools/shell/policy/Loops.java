package dev.titan.tools.shell.policy;

import java.util.Set;

/** Loops and functions that multiply: fork bombs, and files without end. Decided on the shape of the syntax alone. */
final class Loops {

    private static final Set<String> ALWAYS =
            Set.of("true", ":", "[ 1 ]", "[[ 1 ]]", "((1))", "(( 1 ))", "/bin/true", "! false");

    /** Something in the body that lets time pass or ends the loop. */
    private static final Set<String> PAUSES =
            Set.of("sleep", "read", "wait", "break", "exit", "return", "inotifywait", "timeout", "curl", "nc");

    private static final Set<String> MAKERS =
            Set.of("mkdir", "touch", "cp", "dd", "fallocate", "mktemp", "truncate", "tee");

    private Loops() {}

    static void check(SyntaxNode loop, Objections objections) {
        SyntaxNode body = loop.child("body").orElse(loop);
        if (!endless(loop)) {
            return;
        }
        if (body.holds("&") && !runsAny(body, Set.of("sleep", "read", "wait", "break", "exit", "return"))) {
            objections.add(
                    "fork-bomb",
                    "An endless loop starts background processes without waiting. Bound the loop, or add wait.");
        }
        if (runsAny(body, MAKERS) && !runsAny(body, PAUSES)) {
            objections.add("resources", "An endless loop makes files without bound. Give the loop an end.");
        }
    }

    static void checkRecursion(SyntaxNode function, Objections objections) {
        String name = function.child("name").map(SyntaxNode::text).orElse("");
        if (multiplies(function, name)) {
            objections.add("fork-bomb", "The function %s starts itself more than once and never ends.".formatted(name));
        }
    }

    private static boolean endless(SyntaxNode loop) {
        if (loop.is("c_style_for_statement")) {
            return loop.text().replaceAll("\\s", "").startsWith("for((;;))");
        }
        String condition =
                loop.child("condition").map(found -> found.text().strip()).orElse("");
        return loop.text().startsWith("until") ? condition.equals("false") : ALWAYS.contains(condition);
    }

    private static boolean multiplies(SyntaxNode node, String name) {
        long calls =
                node.children().stream().filter(child -> isCall(child, name)).count();
        boolean background = calls > 0 && node.children().stream().anyMatch(child -> child.is("&"));
        return (node.is("pipeline") && calls > 1)
                || background
                || node.children().stream().anyMatch(child -> multiplies(child, name));
    }

    private static boolean isCall(SyntaxNode node, String name) {
        return node.is("command")
                && node.child("name").filter(found -> found.text().equals(name)).isPresent();
    }

    private static boolean runsAny(SyntaxNode node, Set<String> names) {
        boolean here = node.is("command_name") && names.contains(node.text());
        return here || node.children().stream().anyMatch(child -> runsAny(child, names));
    }
}
