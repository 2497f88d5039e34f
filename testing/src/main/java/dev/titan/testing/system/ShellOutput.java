package dev.titan.testing.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a program printed.
 *
 * @param status its exit status; 127 when there is no such program
 * @param text standard output and standard error
 */
public record ShellOutput(int status, String text) {

    /** Runs a program to its end. */
    public static ShellOutput of(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new ShellOutput(process.waitFor(), text);
        } catch (IOException e) {
            return new ShellOutput(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Returns the lines that are not empty; none when the program failed. */
    public List<String> lines() {
        return status == 0 ? text.lines().filter(line -> !line.isBlank()).toList() : List.of();
    }
}
