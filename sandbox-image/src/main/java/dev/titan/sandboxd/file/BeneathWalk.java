package dev.titan.sandboxd.file;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.OpenFlag;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Opens a path one component at a time. Each is opened relative to the descriptor of the one before and never as a link;
 * links are read and their targets walked in turn; {@code ..} goes back to a descriptor we hold, not to where the kernel
 * thinks the parent is. So nobody who swaps directories for links can lead it outside.
 */
final class BeneathWalk {

    /** Linux: the number of links followed before it says ELOOP. */
    private static final int LINKS_MAX = 40;

    private final Descriptor root;
    private final String rootPath;

    BeneathWalk(Descriptor root, String rootPath) {
        this.root = root;
        this.rootPath = rootPath;
    }

    Descriptor open(String path, int flags, int mode) throws ErrnoException {
        Deque<String> ahead = new ArrayDeque<>(components(path));
        Deque<Descriptor> trail = new ArrayDeque<>();
        int links = 0;
        try {
            while (!ahead.isEmpty()) {
                String name = ahead.pop();
                if (name.equals("..")) {
                    back(trail);
                } else if (!name.equals(".")) {
                    Descriptor here = here(trail);
                    Optional<String> target = target(here, name);
                    if (target.isPresent()) {
                        if (++links > LINKS_MAX) {
                            throw new ErrnoException(Errno.ELOOP);
                        }
                        follow(target.get(), trail, ahead);
                    } else if (ahead.isEmpty()) {
                        return LibC.openat(here, name, flags | OpenFlag.NO_FOLLOW, mode);
                    } else {
                        trail.push(LibC.openat(here, name, OpenFlag.PATH | OpenFlag.DIRECTORY | OpenFlag.NO_FOLLOW, 0));
                    }
                }
            }
            return LibC.openat(here(trail), ".", flags & ~OpenFlag.CREATE, mode);
        } finally {
            trail.forEach(Descriptor::close);
        }
    }

    private Descriptor here(Deque<Descriptor> trail) {
        return trail.isEmpty() ? root : trail.peek();
    }

    private static void back(Deque<Descriptor> trail) throws ErrnoException {
        if (trail.isEmpty()) {
            throw new ErrnoException(Errno.EXDEV);
        }
        trail.pop().close();
    }

    private void follow(String target, Deque<Descriptor> trail, Deque<String> ahead) throws ErrnoException {
        String rest = target;
        if (target.startsWith("/")) {
            if (!target.equals(rootPath) && !target.startsWith(rootPath + "/")) {
                throw new ErrnoException(Errno.EXDEV);
            }
            rest = target.substring(rootPath.length());
            while (!trail.isEmpty()) {
                trail.pop().close();
            }
        }
        components(rest).reversed().forEach(ahead::push);
    }

    /** Returns where a link leads; empty when it is no link, or nothing. */
    private static Optional<String> target(Descriptor directory, String name) throws ErrnoException {
        try {
            return Optional.of(LibC.readlinkat(directory, name));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EINVAL || e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A slash at the end asks for a directory, which is what a last {@code .} does too. */
    private static List<String> components(String path) {
        String whole = path.endsWith("/") ? path + "." : path;
        return Arrays.stream(whole.split("/", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
