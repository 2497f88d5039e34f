package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Lines of {@code /proc/self/status} that have to say something.
 *
 * @param name the probe's name
 * @param checks what has to be so
 * @param fields the lines' names
 * @param accepted what each of them may say
 */
record StatusProbe(String name, String checks, List<String> fields, Predicate<String> accepted) implements Probe {

    static final List<Probe> ALL = List.of(
            new StatusProbe(
                    "unprivileged_user",
                    "neither user nor group is root",
                    List.of("Uid", "Gid"),
                    Pattern.compile("(?!0\\b)\\d+(\\s+(?!0\\b)\\d+){3}").asMatchPredicate()),
            new StatusProbe(
                    "no_other_groups",
                    "no group but the own",
                    List.of("Groups"),
                    Pattern.compile("([1-9]\\d*)?").asMatchPredicate()),
            new StatusProbe(
                    "no_capabilities",
                    "every set of capabilities is empty",
                    List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"),
                    Pattern.compile("0+").asMatchPredicate()),
            new StatusProbe(
                    "no_new_privileges",
                    "no program can gain privileges",
                    List.of("NoNewPrivs"),
                    Predicate.isEqual("1")),
            new StatusProbe(
                    "system_call_filter", "system calls are filtered", List.of("Seccomp"), Predicate.isEqual("2")));

    @Override
    public Verdict run() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        List<String> seen = lines.stream()
                .filter(line -> fields.contains(line.substring(0, Math.max(0, line.indexOf(':')))))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .toList();
        List<String> wrong = seen.stream()
                .filter(line ->
                        !accepted.test(line.substring(line.indexOf(':') + 1).strip()))
                .toList();
        return seen.size() == fields.size() ? Verdict.none(wrong, String.join(", ", seen)) : Verdict.fails("not told");
    }
}
