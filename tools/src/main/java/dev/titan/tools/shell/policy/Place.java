package dev.titan.tools.shell.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Where a path of a command line leads, symbolic links aside.
 *
 * @param path absolute and without {@code .} and {@code ..}; up to the first wild card, so {@code /*} is {@code /}
 * @param zone what kind of place that is
 */
record Place(String path, Zone zone) {

    /** What kind of place a path leads to. */
    enum Zone {
        /** The workspace. */
        WORKSPACE,
        /** A place for temporary files. */
        SCRATCH,
        /** A device that swallows or makes bytes and harms nobody. */
        HARMLESS_DEVICE,
        /** Any other device. */
        DEVICE,
        /** The whole home folder. */
        HOME,
        /** Something inside the home folder. */
        INSIDE_HOME,
        /** The root, and everything else that belongs to the system. */
        SYSTEM,
        /** Not known before it runs. */
        UNKNOWN
    }

    private static final Pattern HARMLESS_DEVICES = Pattern.compile(
            "/dev/(null|zero|full|random|urandom|std(in|out|err)|tty|fd(/.*)?|shm(/.*)?|pts(/.*)?|ptmx)");

    private static final Pattern WILD = Pattern.compile("[*?\\[]");

    static Place of(String path, String directory) {
        String absolute = path.startsWith("/") ? path : directory + "/" + path;
        Deque<String> parts = new ArrayDeque<>();
        for (String part : absolute.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (WILD.matcher(part).find()) {
                break;
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String normal = "/" + String.join("/", parts);
        return new Place(normal, zone(normal));
    }

    /** Returns whether the system or the whole home folder is meant: what no ordinary command changes. */
    boolean isProtected() {
        return zone == Zone.SYSTEM || zone == Zone.HOME || zone == Zone.DEVICE;
    }

    private static Zone zone(String path) {
        if (Mark.anyIn(path)) {
            // Only an unknown beginning hides where a path leads.
            int first = path.indexOf(path.chars()
                    .filter(c -> c >= '\uE000' && c <= '\uE003')
                    .findFirst()
                    .orElse(0));
            String known = path.substring(0, Math.max(0, path.lastIndexOf('/', first)));
            return known.isEmpty() ? Zone.UNKNOWN : zone(known) == Zone.HOME ? Zone.INSIDE_HOME : zone(known);
        }
        if (within(path, ShellState.WORKSPACE)) {
            return Zone.WORKSPACE;
        }
        if (within(path, "/tmp") || within(path, "/var/tmp") || within(path, "/dev/shm")) {
            return Zone.SCRATCH;
        }
        if (HARMLESS_DEVICES.matcher(path).matches()) {
            return Zone.HARMLESS_DEVICE;
        }
        if (within(path, "/dev") && !path.equals("/dev")) {
            return Zone.DEVICE;
        }
        if (path.equals(ShellState.HOME) || path.equals("/root") || path.equals("/home")) {
            return Zone.HOME;
        }
        if (within(path, ShellState.HOME)) {
            return Zone.INSIDE_HOME;
        }
        return Zone.SYSTEM;
    }

    private static boolean within(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
