package dev.titan.tools.shell.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a script as a shell would run it, every branch once and every loop once per known value, and hands each command
 * to {@link CommandRun}. Used by one thread for one command line.
 */
final class ScriptWalk {

    /** Scripts inside scripts: more is no command anybody writes. */
    private static final int NESTING_MAX = 12;

    /** Nodes of the syntax that are looked at: more than those of the longest command line. */
    private static final int NODES_MAX = 60_000;

    /** Values of a for loop that are tried. */
    private static final int LOOP_VALUES_MAX = 16;

    private final BashSyntax syntax;
    private final Objections objections;
    private final CommandRun commands;
    private int nesting;
    private int nodes;

    ScriptWalk(BashSyntax syntax, Objections objections) {
        this.syntax = syntax;
        this.objections = objections;
        this.commands = new CommandRun(this, objections);
    }

    /** Judges a script and returns what it would print. */
    Flow script(String source, ShellState state, Flow stdin) {
        if (objections.any()) {
            return Flow.NOTHING;
        }
        if (nesting == NESTING_MAX) {
            objections.add(
                    "nesting",
                    "Commands are nested too deeply to be judged. Write a script with file_write and run it.");
            return Flow.NOTHING;
        }
        nesting++;
        try {
            Optional<SyntaxNode> tree = syntax.parse(source);
            if (tree.isEmpty()) {
                objections.add(
                        "nesting",
                        "The command is nested too deeply to be judged. Write a script with file_write and run it.");
                return Flow.NOTHING;
            }
            return walk(tree.get(), state, stdin);
        } finally {
            nesting--;
        }
    }

    private Flow walk(SyntaxNode node, ShellState state, Flow stdin) {
        if (objections.any()) {
            return Flow.NOTHING;
        }
        if (++nodes > NODES_MAX) {
            objections.add(
                    "nesting", "The command expands too far to be judged. Write a script with file_write and run it.");
            return Flow.NOTHING;
        }
        if (node.children().stream().anyMatch(child -> child.is("MISSING"))) {
            return unparsed(node, state, stdin);
        }
        return switch (node.type()) {
            case "comment" -> Flow.NOTHING;
            case "subshell" -> sequence(node.children(), state.subshell(), stdin);
            case "pipeline" -> pipeline(node.children(), state, stdin);
            case "command" -> command(node, state, stdin, List.of());
            case "redirected_statement" -> redirected(node, state, stdin);
            case "function_definition" -> function(node, state);
            case "for_statement" -> loop(node, state, stdin);
            case "while_statement", "c_style_for_statement" -> {
                Loops.check(node, objections);
                yield sequence(node.children(), state, stdin);
            }
            case "variable_assignment" -> {
                assign(node, state);
                yield Flow.NOTHING;
            }
            case "declaration_command", "unset_command" -> declaration(node, state);
            case "test_command" -> {
                substitutions(node, state);
                yield Flow.NOTHING;
            }
            case "ERROR" -> unparsed(node, state, stdin);
            default -> sequence(node.children(), state, stdin);
        };
    }

    /** What the grammar cannot read is judged by the parts it can, and as one plain command. */
    private Flow unparsed(SyntaxNode node, ShellState state, Flow stdin) {
        List<String> argv = Arrays.stream(node.text().strip().split("[\\s;|&]+"))
                .flatMap(word -> expander(state).words(word).stream())
                .toList();
        if (!argv.isEmpty()) {
            commands.run(Call.of(argv, Map.of(), stdin, state.subshell()));
        }
        return sequence(node.children(), state, stdin);
    }

    private Flow sequence(List<SyntaxNode> nodes, ShellState state, Flow stdin) {
        Flow output = Flow.NOTHING;
        for (SyntaxNode node : nodes) {
            if (!node.children().isEmpty()) {
                output = output.then(walk(node, state, stdin));
            }
        }
        return output;
    }

