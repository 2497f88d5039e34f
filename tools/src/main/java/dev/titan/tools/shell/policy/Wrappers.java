package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs whose arguments are another command. */
final class Wrappers {

    /** Options of each wrapper that take the next argument as their value, and how many words precede the command. */
    private record Shape(Set<String> valued, int operandsBefore) {}

    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            Map.entry("command", new Shape(Set.of(), 0)),
            Map.entry("builtin", new Shape(Set.of(), 0)),
            Map.entry("exec", new Shape(Set.of("-a"), 0)),
            Map.entry("nohup", new Shape(Set.of(), 0)),
            Map.entry("setsid", new Shape(Set.of(), 0)),
            Map.entry("time", new Shape(Set.of("-o", "-f"), 0)),
            Map.entry("busybox", new Shape(Set.of(), 0)),
            Map.entry("toybox", new Shape(Set.of(), 0)),
            Map.entry("chronic", new Shape(Set.of(), 0)),
            Map.entry("unbuffer", new Shape(Set.of(), 0)),
            Map.entry("nice", new Shape(Set.of("-n"), 0)),
            Map.entry("ionice", new Shape(Set.of("-c", "-n"), 0)),
            Map.entry("stdbuf", new Shape(Set.of("-i", "-o", "-e"), 0)),
            Map.entry("watch", new Shape(Set.of("-n", "--interval"), 0)),
            Map.entry("strace", new Shape(Set.of("-o", "-e", "-p"), 0)),
            Map.entry("sudo", new Shape(Set.of("-u", "-g", "-C", "-h"), 0)),
            Map.entry("doas", new Shape(Set.of("-u"), 0)),
            Map.entry("timeout", new Shape(Set.of("-s", "-k", "--signal", "--kill-after"), 1)),
            Map.entry("flock", new Shape(Set.of("-w", "-E"), 1)),
            Map.entry("chroot", new Shape(Set.of(), 1)),
            Map.entry("taskset", new Shape(Set.of(), 1)),
            Map.entry("npx", new Shape(Set.of("-p", "--package"), 0)));

    private static final Shape XARGS =
            new Shape(Set.of("-I", "-n", "-P", "-L", "-d", "-s", "-E", "-a", "--max-args", "--max-procs", "-j"), 0);

    private Wrappers() {}

    /** Returns the command a wrapper runs; empty when the program is none, or runs none. */
    static List<String> inner(Call call) {
        Shape shape = SHAPES.get(call.name());
        return shape == null || (call.is("command") && call.hasArg("-v", "-V")) ? List.of() : after(call.args(), shape);
    }

    static List<String> xargs(Call call) {
        return after(call.args(), XARGS);
    }

    /** Returns the command {@code env} runs and puts the variables it sets into the map. */
    static List<String> env(Call call, Map<String, String> variables) {
        List<String> rest = after(call.args(), new Shape(Set.of("-u", "--unset", "-C", "--chdir"), 0));
        int first = 0;
        while (first < rest.size() && rest.get(first).matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*")) {
            String assignment = rest.get(first++);
            int equals = assignment.indexOf('=');
            variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return rest.subList(first, rest.size());
    }

    private static List<String> after(List<String> args, Shape shape) {
        int at = 0;
        while (at < args.size() && args.get(at).startsWith("-")) {
            if (args.get(at).equals("--")) {
                at++;
                break;
            }
            at += shape.valued.contains(args.get(at)) ? 2 : 1;
        }
        int begin = at + shape.operandsBefore;
        return begin < args.size() ? args.subList(begin, args.size()) : List.of();
    }
}
