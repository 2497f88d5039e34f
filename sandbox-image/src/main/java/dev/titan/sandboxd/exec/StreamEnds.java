package dev.titan.sandboxd.exec;

import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.PseudoTerminal;
import dev.titan.sandboxd.libc.Spawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Both ends of the streams of a command that is about to start. Closing it closes the command's ends, and ours too unless
 * they were kept.
 */
final class StreamEnds implements AutoCloseable {

    private final Spawn.Streams theirs;
    private final CommandStreams ours;
    private final List<Descriptor> closedAlways;
    private final List<Descriptor> closedOnFailure;
    private boolean kept;

    private StreamEnds(
            Spawn.Streams theirs,
            CommandStreams ours,
            List<Descriptor> closedAlways,
            List<Descriptor> closedOnFailure) {
        this.theirs = theirs;
        this.ours = ours;
        this.closedAlways = closedAlways;
        this.closedOnFailure = closedOnFailure;
    }

    static StreamEnds open(Input input) throws IOException {
        List<Descriptor> opened = new ArrayList<>();
        try {
            return switch (input) {
                case Input.Given(String text) -> given(text, opened);
                case Input.Open() -> pipes(opened);
                case Input.Terminal(var size) -> {
                    PseudoTerminal terminal = PseudoTerminal.open();
                    opened.add(terminal.master());
                    terminal.resize(size.columns(), size.rows());
                    yield new StreamEnds(
                            new Spawn.Streams.Terminal(terminal.path()),
                            CommandStreams.ofTerminal(terminal),
                            List.of(),
                            opened);
                }
            };
        } catch (IOException e) {
            opened.forEach(Descriptor::close);
            throw e;
        }
    }

    /** What the command gets. */
    Spawn.Streams theirs() {
        return theirs;
    }

    /** What the daemon keeps, now that the command has been started. */
    CommandStreams keepOurs() {
        kept = true;
        return ours;
    }

    @Override
    public void close() {
        closedAlways.forEach(Descriptor::close);
        if (!kept) {
            closedOnFailure.forEach(Descriptor::close);
        }
    }

    /** The input is a file in memory: unlike a pipe it takes all bytes at once, so nobody waits for a slow reader. */
    private static StreamEnds given(String text, List<Descriptor> opened) throws IOException {
        Descriptor stdin = LibC.memoryFile("stdin");
        opened.add(stdin);
        if (!text.isEmpty()) {
            Files.write(stdin.path(), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        }
        LibC.Pipe output = LibC.pipe();
        return new StreamEnds(
                new Spawn.Streams.Separate(stdin, output.writing()),
                CommandStreams.ofOutput(output.reading()),
                List.of(stdin, output.writing()),
                List.of(output.reading()));
    }

    private static StreamEnds pipes(List<Descriptor> opened) throws IOException {
        LibC.Pipe input = LibC.pipe();
        opened.addAll(List.of(input.reading(), input.writing()));
        LibC.doNotBlock(input.writing());
        LibC.Pipe output = LibC.pipe();
        return new StreamEnds(
                new Spawn.Streams.Separate(input.reading(), output.writing()),
                CommandStreams.ofPipes(output.reading(), input.writing()),
                List.of(input.reading(), output.writing()),
                List.of(input.writing(), output.reading()));
    }
}
