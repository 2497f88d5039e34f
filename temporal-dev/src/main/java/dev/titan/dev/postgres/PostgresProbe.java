package dev.titan.dev.postgres;

import dev.titan.dev.process.HealthProbe;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a PostgreSQL server to start a session and looks at the first byte of the answer: {@code R} asks for the password,
 * {@code E} says "starting up" or "shutting down" (PostgreSQL: frontend/backend protocol 3.0, message formats). An open
 * port alone would not tell, and a JDBC driver is not needed for one byte.
 */
record PostgresProbe(PostgresAddress address) implements HealthProbe {

    private static final int ANSWER_WITHIN_MS = 1_000;
    private static final int PROTOCOL_3_0 = 3 << 16;

    @Override
    public boolean healthy() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), address.port()), ANSWER_WITHIN_MS);
            socket.setSoTimeout(ANSWER_WITHIN_MS);
            socket.getOutputStream().write(startupMessage());
            return socket.getInputStream().read() == 'R';
        } catch (IOException notYet) {
            return false;
        }
    }

    private byte[] startupMessage() throws IOException {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String text : new String[] {"user", address.user(), "database", address.database(), ""}) {
            parameters.write(text.getBytes(StandardCharsets.UTF_8));
            parameters.write(0);
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        out.writeInt(2 * Integer.BYTES + parameters.size());
        out.writeInt(PROTOCOL_3_0);
        parameters.writeTo(out);
        return message.toByteArray();
    }
}
