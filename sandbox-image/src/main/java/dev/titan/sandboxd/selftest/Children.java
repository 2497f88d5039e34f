package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Short runs of other programs. */
final class Children {

    private Children() {}

    /**
     * How a program ended.
     *
     * @param status its exit status, 128 and the signal's number when a signal ended it
     * @param output what it printed
     */
    record Ended(int status, String output) {}

    static Ended run(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + argv[0], e);
        }
    }
}
