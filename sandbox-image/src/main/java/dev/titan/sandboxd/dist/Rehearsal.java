package dev.titan.sandboxd.dist;

import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.RestorePart;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.TerminalSize;
import dev.titan.sandboxd.Sandboxd;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.LeaseRequest;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import dev.titan.sandboxd.protocol.Transfer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Lets the daemon do everything it can once, so that the JVM records in its AOT cache what a start needs. A route that
 * is not rehearsed works all the same and is slower the first time.
 */
final class Rehearsal {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    /** So often a command is run that the JVM compiles what it goes through, and compiles it sooner after each start. */
    private static final int ROUNDS = 300;

    private static final String HEADER_END = "\r\n\r\n";

    private final SocketChannel channel;
    private final InputStream answers;

    private Rehearsal(SocketChannel channel) {
        this.channel = channel;
        this.answers = new BufferedInputStream(Channels.newInputStream(channel));
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory("rehearsal");
        Path socket = root.resolve("d.sock");
        String life = Long.toString(LONG_ENOUGH.toMillis());
        Sandboxd.main(new String[] {
            "--socket",
            socket.toString(),
            "--root",
            root.toString(),
            "--id",
            "sbx-rehearsal",
            "--lease-ms",
            life,
            "--ttl-ms",
            life,
            "--egress",
            "0:" + root
        });
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            new Rehearsal(channel).play();
        }
        System.exit(0);
    }

    private void play() throws IOException {
        ask("GET", SandboxdRoute.HEALTH, new byte[0]);
        exec("short", "true", new Input.Given("input"));
        exec("short", "true", new Input.Given("input"));
        exec("words", "echo out; echo err >&2; exit 3", new Input.Given("input"));
        exec("slow", "echo begin; sleep 0.1; echo end", new Input.Open());
        ask("POST", SandboxdRoute.EXEC_INPUT + "?key=slow&effect=i1&after=closed", new byte[1]);
        exec("long", "sleep 60", new Input.Terminal(TerminalSize.STANDARD));
        ask("POST", SandboxdRoute.EXEC_RESIZE + "?key=long&columns=100&rows=30", new byte[0]);
        ask("POST", SandboxdRoute.EXEC_SIGNAL + "?key=long&effect=s1&signal=cont", new byte[0]);
        ask("GET", SandboxdRoute.EXEC_LIST, new byte[0]);
        ask("GET", SandboxdRoute.EXEC + "?key=long&offset=0", new byte[0]);
        ask("POST", SandboxdRoute.EXEC_KILL + "?key=long", new byte[0]);
        for (int round = 0; round < ROUNDS; round++) {
            exec("round-" + round, "echo hello", new Input.Given("input"));
        }
        ask("GET", SandboxdRoute.EXEC + "?key=unknown", new byte[0]);
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        ask("PUT", SandboxdRoute.FILES + "?key=w1&path=a/b.txt", content);
        ask("PUT", SandboxdRoute.FILES + "?key=w2&path=../b.txt", content);
        ask("GET", SandboxdRoute.FILES + "?path=a/b.txt", new byte[0]);
        ask("GET", SandboxdRoute.FILES + "?path=missing", new byte[0]);
        ask("GET", SandboxdRoute.FILES_LIST + "?path=.&depth=3", new byte[0]);
        ask("POST", SandboxdRoute.CHECKPOINT_SCAN + "?known=", new byte[0]);
        ask("GET", SandboxdRoute.CHECKPOINT_PAGE + "?sha256=none", new byte[0]);
        ask("POST", SandboxdRoute.CHECKPOINT_READ, Transfer.pieces(List.of(new FilePiece("a/b.txt", 0, 100))));
        ask("POST", SandboxdRoute.RESTORE_BEGIN + "?attempt=one&checkpoint=first", new byte[0]);
        var file = new ManifestEntry.File("a.txt", 0644, 0, content.length, "0".repeat(64));
        var parts = List.<RestorePart>of(new RestorePart.Content(file, 0, content, true));
        ask("PUT", SandboxdRoute.RESTORE + "?attempt=one", Transfer.parts(parts));
        ask("POST", SandboxdRoute.RESTORE_END + "?attempt=one", new byte[0]);
        ask("POST", SandboxdRoute.LEASE, TitanJson.mapper().writeValueAsBytes(new LeaseRequest(60_000)));
    }

    private void exec(String key, String commandLine, Input input) throws IOException {
        var request = new ExecRequest(List.of("sh", "-c", commandLine), "", Map.of("NAME", "value"), 250, input);
        ask(
                "PUT",
                SandboxdRoute.EXEC + "?wait_ms=50&key=" + key,
                TitanJson.mapper().writeValueAsBytes(request));
    }

    private void ask(String method, String target, byte[] body) throws IOException {
        String head = "%s %s HTTP/1.1\r\nhost: sandbox\r\ncontent-length: %d%s"
                .formatted(method, target, body.length, HEADER_END);
        send(head.getBytes(StandardCharsets.US_ASCII));
        send(body);
        StringBuilder received = new StringBuilder();
        while (received.indexOf(HEADER_END) < 0) {
            received.append((char) answers.read());
        }
        int length = received.toString()
                .lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElse(0);
        answers.readNBytes(length);
    }

    private void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
