package dev.titan.sandboxd.selftest;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that takes more memory than there is gets killed, and the sandbox goes on. The memory is that of a file without
 * a name: it counts like any other and is gone with the process.
 *
 * @param memoryBytes memory of the sandbox
 */
record MemoryLimit(long memoryBytes) implements Probe {

    /** The argument that makes this program the process that takes the memory. */
    static final String HOG = "--take-memory";

    /** The script that started this program, which tells its own path. */
    private static final String PROGRAM = "TITAN_SELFTEST";

    private static final long PIECE_BYTES = 16 << 20;

    /** 128 and the number of SIGKILL, which the kernel ends processes with that take too much. */
    private static final int KILLED = 128 + 9;

    private static final long FALLOCATE = System.getProperty("os.arch", "").equals("aarch64") ? 47 : 285;

    @Override
    public String name() {
        return "memory_limited";
    }

    @Override
    public String checks() {
        return "%d MiB of memory cannot be had".formatted(memoryBytes >> 20);
    }

    @Override
    public Verdict run() throws IOException {
        String program = System.getenv().getOrDefault(PROGRAM, "");
        Children.Ended ended = Children.run(program, HOG, Long.toString(memoryBytes));
        if (ended.status() == 0) {
            return Verdict.fails("a process got it");
        }
        boolean refused = ended.status() == KILLED || ended.output().contains(Errno.describe(Errno.ENOMEM));
        String detail = "the process that wanted it ended with " + ended.status();
        return refused ? Verdict.holds(detail) : Verdict.fails(detail + ", for another reason: " + ended.output());
    }

    /** Takes memory, as the first to be killed when there is not enough. */
    static void hog(long bytes) throws IOException {
        Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        // Never closed, and many: a limit on the size of a file is not one on memory.
        for (long taken = 0; taken < bytes; taken += PIECE_BYTES) {
            Descriptor file = LibC.memoryFile("selftest");
            SystemCalls.call(FALLOCATE, file.number(), 0, 0, PIECE_BYTES);
        }
    }
}
