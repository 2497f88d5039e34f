package dev.titan.sandbox.client;

import static dev.titan.sandbox.client.ScriptedDaemon.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.tool.EffectId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a daemon that is dead, silent or lying. What a good daemon does is in the provider's contract. */
class DaemonClientTest {

    private static final SandboxId ID = new SandboxId("sbx-12345678");
    private static final EffectId EFFECT = EffectId.parse("task-0192a3b4-0000-7000-8000-000000000000/s1/1/0");
    private static final ExecCommand COMMAND = ExecCommand.bash("true", Duration.ofSeconds(5));
    private static final String OVER = """
            {"key": "%s", "running": false, "end": {"type": "exited", "status": 3}, "took_ms": 5, "bytes_total": 3,
             "chunk": "aGkK", "next_offset": 3, "output": {"head": "hi\\n", "bytes_total": 3, "bytes_cut": 0}}
            """.formatted(EFFECT);

    @TempDir
    private Path directory;

    private Path socket;

    @BeforeEach
    void name() {
        socket = directory.resolve("d");
    }

    @Test
    void bringsTheEndOfACommand() throws Exception {
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, json(OVER));
                DaemonClient client = alive()) {
            ExecResult result = client.exec(EFFECT, COMMAND, OutputListener.IGNORE);

            assertThat(result)
                    .isEqualTo(new ExecResult(
                            new ExecResult.End.Exited(3),
                            new ExecResult.Output("hi\n", null, 3, 0),
                            Duration.ofMillis(5)));
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void asksAgainOnANewConnectionWhenAKeptOneIsStale() throws Exception {
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, json(OVER), ScriptedDaemon.HANG_UP, json(OVER));
                DaemonClient client = alive()) {
            client.exec(EFFECT, COMMAND, OutputListener.IGNORE);

            assertThat(client.exec(EFFECT, COMMAND, OutputListener.IGNORE).end())
                    .isEqualTo(new ExecResult.End.Exited(3));
            assertThat(daemon).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not http at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 2000000000\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnull",
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"key\":1}",
                "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}",
            })
    void givesUpASandboxWhoseDaemonLies(String reply) throws Exception {
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, reply);
                DaemonClient client = alive()) {
            assertThatThrownBy(() -> client.exec(EFFECT, COMMAND, OutputListener.IGNORE))
                    .isInstanceOf(SandboxException.Lost.class);
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void givesUpASandboxWhoseDaemonAnswersForAnotherCommand() throws Exception {
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, json(OVER.replace("/s1/", "/s2/")));
                DaemonClient client = alive()) {
            assertThatThrownBy(() -> client.exec(EFFECT, COMMAND, OutputListener.IGNORE))
                    .isInstanceOf(SandboxException.Lost.class)
                    .hasMessageContaining("contradicts");
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void givesUpASandboxWhoseListingIsLongerThanAsked() throws Exception {
        String entry = "{\"path\": \"a\", \"kind\": \"file\", \"bytes\": 1, \"modified_at\": \"2026-01-01T00:00:00Z\"}";
        try (ScriptedDaemon daemon = new ScriptedDaemon(
                        socket, json("{\"entries\": [%s, %s], \"truncated\": false}".formatted(entry, entry)));
                DaemonClient client = alive()) {
            assertThatThrownBy(() -> client.list(".", 1, 1)).isInstanceOf(SandboxException.Lost.class);
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void passesRefusalsOn() throws Exception {
        String body = "{\"problem\": \"too_large\", \"detail\": \"a.bin has 10 bytes\"}";
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, json(body).replace("200 OK", "413 Too Large"));
                DaemonClient client = alive()) {
            assertThat(client.read("a.bin", 5))
                    .isEqualTo(new FileReply.Refused(FileReply.Problem.TOO_LARGE, "a.bin has 10 bytes"));
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void isUnavailableWhenTheDaemonIsBusy() throws Exception {
        String body = "{\"problem\": \"busy\", \"detail\": \"64 commands run\"}";
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, json(body).replace("200 OK", "503 Busy"));
                DaemonClient client = alive()) {
            assertThatThrownBy(() -> client.read("a", 5))
                    .isInstanceOf(SandboxException.Unavailable.class)
                    .hasMessageContaining("64 commands run");
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void isLostWhenTheProviderSaysSo() {
        try (DaemonClient client = new DaemonClient(ID, socket, id -> Optional.of("its container is gone"))) {
            assertThatThrownBy(() -> client.read("a", 5))
                    .isInstanceOf(SandboxException.Lost.class)
                    .hasMessageContaining("its container is gone");
        }
    }

    @Test
    void isUnavailableWhileTheProviderSeesItRun() {
        try (DaemonClient client = alive()) {
            assertThatThrownBy(() -> client.read("a", 5)).isInstanceOf(SandboxException.Unavailable.class);
        }
    }

    @Test
    void followsNoSymlinkInPlaceOfTheSocket() throws Exception {
        Path other = directory.resolve("other");
        Files.createSymbolicLink(socket, other);
        try (ScriptedDaemon daemon = new ScriptedDaemon(other, json(OVER));
                DaemonClient client = alive()) {
            assertThatThrownBy(() -> client.exec(EFFECT, COMMAND, OutputListener.IGNORE))
                    .isInstanceOf(SandboxException.Lost.class)
                    .hasMessageContaining("not a socket");
            assertThat(daemon).isNotNull();
        }
    }

    @Test
    void talksToNobodyWhoIsRoot() throws Exception {
        Assumptions.assumeThat(System.getProperty("user.name")).isEqualTo("root");
        try (ScriptedDaemon daemon = new ScriptedDaemon(socket, json(OVER));
                DaemonClient client = new DaemonClient(ID, socket, id -> Optional.empty())) {
            assertThatThrownBy(() -> client.exec(EFFECT, COMMAND, OutputListener.IGNORE))
                    .isInstanceOf(SandboxException.Lost.class)
                    .hasMessageContaining("root");
            assertThat(daemon).isNotNull();
        }
    }

    private DaemonClient alive() {
        return new DaemonClient(ID, socket, id -> Optional.empty(), PeerRule.ANYBODY);
    }
}