    private Flow pipeline(List<SyntaxNode> stages, ShellState state, Flow stdin) {
        List<SyntaxNode> commands =
                stages.stream().filter(stage -> !stage.children().isEmpty()).toList();
        Pipelines.check(commands, objections);
        Flow flow = stdin;
        for (SyntaxNode stage : commands) {
            flow = walk(stage, state.subshell(), flow);
        }
        return flow;
    }

    private Flow redirected(SyntaxNode node, ShellState state, Flow stdin) {
        Redirects redirects = redirects(node.children("redirect"), state);
        Optional<SyntaxNode> body = node.child("body");
        Flow input = redirects.stdin().orElse(stdin);
        Flow output = body.map(found -> found.is("command")
                        ? command(found, state, input, redirects.arguments())
                        : walk(found, state, input))
                .orElse(Flow.NOTHING);
        redirects.outputs().forEach(path -> commands.writes(path, output, state));
        Flow rest = redirects.outputs().isEmpty() ? output : Flow.NOTHING;
        for (SyntaxNode following : redirects.following()) {
            rest = following.is("pipeline")
                    ? pipeline(following.children(), state, rest)
                    : walk(following, state, stdin);
        }
        return rest;
    }

    private Flow command(SyntaxNode node, ShellState state, Flow stdin, List<String> more) {
        Map<String, String> env = new HashMap<>();
        List<String> argv = new ArrayList<>();
        for (SyntaxNode child : node.children()) {
            if (child.is("variable_assignment")) {
                Assignment assignment = assignment(child, state);
                commands.assigns(assignment.name(), assignment.value(), state);
                env.put(assignment.name(), assignment.value());
            } else if (child.is("process_substitution")) {
                argv.add(substituted(child, state));
            } else if (child.has("name") || child.has("argument")) {
                argv.addAll(expander(state).words(child.text()));
            }
        }
        argv.addAll(more);
        Redirects redirects = redirects(node.children("redirect"), state);
        if (argv.isEmpty()) {
            env.forEach(state::assign);
            return Flow.NOTHING;
        }
        Flow output = commands.run(Call.of(argv, env, redirects.stdin().orElse(stdin), state));
        redirects.outputs().forEach(path -> commands.writes(path, output, state));
        return redirects.outputs().isEmpty() ? output : Flow.NOTHING;
    }

    private String substituted(SyntaxNode node, ShellState state) {
        Flow content = sequence(node.children(), state.subshell(), Flow.of(Mark.UNKNOWN));
        return state.descriptor(content);
    }

    private Flow function(SyntaxNode node, ShellState state) {
        node.child("name").ifPresent(name -> state.define(name.text()));
        Loops.checkRecursion(node, objections);
        node.child("body").ifPresent(body -> walk(body, state.subshell(), Flow.of(Mark.UNKNOWN)));
        return Flow.NOTHING;
    }

    private Flow loop(SyntaxNode node, ShellState state, Flow stdin) {
        String variable = node.child("variable").map(SyntaxNode::text).orElse("_");
        List<String> values = node.children("value").stream()
                .flatMap(value -> expander(state).words(value.text()).stream())
                .limit(LOOP_VALUES_MAX)
                .toList();
        Flow output = Flow.NOTHING;
        for (String value : values.isEmpty() ? List.of(Mark.UNKNOWN.text()) : values) {
            state.assign(variable, value);
            output = output.then(
                    node.child("body").map(body -> walk(body, state, stdin)).orElse(Flow.NOTHING));
        }
        return output;
    }

    private Flow declaration(SyntaxNode node, ShellState state) {
        String name = node.children().getFirst().text();
        List<String> argv = new ArrayList<>(List.of(name));
        for (SyntaxNode child : node.children().subList(1, node.children().size())) {
            if (child.is("variable_assignment")) {
                assign(child, state);
            } else {
                argv.addAll(expander(state).words(child.text()));
            }
        }
        return commands.run(Call.of(argv, Map.of(), Flow.NOTHING, state));
    }

