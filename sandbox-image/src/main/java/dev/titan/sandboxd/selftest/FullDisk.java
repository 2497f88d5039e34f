package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What filling a file system has in common. */
final class FullDisk {

    private FullDisk() {}

    /** Whether an exception says that there is no space left or a quota is used up. */
    static boolean isSaidBy(IOException exception) {
        String message = String.valueOf(exception.getMessage());
        return message.contains("No space left") || message.contains("quota");
    }

    static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
