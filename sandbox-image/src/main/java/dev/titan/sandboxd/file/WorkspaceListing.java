package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Entry;
import dev.titan.contracts.sandbox.FileReply.Listing;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.OpenFlag;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Lists directories of the workspace: names in order, a directory's own entries after it. Links are named, not followed. */
public final class WorkspaceListing {

    /** More than anybody reads, and about 1 MB of JSON. */
    public static final int ENTRIES_MAX = 5_000;

    /** Deeper than any sane tree; each level holds one descriptor. */
    public static final int DEPTH_MAX = 32;

    /** Names of one directory that are read before they are sorted; a bound on memory. */
    private static final int NAMES_MAX = 20_000;

    private final Workspace workspace;

    public WorkspaceListing(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Lists a directory down to {@code depth} levels; the empty path is the workspace itself. */
    public Listing list(String path, int depth, int limit) throws RefusedException {
        String named = path.isEmpty() ? "." : path;
        try (Descriptor directory = workspace.open(named, OpenFlag.PATH | OpenFlag.DIRECTORY, 0)) {
            Collected collected = new Collected(Math.clamp(limit, 0, ENTRIES_MAX));
            collect(directory, workspace.shown(named), Math.clamp(depth, 1, DEPTH_MAX), collected);
            return new Listing(collected.entries, collected.truncated);
        } catch (IOException e) {
            throw RefusedException.of(named, e);
        }
    }

    private static void collect(Descriptor directory, String prefix, int depth, Collected collected)
            throws IOException {
        for (String name : names(directory, collected)) {
            if (collected.entries.size() >= collected.limit) {
                collected.truncated = true;
                return;
            }
            String path = prefix.isEmpty() ? name : prefix + "/" + name;
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(
                        directory.path().resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                continue; // it was removed meanwhile
            }
            collected.entries.add(entry(path, attributes));
            if (depth > 1 && attributes.isDirectory()) {
                descend(directory, name, path, depth - 1, collected);
            }
        }
    }

    private static void descend(Descriptor parent, String name, String path, int depth, Collected collected)
            throws IOException {
        try (Descriptor child = LibC.openat(parent, name, OpenFlag.PATH | OpenFlag.DIRECTORY | OpenFlag.NO_FOLLOW, 0)) {
            collect(child, path, depth, collected);
        } catch (ErrnoException e) {
            // Removed or swapped meanwhile: it stays listed as what it was, without entries.
            assert e.errno() != 0;
        }
    }

    private static List<String> names(Descriptor directory, Collected collected) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory.path())) {
            Iterator<Path> paths = stream.iterator();
            while (paths.hasNext() && names.size() < NAMES_MAX) {
                names.add(String.valueOf(paths.next().getFileName()));
            }
            collected.truncated |= paths.hasNext();
        } catch (AccessDeniedException e) {
            return List.of(); // a directory that may be seen but not read
        }
        names.sort(null);
        return names;
    }

    private static Entry entry(String path, BasicFileAttributes attributes) {
        String kind = attributes.isRegularFile()
                ? "file"
                : attributes.isDirectory() ? "directory" : attributes.isSymbolicLink() ? "symlink" : "other";
        return new Entry(
                path,
                kind,
                attributes.isRegularFile() ? attributes.size() : 0,
                attributes.lastModifiedTime().toInstant());
    }

    /** What was found so far. */
    private static final class Collected {
        private final List<Entry> entries = new ArrayList<>();
        private final int limit;
        private boolean truncated;

        Collected(int limit) {
            this.limit = limit;
        }
    }
}
