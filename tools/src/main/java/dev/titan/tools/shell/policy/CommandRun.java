package dev.titan.tools.shell.policy;

import dev.titan.tool.SensitiveFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one command would do: the rules look at it, the commands it runs in turn are followed, and what it would print
 * is worked out as far as it can be known. Used by one thread for one command line.
 */
final class CommandRun {

    private static final String DOWNLOADED =
            "Code from the network would run unseen. Download it to a file, read it, and run it in a later call if it is harmless.";

    private static final List<Rule> RULES = List.of(
            new DeletionRule(),
            new DeviceRule(),
            new ResourceRule(),
            new NetworkRule(),
            new PrivilegeRule(),
            new CredentialRule(),
            new TraceRule(),
            new SystemRule());

    private final ScriptWalk scripts;
    private final Objections objections;
    private final CodeSignals code;

    CommandRun(ScriptWalk scripts, Objections objections) {
        this.scripts = scripts;
        this.objections = objections;
        this.code = new CodeSignals(objections, script -> scripts.script(script, new ShellState(), Flow.NOTHING));
    }

    Flow run(Call call) {
        if (Mark.NETWORK.in(call.program())) {
            objections.add("download-and-run", DOWNLOADED);
        }
        if (call.program().equals("$0")) {
            objections.add("fork-bomb", "The command starts its own shell again.");
        }
        RULES.forEach(rule -> rule.check(call, objections));
        runsFile(call.program(), call, call.program().contains("/"));
        Optional<Flow> inner = inner(call);
        return inner.isPresent() ? inner.get() : Outputs.of(call, path -> reads(path, call.state()));
    }

    /** Judges an assignment, be it for the shell or for one command. */
    void assigns(String name, String value, ShellState state) {
        switch (name) {
            case "LD_PRELOAD", "LD_AUDIT", "BASH_ENV", "PERL5DB" ->
                objections.add(
                        "environment",
                        "%s makes harmless programs run other code. Call the program you mean directly."
                                .formatted(name));
            case "PROMPT_COMMAND",
                    "GIT_SSH_COMMAND",
                    "GIT_PAGER",
                    "PAGER",
                    "MANPAGER",
                    "EDITOR",
                    "VISUAL",
                    "GIT_EDITOR",
                    "GIT_EXTERNAL_DIFF",
                    "LESSOPEN",
                    "BROWSER" -> scripts.script(value, state.subshell(), Flow.NOTHING);
            case "PATH" -> {
                String first = value.split(":", 2)[0];
                if (first.startsWith("/") && Place.of(first, state.directory()).zone() == Place.Zone.SCRATCH) {
                    objections.add(
                            "environment",
                            "Programs would be taken from a temporary folder first. Call them by their path.");
                }
            }
            case "HISTFILE", "HISTSIZE", "HISTFILESIZE" ->
                objections.add("traces", "The history of commands is not to be switched off.");
            default -> {
                // any other variable is data
            }
        }
    }

    /** Judges writing a file and remembers what it holds. */
    void writes(String path, Flow content, ShellState state) {
        Place place = Place.of(path, state.directory());
        WriteRule.check(place, content, objections);
        state.write(path, content);
    }

    /** Returns what reading a file gives. */
    Flow reads(String path, ShellState state) {
        Place place = Place.of(path, state.directory());
        CredentialRule.checkRead(place, objections);
        NetworkRule.checkSocket(path, objections);
        Optional<Flow> written = state.written(path);
        if (written.isPresent()) {
            return written.get();
        }
        if (place.path().equals("/dev/null")) {
            return Flow.NOTHING;
        }
        if (place.path().matches("/dev/(zero|u?random|full)")) {
            return new Flow(Mark.UNKNOWN.text(), true);
        }
        boolean secret = SensitiveFiles.byPath(place.path())
                || place.zone() == Place.Zone.HOME
                || place.zone() == Place.Zone.INSIDE_HOME;
        return Flow.of(secret ? Mark.SECRET : Mark.FILE);
    }

    private Optional<Flow> inner(Call call) {
        ShellState state = call.state();
        return switch (call.name()) {
            case "cd", "pushd" -> {
                state.enter(
                        call.operands().isEmpty()
                                ? ShellState.HOME
                                : call.operands().getFirst());
                yield Optional.of(Flow.NOTHING);
            }
            case "eval" -> Optional.of(program(String.join(" ", call.args()), state, call.stdin()));
            case "source", "." -> {
                call.args().stream().findFirst().ifPresent(path -> runsFile(path, call, true));
                yield Optional.of(Flow.of(Mark.UNKNOWN));
            }
            case "trap" ->
                Optional.of(
                        call.operands().isEmpty()
                                ? Flow.NOTHING
                                : program(call.operands().getFirst(), state.subshell(), Flow.NOTHING));
            case "alias" -> {
                call.args().stream()
                        .filter(arg -> arg.contains("="))
                        .forEach(arg -> program(arg.substring(arg.indexOf('=') + 1), state.subshell(), Flow.NOTHING));
                yield Optional.of(Flow.NOTHING);
            }
            case "sh", "bash", "zsh", "dash", "ash", "ksh", "rbash", "fish" -> Optional.of(shell(call));
            case "xargs", "parallel" -> Optional.of(xargs(call));
            case "find", "fd" -> find(call);
            case "env" -> env(call);
            case "python",
                    "python2",
                    "python3",
                    "perl",
                    "ruby",
                    "node",
                    "nodejs",
                    "php",
                    "deno",
                    "bun",
                    "lua",
                    "pypy3" -> Optional.of(interpreter(call));
            default -> {
                Embedded.commandsIn(call).forEach(script -> program(script, state.subshell(), Flow.of(Mark.UNKNOWN)));
                List<String> wrapped = Wrappers.inner(call);
                yield wrapped.isEmpty()
                        ? Optional.empty()
                        : Optional.of(run(Call.of(wrapped, call.env(), call.stdin(), state)));
            }
        };
    }

