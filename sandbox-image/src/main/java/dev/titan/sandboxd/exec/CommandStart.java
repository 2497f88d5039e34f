package dev.titan.sandboxd.exec;

import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.OpenFlag;
import dev.titan.sandboxd.libc.Spawn;
import dev.titan.sandboxd.protocol.ExecRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Starts commands: checks what was asked for, wires the standard streams, marks the processes, and makes them die before
 * the daemon when memory runs out.
 */
final class CommandStart {

    /** Added to the daemon's own score, so that the kernel picks a command first (proc(5), at most 1000). */
    private static final int OOM_SCORE_ADDED = 300;

    private static final int OOM_SCORE_MAX = 1000;

    /** What programs know how to draw on, and most who show terminals understand. */
    private static final String TERMINAL_TYPE = "xterm-256color";

    private static final String NO_TERMINAL_TYPE = "dumb";

    private final Workspace workspace;
    private final Children children;
    private final StreamPump pump;
    private final Supplier<Map<String, String>> given;

    /** Differs from daemon to daemon, so that on one host no sandbox's sweep can meet another's processes. */
    private final String markPrefix = UUID.randomUUID() + "/";

    private final int daemon = LibC.pid();
    private final int oomScore;

    CommandStart(Workspace workspace, Children children, StreamPump pump, Supplier<Map<String, String>> given)
            throws IOException {
        this.workspace = workspace;
        this.children = children;
        this.pump = pump;
        this.given = given;
        int own = Integer.parseInt(
                Files.readString(Path.of("/proc/self/oom_score_adj")).strip());
        this.oomScore = Math.min(OOM_SCORE_MAX, own + OOM_SCORE_ADDED);
    }

    /** Starts a command; when that fails, says so as its end. */
    void start(Execution execution, ExecRequest request, long number, BooleanSupplier alone) {
        String mark = markPrefix + number;
        CommandEnvironment environment = new CommandEnvironment(
                workspace.root(), terminalType(request.input()), given.get(), request.env(), mark);
        try (Descriptor workdir = workdir(request.workdir())) {
            checkWords(request);
            String program = ProgramSearch.find(request.argv().getFirst(), environment.searchPath());
            int pid;
            CommandStreams ours;
            try (StreamEnds ends = StreamEnds.open(request.input())) {
                pid = children.start(
                        new Spawn(program, request.argv(), environment.assignments(), workdir, ends.theirs()),
                        execution::mainEnded);
                ours = ends.keepOurs();
            }
            execution.started(members(pid, mark, alone), ours);
            pump.watch(ours, execution);
            if (!(request.input() instanceof Input.Given)) {
                var _ = execution.over().thenCompose(over -> pump.perform(ours::closeInput));
            }
            preferForDeath(pid);
        } catch (RefusedException e) {
            execution.notStarted("working directory: " + e.getMessage());
        } catch (IOException e) {
            execution.notStarted(
                    "cannot start '%s': %s".formatted(request.argv().getFirst(), e.getMessage()));
        }
    }

    private Descriptor workdir(String path) throws RefusedException {
        return workspace.open(path.isEmpty() ? "." : path, OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
    }

    private static void checkWords(ExecRequest request) throws IOException {
        if (request.argv().stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new IOException("an argument has a NUL byte in it");
        }
        for (var variable : request.env().entrySet()) {
            String name = variable.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0 || (name + variable.getValue()).indexOf('\0') >= 0) {
                throw new IOException("no variable can be called '%s' or have such a value".formatted(name));
            }
        }
    }

    private static String terminalType(Input input) {
        return input instanceof Input.Terminal ? TERMINAL_TYPE : NO_TERMINAL_TYPE;
    }

    private ProcessMembers members(int pid, String mark, BooleanSupplier alone) {
        ProcessEntry main =
                ProcessEntry.of(pid).orElseGet(() -> new ProcessEntry(pid, daemon, pid, true, Long.MAX_VALUE));
        return new ProcessMembers(
                daemon,
                main,
                "%s=%s\0".formatted(CommandEnvironment.MARK, mark).getBytes(StandardCharsets.UTF_8),
                "%s=%s".formatted(CommandEnvironment.MARK, markPrefix).getBytes(StandardCharsets.UTF_8),
                alone);
    }

    /** Raising the score needs no privilege. Written from outside, some 100 µs after the start, it costs no wrapper. */
    private void preferForDeath(int pid) {
        try {
            Files.writeString(
                    Path.of("/proc/%d/oom_score_adj".formatted(pid)),
                    String.format(Locale.ROOT, "%d", oomScore),
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            // It has ended already, so there is nothing to prefer.
            assert e.getMessage() != null;
        }
    }
}
