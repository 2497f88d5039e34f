package dev.titan.sandboxd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection to the daemon over the standard streams of a process, as it was built. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must show where
@Tag("sandboxd")
class TunnelIT {

    private static final String REQUEST = "GET /v1/health HTTP/1.1\r\nhost: sandbox\r\ncontent-length: 0\r\n\r\n";

    @TempDir
    Path directory = Path.of("");

    @Test
    void carriesRequestsAndAnswersUntilItsCallerLeaves() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(directory)) {
            Process tunnel = tunnel(daemon.socket());

            assertThat(ask(tunnel)).contains("\"sandbox_id\":\"sbx-under-test\"");
            assertThat(ask(tunnel)).contains("\"sandbox_id\":\"sbx-under-test\"");
            tunnel.getOutputStream().close();

            assertThat(tunnel.waitFor()).isZero();
        }
    }

    @Test
    void endsWithTheDaemon() throws Exception {
        Process tunnel;
        try (DaemonProcess daemon = DaemonProcess.start(directory)) {
            tunnel = tunnel(daemon.socket());
            assertThat(ask(tunnel)).contains("sbx-under-test");
        }

        assertThat(tunnel.waitFor()).isZero();
    }

    @Test
    void saysThatNoDaemonListens() throws Exception {
        Process tunnel = tunnel(directory.resolve("nobody"));

        assertThat(new String(tunnel.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("no daemon listens on");
        assertThat(tunnel.waitFor()).isEqualTo(1);
    }

    private static Process tunnel(Path socket) throws IOException {
        return new ProcessBuilder(DaemonProcess.PROGRAM.toString(), "--tunnel", socket.toString()).start();
    }

    private static String ask(Process tunnel) throws IOException {
        OutputStream requests = tunnel.getOutputStream();
        requests.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        requests.flush();
        StringBuilder answer = new StringBuilder();
        InputStream answers = tunnel.getInputStream();
        while (answer.indexOf("}") < 0) {
            answer.append((char) answers.read());
        }
        return answer.toString();
    }
}
