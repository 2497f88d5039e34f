package dev.titan.tools.file;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link FileReadTool}.
 *
 * @param path absolute inside the workspace, or relative to it
 * @param offset the first line, from 1; absent is the beginning
 * @param limit how many lines; absent is all
 */
public record FileReadArguments(
        @JsonPropertyDescription("File to read, relative to /work.")
        String path,

        @JsonPropertyDescription("First line to read, from 1. Default: 1.") @Nullable
        Integer offset,

        @JsonPropertyDescription("How many lines to read. Default: all.") @Nullable
        Integer limit) {

    public FileReadArguments {
        if (offset != null && offset < 1) {
            throw new IllegalArgumentException("offset: lines count from 1, not " + offset);
        }
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, not " + limit);
        }
    }
}
