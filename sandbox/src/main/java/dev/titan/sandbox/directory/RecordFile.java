package dev.titan.sandbox.directory;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads and writes the {@link SandboxRecord} of a place; nobody ever reads half of one. */
final class RecordFile {

    private RecordFile() {}

    /** Returns nothing for what is not a sandbox's place, or is being made or removed at this moment. */
    static Optional<SandboxRecord> read(SandboxDirectory place) {
        try {
            return Optional.of(TitanJson.mapper().readValue(Files.readAllBytes(place.record()), SandboxRecord.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    static SandboxRecord write(SandboxDirectory place, SandboxRecord record) throws IOException {
        Path draft = Files.createTempFile(place.path(), "sandbox", ".draft");
        Files.write(draft, TitanJson.mapper().writeValueAsBytes(record));
        Files.move(draft, place.record(), StandardCopyOption.ATOMIC_MOVE);
        return record;
    }
}