    /** Judges text that runs as a script. */
    private Flow program(String text, ShellState state, Flow stdin) {
        if (Mark.NETWORK.in(text)) {
            objections.add("download-and-run", DOWNLOADED);
        }
        return scripts.script(text, state, stdin);
    }

    private Flow shell(Call call) {
        boolean onlyChecks = call.args().stream()
                .anyMatch(arg -> arg.matches("-[a-z]*n[a-z]*") || arg.equals("--version") || arg.equals("--help"));
        if (onlyChecks) {
            return Flow.NOTHING;
        }
        List<String> args = call.args();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.matches("-[a-zA-Z]*c[a-zA-Z]*") && i + 1 < args.size()) {
                return program(args.get(i + 1), call.state().subshell(), call.stdin());
            }
            if (arg.matches("-[a-zA-Z]*s[a-zA-Z]*")) {
                return program(call.stdin().text(), call.state().subshell(), Flow.NOTHING);
            }
            if (!arg.startsWith("-") && !arg.startsWith("+")) {
                runsFile(arg, call, true);
                return Flow.of(Mark.UNKNOWN);
            }
            if (arg.equals("-o") || arg.equals("-O")) {
                i++;
            }
        }
        return program(call.stdin().text(), call.state().subshell(), Flow.NOTHING);
    }

    private void runsFile(String path, Call call, boolean runs) {
        if (!runs) {
            return;
        }
        call.state().written(path).ifPresent(content -> {
            if (Mark.NETWORK.in(content.text())) {
                objections.add("download-and-run", DOWNLOADED);
            } else if (content.known()) {
                String first = content.text().lines().findFirst().orElse("");
                if (first.startsWith("#!") && !first.matches(".*(/|\\s)(ba|z|da|k|a)?sh\\b.*")) {
                    code.check(content.text(), false);
                } else {
                    scripts.script(content.text(), call.state().subshell(), Flow.of(Mark.UNKNOWN));
                }
            }
        });
    }

    private Flow interpreter(Call call) {
        boolean backticksRun = call.is("perl", "ruby", "php");
        Optional<String> inline = call.name().startsWith("py")
                ? call.value("-c")
                : call.is("php")
                        ? call.value("-r")
                        : call.value("-e", "--eval", "-p", "--print", "-pe", "-ne", "-ane", "-lne");
        if (inline.isPresent()) {
            checkCode(inline.get(), backticksRun);
            return Flow.of(Mark.UNKNOWN);
        }
        List<String> operands = call.operands();
        boolean fromInput = operands.isEmpty()
                ? !call.hasArg("-m", "-V", "--version", "-v")
                : operands.getFirst().equals("-");
        if (fromInput) {
            checkCode(call.stdin().text(), backticksRun);
        } else if (!operands.isEmpty() && !call.hasArg("-m")) {
            call.state().written(operands.getFirst()).ifPresent(content -> checkCode(content.text(), backticksRun));
        }
        return Flow.of(Mark.madeFrom(call.stdin().text()));
    }

    private void checkCode(String text, boolean backticksRun) {
        if (Mark.NETWORK.in(text)) {
            objections.add("download-and-run", DOWNLOADED);
        }
        code.check(text, backticksRun);
    }

    private Flow xargs(Call call) {
        if (call.stdin().endless()) {
            objections.add("fork-bomb", "An endless stream would start processes without end. Bound it with head.");
        }
        List<String> argv = new ArrayList<>(Wrappers.xargs(call));
        if (argv.isEmpty()) {
            return call.stdin().transformed();
        }
        String input = call.stdin().text().strip();
        List<String> words = input.isEmpty() ? List.of(Mark.UNKNOWN.text()) : List.of(input.split("\\s+"));
        Optional<String> placeholder = call.value("-I");
        if (placeholder.isPresent()) {
            argv.replaceAll(arg -> arg.replace(placeholder.get(), words.getFirst()));
        } else {
            argv.addAll(words);
        }
        return run(Call.of(argv, call.env(), Flow.NOTHING, call.state()));
    }

    private Optional<Flow> find(Call call) {
        List<String> roots = FindRoots.of(call);
        List<String> args = call.args();
        for (int i = 0; i < args.size(); i++) {
            if (List.of("-exec", "-execdir", "-ok", "-okdir", "-x").contains(args.get(i))) {
                int from = i + 1;
                int end = from;
                while (end < args.size()
                        && !args.get(end).equals(";")
                        && !args.get(end).equals("+")) {
                    end++;
                }
                for (String root : roots) {
                    List<String> argv = args.subList(from, end).stream()
                            .map(arg -> arg.replace("{}", root))
                            .toList();
                    if (!argv.isEmpty()) {
                        run(Call.of(argv, Map.of(), Flow.NOTHING, call.state()));
                    }
                }
            }
        }
        return Optional.of(Flow.of(String.join("\n", roots)));
    }

    private Optional<Flow> env(Call call) {
        Optional<String> split = call.value("-S", "--split-string");
        if (split.isPresent()) {
            return Optional.of(program(split.get(), call.state().subshell(), call.stdin()));
        }
        Map<String, String> env = new HashMap<>(call.env());
        List<String> rest = Wrappers.env(call, env);
        env.forEach((name, value) -> assigns(name, value, call.state()));
        return rest.isEmpty() ? Optional.empty() : Optional.of(run(Call.of(rest, env, call.stdin(), call.state())));
    }
}