    private void assign(SyntaxNode node, ShellState state) {
        Assignment assignment = assignment(node, state);
        commands.assigns(assignment.name(), assignment.value(), state);
        state.assign(assignment.name(), assignment.value());
    }

    private record Assignment(String name, String value) {}

    private Assignment assignment(SyntaxNode node, ShellState state) {
        String name = node.child("name").map(SyntaxNode::text).orElse("_");
        String value = node.child("value")
                .map(found -> expander(state).text(found.text()))
                .orElse("");
        return new Assignment(name, value);
    }

    private Redirects redirects(List<SyntaxNode> nodes, ShellState state) {
        Redirects.Builder builder = new Redirects.Builder();
        nodes.forEach(node -> redirect(node, state, builder));
        return builder.build();
    }

    private void redirect(SyntaxNode node, ShellState state, Redirects.Builder builder) {
        switch (node.type()) {
            case "heredoc_redirect" -> {
                node.children("redirect").forEach(inner -> redirect(inner, state, builder));
                // The grammar sometimes takes the first line of the document for arguments: they begin with its line
                // break.
                node.children("argument").stream()
                        .takeWhile(argument -> !argument.text().startsWith("\n"))
                        .forEach(argument -> builder.arguments(expander(state).words(argument.text())));
                boolean quoted = node.children().stream()
                        .anyMatch(child ->
                                child.is("heredoc_start") && child.text().matches(".*['\"\\\\].*"));
                String body = document(node);
                builder.stdin(Flow.of(quoted ? body : expander(state).document(body)));
                node.children().stream()
                        .filter(child -> !child.type().startsWith("heredoc") && child.field() == null)
                        .filter(child -> !child.children().isEmpty())
                        .forEach(builder::following);
            }
            case "herestring_redirect" ->
                node.children().stream()
                        .skip(1)
                        .findFirst()
                        .ifPresent(word -> builder.stdin(Flow.of(expander(state).text(word.text()) + "\n")));
            case "file_redirect" -> fileRedirect(node, state, builder);
            default -> substitutions(node, state);
        }
    }

    private static String document(SyntaxNode node) {
        String text = node.text();
        String end = node.children().stream()
                .filter(child -> child.is("heredoc_end"))
                .map(SyntaxNode::text)
                .findFirst()
                .orElse("");
        int begin = text.indexOf('\n') + 1;
        return text.substring(begin, Math.max(begin, text.length() - end.length()));
    }

    private void fileRedirect(SyntaxNode node, ShellState state, Redirects.Builder builder) {
        boolean writes =
                node.children().stream().anyMatch(child -> child.text().contains(">") && !child.has("destination"));
        boolean reads =
                node.children().stream().anyMatch(child -> child.text().startsWith("<") && !child.has("destination"));
        List<SyntaxNode> destinations = node.children("destination");
        if (destinations.isEmpty() || destinations.getFirst().is("number")) {
            return; // one descriptor made another
        }
        SyntaxNode destination = destinations.getFirst();
        String path = destination.is("process_substitution")
                ? substituted(destination, state)
                : expander(state).text(destination.text());
        if (writes && !destination.is("process_substitution")) {
            builder.output(path);
        }
        if (reads) {
            builder.stdin(commands.reads(path, state));
        }
    }

    private void substitutions(SyntaxNode node, ShellState state) {
        if (node.is("command_substitution") || node.is("string") || node.is("word") || node.is("concatenation")) {
            expander(state).text(node.text());
        } else {
            node.children().forEach(child -> substitutions(child, state));
        }
    }

    private WordExpander expander(ShellState state) {
        return new WordExpander(
                state,
                inner -> script(inner, state.subshell(), Flow.of(Mark.UNKNOWN))
                        .text()
                        .stripTrailing());
    }
}
