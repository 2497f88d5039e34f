package dev.titan.dev.postgres;

import java.util.List;

/** What a cluster promises about committed transactions. */
public enum Durability {
    /** They survive a crash of the machine. */
    KEPT,
    /** They may be lost with the process: a database of one test run, made fast and open to many pools. */
    THROWAWAY;

    List<String> settings() {
        return switch (this) {
            case KEPT -> List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=100");
            case THROWAWAY ->
                List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300");
        };
    }
}
