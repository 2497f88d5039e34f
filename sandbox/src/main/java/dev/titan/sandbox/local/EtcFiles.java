package dev.titan.sandbox.local;

import static dev.titan.sandbox.SandboxShape.HOST_NAME;
import static dev.titan.sandbox.SandboxShape.UID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** The files of {@code /etc} that differ from the host's: who there is, and that there is no network. */
final class EtcFiles {

    private static final Map<String, String> CONTENTS = Map.of(
            "passwd",
            """
            root:x:0:0:root:/nonexistent:/usr/sbin/nologin
            titan:x:%d:%d:titan:/tmp:/bin/bash
            """.formatted(UID, UID),
            "group",
            """
            root:x:0:
            titan:x:%d:
            """.formatted(UID),
            "hosts",
            """
            127.0.0.1 localhost %s
            ::1 localhost
            """.formatted(HOST_NAME),
            "nsswitch.conf",
            """
            passwd: files
            group: files
            hosts: files
            """);

    /** The files' names. */
    static final List<String> NAMES = CONTENTS.keySet().stream().sorted().toList();

    private EtcFiles() {}

    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String name : NAMES) {
            Path file = Files.writeString(directory.resolve(name), CONTENTS.getOrDefault(name, ""));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }
}
