package dev.titan.tools.shell.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One command as it would run, words expanded.
 *
 * @param name the program's name without its directory
 * @param program the program as written
 * @param args its arguments
 * @param env variables set for it alone
 * @param stdin what it reads
 * @param state what the shell knows
 */
record Call(String name, String program, List<String> args, Map<String, String> env, Flow stdin, ShellState state) {

    static Call of(List<String> argv, Map<String, String> env, Flow stdin, ShellState state) {
        String program = argv.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        return new Call(name, program, List.copyOf(argv.subList(1, argv.size())), Map.copyOf(env), stdin, state);
    }

    boolean is(String... names) {
        return List.of(names).contains(name);
    }

    /** Returns the arguments that are no options. */
    List<String> operands() {
        List<String> operands = new ArrayList<>();
        boolean only = false;
        for (String arg : args) {
            if (only || !arg.startsWith("-") || arg.equals("-")) {
                operands.add(arg);
            } else if (arg.equals("--")) {
                only = true;
            }
        }
        return operands;
    }

    /** Returns whether one of the options is given: a letter of a bundle such as {@code -rf}, or a long name. */
    boolean has(char letter, String... longNames) {
        return options()
                .anyMatch(arg -> arg.startsWith("--")
                        ? Stream.of(longNames).anyMatch(name -> arg.equals(name) || arg.startsWith(name + "="))
                        : arg.indexOf(letter) > 0);
    }

    boolean hasArg(String... wanted) {
        return args.stream().anyMatch(List.of(wanted)::contains);
    }

    /** Returns the value of an option: the argument after it, or what follows it directly. */
    Optional<String> value(String... options) {
        for (int i = 0; i < args.size(); i++) {
            for (String option : options) {
                String arg = args.get(i);
                if (arg.equals(option) && i + 1 < args.size()) {
                    return Optional.of(args.get(i + 1));
                }
                if (option.startsWith("--") && arg.startsWith(option + "=")) {
                    return Optional.of(arg.substring(option.length() + 1));
                }
                if (option.length() == 2 && arg.startsWith(option) && arg.length() > 2 && !arg.startsWith("--")) {
                    return Optional.of(arg.substring(2));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns where an argument leads when it is a path. */
    Place place(String path) {
        return Place.of(path, state.directory());
    }

    Stream<Place> places() {
        return operands().stream().map(this::place);
    }

    private Stream<String> options() {
        return args.stream().takeWhile(arg -> !arg.equals("--")).filter(arg -> arg.length() > 1 && arg.startsWith("-"));
    }
}
