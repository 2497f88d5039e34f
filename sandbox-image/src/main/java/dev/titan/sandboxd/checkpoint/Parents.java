package dev.titan.sandboxd.checkpoint;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.RawFiles;
import org.jspecify.annotations.Nullable;

/**
 * The directories of files that are asked for in the order of a walk, opened part by part and never through a link. The
 * last one stays open, since the next file is most often its neighbour.
 */
final class Parents implements AutoCloseable {

    private final RawFiles raw;
    private final Descriptor root;
    private final Permissions permissions;
    private String path = "";
    private @Nullable Descriptor open;

    Parents(RawFiles raw, Descriptor root) {
        this.raw = raw;
        this.root = root;
        this.permissions = new Permissions(raw);
    }

    static String nameOf(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Returns the directory of a file; it stays open until another is asked for. */
    Descriptor of(String file) throws ErrnoException {
        int slash = file.lastIndexOf('/');
        if (slash < 0) {
            return root;
        }
        String wanted = file.substring(0, slash);
        if (open != null && wanted.equals(path)) {
            return open;
        }
        forget();
        Descriptor here = descend(wanted);
        open = here;
        path = wanted;
        return here;
    }

    Permissions permissions() {
        return permissions;
    }

    private Descriptor descend(String wanted) throws ErrnoException {
        Descriptor here = root;
        for (String name : wanted.split("/", -1)) {
            try {
                Descriptor next = permissions.openDirectory(here, name, raw.stat(here, name));
                close(here);
                here = next;
            } catch (ErrnoException e) {
                close(here);
                throw e;
            }
        }
        return here;
    }

    private void close(Descriptor directory) {
        if (directory.number() != root.number()) {
            directory.close();
        }
    }

    private void forget() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Closes what it opened; the root belongs to the caller. */
    @Override
    public void close() {
        forget();
        permissions.close();
    }
}
