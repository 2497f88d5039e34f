package dev.titan.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A line of {@code steering-table.csv}.
 *
 * @param state what the task is
 * @param verb what is asked of it
 * @param status of the answer
 * @param then the status of the task that follows
 */
record SteeringCase(String state, String verb, int status, String then) {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** Returns every line of the table. */
    static List<SteeringCase> table() {
        try (InputStream table =
                requireNonNull(SteeringCase.class.getResourceAsStream("/steering-table.csv"), "no table")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(SteeringCase::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SteeringCase of(String line) {
        String[] cells = line.split(",", -1);
        return new SteeringCase(
                cells[0].strip(), cells[1].strip(), Integer.parseInt(cells[2].strip()), cells[3].strip());
    }

    /** What is refused changes nothing, so the same task can be asked something else. */
    boolean isRefused() {
        return status == NOT_FOUND || status == CONFLICT;
    }

    /** Nothing can be asked after it. */
    boolean isCancel() {
        return verb.equals("cancel");
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(state, verb);
    }
}
