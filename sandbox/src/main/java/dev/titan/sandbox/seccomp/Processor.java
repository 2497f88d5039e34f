package dev.titan.sandbox.seccomp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A processor Titan runs on, with its numbers of system calls. Both are little-endian. */
public enum Processor {
    /** Intel and AMD. */
    X86_64(0xC000003E, 1),
    /** ARM, 64 bits. */
    AARCH64(0xC00000B7, 2);

    private static final String RESOURCE = "system-calls.tsv";
    private static final String ABSENT = "-";

    private final int auditNumber;
    private final int column;

    Processor(int auditNumber, int column) {
        this.auditNumber = auditNumber;
        this.column = column;
    }

    /** Returns the processor of this host. */
    public static Processor current() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new IllegalStateException("no filter of system calls for " + name);
        };
    }

    /** Returns the number by which a filter recognises calls made for this processor (linux/audit.h). */
    int auditNumber() {
        return auditNumber;
    }

    /** Returns the numbers of all system calls by name. */
    Map<String, Integer> numbers() {
        try (InputStream resource = Processor.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .filter(fields -> !fields[column].equals(ABSENT))
                    .collect(Collectors.toUnmodifiableMap(
                            fields -> fields[0], fields -> Integer.valueOf(fields[column])));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
