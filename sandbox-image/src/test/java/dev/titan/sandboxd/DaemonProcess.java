package dev.titan.sandboxd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.sandboxd.protocol.ExecRequest;
import dev.titan.sandboxd.protocol.ExecState;
import dev.titan.sandboxd.protocol.Refusal;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The daemon as it was built, running as a process of its own on a directory of this machine. */
final class DaemonProcess implements AutoCloseable {

    static final Path PROGRAM = Path.of(System.getProperty("basedir", "."))
            .resolve("target/titan-sandboxd/bin/titan-sandboxd")
            .toAbsolutePath();

    private final Process process;
    private final Path root;
    private final Path socket;

    private DaemonProcess(Process process, Path root, Path socket) {
        this.process = process;
        this.root = root;
        this.socket = socket;
    }

    static DaemonProcess start(Path directory) throws IOException {
        return start(directory, Duration.ofMinutes(2), Duration.ofMinutes(10));
    }

    static DaemonProcess start(Path directory, Duration lease, Duration ttl) throws IOException {
        Path root = Files.createDirectories(directory.resolve("work"));
        Path socket = directory.resolve("d.sock");
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM.toString(),
                "--socket",
                socket.toString(),
                "--root",
                root.toString(),
                "--id",
                "sbx-under-test",
                "--lease-ms",
                Long.toString(lease.toMillis()),
                "--ttl-ms",
                Long.toString(ttl.toMillis()));
        builder.environment().put("SECRET_OF_THE_DAEMON", "do-not-tell");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("ready");
        return new DaemonProcess(process, root, socket);
    }

    Process process() {
        return process;
    }

    Path root() {
        return root;
    }

    Path socket() {
        return socket;
    }

    /** Runs a bash command line to its end. */
    ExecState bash(String key, String commandLine) {
        return bash(key, commandLine, Duration.ofMinutes(1));
    }

    ExecState bash(String key, String commandLine, Duration timeout) {
        begin(key, commandLine, timeout);
        return end(key);
    }

    /** Starts a bash command line, or attaches to it, and does not wait. */
    ExecState begin(String key, String commandLine, Duration timeout) {
        return begin(
                key,
                new ExecRequest(
                        List.of("/bin/bash", "-c", commandLine),
                        "",
                        Map.of(),
                        timeout.toMillis(),
                        new Input.Given("")));
    }

    ExecState begin(String key, ExecRequest request) {
        return state(put(key, request));
    }

    Answer put(String key, ExecRequest request) {
        return ask(
                "PUT",
                SandboxdRoute.EXEC + query("key", key),
                TitanJson.mapper().writeValueAsBytes(request));
    }

    ExecState run(String key, ExecRequest request) {
        begin(key, request);
        return end(key);
    }

    /** Waits for the end of a command. */
    ExecState end(String key) {
        ExecState state = attach(key, Long.MAX_VALUE, Duration.ofSeconds(30));
        while (state.running()) {
            state = attach(key, Long.MAX_VALUE, Duration.ofSeconds(30));
        }
        return state;
    }

    ExecState attach(String key, long offset, Duration wait) {
        return state(ask(
                "GET",
                SandboxdRoute.EXEC + query("key", key) + "&offset=" + offset + "&wait_ms=" + wait.toMillis(),
                new byte[0]));
    }

    ExecState kill(String key) {
        return state(ask("POST", SandboxdRoute.EXEC_KILL + query("key", key), new byte[0]));
    }

    /** Types into a command, under a key of its own. */
    Answer type(String key, String effect, String text, String after) {
        return ask(
                "POST",
                SandboxdRoute.EXEC_INPUT + query("key", key) + "&effect=" + effect + "&after=" + after,
                text.getBytes(StandardCharsets.UTF_8));
    }

    Answer signal(String key, String effect, String signal) {
        return ask(
                "POST",
                SandboxdRoute.EXEC_SIGNAL + query("key", key) + "&effect=" + effect + "&signal=" + signal,
                new byte[0]);
    }

    Answer resize(String key, int columns, int rows) {
        return ask(
                "POST",
                SandboxdRoute.EXEC_RESIZE + query("key", key) + "&columns=" + columns + "&rows=" + rows,
                new byte[0]);
    }

    /** Reads what is kept of a command's output until it satisfies. */
    String awaitOutput(String key, Predicate<String> enough) {
        return await().atMost(Duration.ofMinutes(1)).until(() -> output(key), enough);
    }

    private String output(String key) {
        return new String(attach(key, 0, Duration.ZERO).chunk(), StandardCharsets.UTF_8);
    }

    Answer ask(String method, String target, byte[] body) {
        try (RawConnection connection = new RawConnection(socket)) {
            return connection.ask(method, target, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns {@code ?name=value}, encoded. */
    static String query(String name, String value) {
        return "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        process.getInputStream().close();
    }

    private static ExecState state(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json(ExecState.class);
    }

    /** What came back. */
    @SuppressWarnings("ArrayRecordComponent") // bytes of one answer; nobody compares them
    record Answer(int status, String mediaType, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        <T> T json(Class<T> type) {
            return TitanJson.mapper().readValue(body, type);
        }

        Refusal.Kind problem() {
            assertThat(mediaType).isEqualTo(Refusal.MEDIA_TYPE);
            Refusal refusal = json(Refusal.class);
            assertThat(status).isEqualTo(refusal.problem().status());
            return refusal.problem();
        }
    }
}
