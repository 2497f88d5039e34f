package dev.titan.tools.shell.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a shell knows while it runs a script: variables, the current directory, functions. Used by one thread. */
final class ShellState {

    /** The tree the workspace is. */
    static final String WORKSPACE = "/work";

    /** Stands for the home folder, which lies outside the workspace. */
    static final String HOME = "/home/~";

    private final Map<String, String> variables;
    private final Set<String> functions;
    private final Map<String, Flow> files;
    private String directory;

    ShellState() {
        this.variables = new HashMap<>(Map.of("HOME", HOME, "IFS", " \t\n", "TMPDIR", "/tmp", "0", "$0"));
        this.functions = new HashSet<>();
        this.files = new HashMap<>();
        this.directory = WORKSPACE;
    }

    private ShellState(ShellState other) {
        this.variables = new HashMap<>(other.variables);
        this.functions = new HashSet<>(other.functions);
        this.files = other.files; // what a subshell writes is there afterwards
        this.directory = other.directory;
    }

    ShellState subshell() {
        return new ShellState(this);
    }

    String directory() {
        return directory;
    }

    void enter(String path) {
        directory = Mark.anyIn(path)
                ? Mark.UNKNOWN.text()
                : Place.of(path, directory).path();
    }

    /** Returns the value of a variable; {@link Mark#UNKNOWN} when it was not set here. */
    String value(String name) {
        return name.equals("PWD") ? directory : variables.getOrDefault(name, Mark.UNKNOWN.text());
    }

    boolean isSet(String name) {
        return name.equals("PWD") || variables.containsKey(name);
    }

    void assign(String name, String value) {
        variables.put(name, Mark.bounded(value));
    }

    void define(String function) {
        functions.add(function);
    }

    boolean defines(String function) {
        return functions.contains(function);
    }

    /** Notes what a file holds after the script wrote it. */
    void write(String path, Flow content) {
        files.put(Place.of(path, directory).path(), content);
    }

    /** Notes the content behind a process substitution and returns the path that stands for it. */
    String descriptor(Flow content) {
        String path = "/dev/fd/" + (63 + files.size());
        files.put(path, content);
        return path;
    }

    /** Returns what a file holds, when the script itself has written it. */
    Optional<Flow> written(String path) {
        return Optional.ofNullable(files.get(Place.of(path, directory).path()));
    }
}
