package dev.titan.sandbox.kubernetes;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Carries an exec between a WebSocket and a real process, as a kubelet does: {@code v4.channel.k8s.io}. */
final class ExecBridge extends WebSocketListener {

    private final Process process;

    ExecBridge(Process process) {
        this.process = process;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        Thread output = Thread.ofVirtual().start(() -> carry(1, process.getInputStream(), socket));
        Thread errors = Thread.ofVirtual().start(() -> carry(2, process.getErrorStream(), socket));
        Thread.ofVirtual().start(() -> {
            try {
                int exit = process.waitFor();
                output.join();
                errors.join();
                String status = exit == 0 ? "Success" : "Failure";
                socket.send(framed(
                        3,
                        "{\"status\":\"%s\",\"message\":\"exit code %d\"}"
                                .formatted(status, exit)
                                .getBytes(StandardCharsets.UTF_8)));
                socket.close(1000, "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void onMessage(WebSocket socket, byte[] message) {
        try {
            if (message.length > 1 && message[0] == 0) {
                process.getOutputStream().write(message, 1, message.length - 1);
                process.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The process has ended: the other side is about to hear.
        }
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        process.destroy();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, Response response) {
        process.destroy();
    }

    private static void carry(int stream, InputStream from, WebSocket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                byte[] bytes = new byte[count];
                System.arraycopy(buffer, 0, bytes, 0, count);
                to.send(framed(stream, bytes));
            }
        } catch (IOException e) {
            // The process was killed.
        }
    }

    private static byte[] framed(int stream, byte[] bytes) {
        byte[] message = new byte[1 + bytes.length];
        message[0] = (byte) stream;
        System.arraycopy(bytes, 0, message, 1, bytes.length);
        return message;
    }
}
