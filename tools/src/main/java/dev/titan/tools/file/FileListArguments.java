package dev.titan.tools.file;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link FileListTool}.
 *
 * @param path a directory, absolute inside the workspace or relative to it; absent is its root
 * @param depth levels to go down, 1–{@value #DEPTH_MAX}; absent is 1
 */
public record FileListArguments(
        @JsonPropertyDescription("Directory to list, relative to /work. Default: /work.") @Nullable
        String path,

        @JsonPropertyDescription("Levels to go down, 1-10. Default: 1, the directory's own entries.") @Nullable
        Integer depth) {

    /** Deeper trees are better searched than listed. */
    public static final int DEPTH_MAX = 10;

    public FileListArguments {
        if (depth != null && (depth < 1 || depth > DEPTH_MAX)) {
            throw new IllegalArgumentException("depth: must be 1-%d, not %d".formatted(DEPTH_MAX, depth));
        }
    }
}
