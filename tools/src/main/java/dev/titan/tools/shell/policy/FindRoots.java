package dev.titan.tools.shell.policy;

import java.util.List;

/** Where a {@code find} begins. */
final class FindRoots {

    private FindRoots() {}

    static List<String> of(Call call) {
        List<String> roots = call.args().stream()
                .dropWhile(arg -> arg.matches("-[HLP]|-O\\d|-D"))
                .takeWhile(arg -> !arg.startsWith("-") && !arg.equals("(") && !arg.equals("!"))
                .toList();
        return roots.isEmpty() ? List.of(".") : roots;
    }
}
