package dev.titan.sandboxd.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Starts a program by posix_spawn(3), the leader of a session of its own, with default signals, in a directory that is
 * given by descriptor (so that it cannot be swapped), and with no descriptor of ours but its standard streams.
 *
 * @param program absolute path, or relative to the directory
 * @param argv arguments, the name of the program included
 * @param env {@code NAME=value} each
 * @param workdir the directory it starts in
 * @param streams its standard streams
 */
public record Spawn(String program, List<String> argv, List<String> env, Descriptor workdir, Streams streams) {

    private static final NativeCall POSIX_SPAWN = NativeCall.of("posix_spawn");
    private static final NativeCall ATTR_INIT = NativeCall.of("posix_spawnattr_init");
    private static final NativeCall ATTR_DESTROY = NativeCall.of("posix_spawnattr_destroy");
    private static final NativeCall ATTR_SETFLAGS = NativeCall.of("posix_spawnattr_setflags");
    private static final NativeCall ATTR_SETSIGDEFAULT = NativeCall.of("posix_spawnattr_setsigdefault");
    private static final NativeCall ACTIONS_INIT = NativeCall.of("posix_spawn_file_actions_init");
    private static final NativeCall ACTIONS_DESTROY = NativeCall.of("posix_spawn_file_actions_destroy");
    private static final NativeCall ADD_DUP2 = NativeCall.of("posix_spawn_file_actions_adddup2");
    private static final NativeCall ADD_OPEN = NativeCall.of("posix_spawn_file_actions_addopen");
    private static final NativeCall ADD_CLOSE = NativeCall.of("posix_spawn_file_actions_addclose");
    private static final NativeCall ADD_FCHDIR = NativeCall.of("posix_spawn_file_actions_addfchdir_np");
    private static final Optional<NativeCall> ADD_CLOSEFROM =
            NativeCall.find("posix_spawn_file_actions_addclosefrom_np"); // glibc 2.34

    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;

    /** Room for glibc's opaque structures, which take 336, 80 and 128 bytes. */
    private static final long STRUCTURE_BYTES = 512;

    /** glibc: sigset_t. */
    private static final long SIGSET_BYTES = 128;

    public Spawn {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
    }

    /** Starts it and returns its process number, which is also that of its group and session. */
    public int start() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(STRUCTURE_BYTES, 16);
            MemorySegment actions = arena.allocate(STRUCTURE_BYTES, 16);
            MemorySegment everySignal = arena.allocate(SIGSET_BYTES, 8).fill((byte) 0xff);
            ATTR_INIT.invokePosix(attributes.address());
            ACTIONS_INIT.invokePosix(actions.address());
            try {
                ATTR_SETFLAGS.invokePosix(attributes.address(), SETSIGDEF | SETSIGMASK | SETSID);
                ATTR_SETSIGDEFAULT.invokePosix(attributes.address(), everySignal.address());
                ADD_FCHDIR.invokePosix(actions.address(), workdir.number());
                wire(arena, actions);
                closeOurs(actions);
                MemorySegment pid = arena.allocate(JAVA_INT);
                POSIX_SPAWN.invokePosix(
                        pid.address(),
                        arena.allocateFrom(program).address(),
                        actions.address(),
                        attributes.address(),
                        strings(arena, argv).address(),
                        strings(arena, env).address());
                return pid.get(JAVA_INT, 0);
            } finally {
                ACTIONS_DESTROY.invokePosix(actions.address());
                ATTR_DESTROY.invokePosix(attributes.address());
            }
        }
    }

    private void wire(Arena arena, MemorySegment actions) throws ErrnoException {
        switch (streams) {
            case Streams.Separate(Descriptor stdin, Descriptor output) -> {
                ADD_DUP2.invokePosix(actions.address(), stdin.number(), 0);
                ADD_DUP2.invokePosix(actions.address(), output.number(), 1);
                ADD_DUP2.invokePosix(actions.address(), output.number(), 2);
            }
            case Streams.Terminal(String path) -> {
                // The leader of a session without a terminal gets the first one it opens (tty_ioctl(4), TIOCSCTTY).
                ADD_OPEN.invokePosix(
                        actions.address(), 0, arena.allocateFrom(path).address(), OpenFlag.READ_WRITE, 0);
                ADD_DUP2.invokePosix(actions.address(), 0, 1);
                ADD_DUP2.invokePosix(actions.address(), 0, 2);
            }
        }
    }

    /** The JDK's sockets are inherited by children unless closed: a command must not hold the daemon's connections. */
    private static void closeOurs(MemorySegment actions) throws ErrnoException {
        if (ADD_CLOSEFROM.isPresent()) {
            ADD_CLOSEFROM.get().invokePosix(actions.address(), 3);
            return;
        }
        for (int descriptor : OpenDescriptors.above(2)) {
            ADD_CLOSE.invokePosix(actions.address(), descriptor);
        }
    }

    private static MemorySegment strings(Arena arena, List<String> strings) {
        MemorySegment array = arena.allocate(ADDRESS, strings.size() + 1L);
        for (int index = 0; index < strings.size(); index++) {
            array.setAtIndex(ADDRESS, index, arena.allocateFrom(strings.get(index)));
        }
        return array; // allocated as zeros, so a null pointer ends it
    }

    /** What its standard streams are. */
    public sealed interface Streams {

        /**
         * Input and output.
         *
         * @param stdin its standard input
         * @param output its standard output and standard error
         */
        record Separate(Descriptor stdin, Descriptor output) implements Streams {}

        /**
         * One terminal, which becomes the controlling terminal of its session.
         *
         * @param path the terminal's end for programs
         */
        record Terminal(String path) implements Streams {}
    }
}
