package dev.titan.tools.file;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The arguments of {@link FileWriteTool}.
 *
 * @param path absolute inside the workspace, or relative to it
 * @param content the whole new content
 */
public record FileWriteArguments(
        @JsonPropertyDescription("File to write, relative to /work. Missing directories are made.")
        String path,

        @JsonPropertyDescription("The whole new content of the file, as text.")
        String content) {}
