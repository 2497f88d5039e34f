package dev.titan.sandboxd.selftest;

import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.SystemCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A system call that the filter has to refuse. Its arguments make it fail harmlessly where it is let through, with another
 * error, so that a refusal can be told from a mistake.
 *
 * @param call what it is called, which names the probe
 * @param x86 its number on x86-64
 * @param arm its number on AArch64
 * @param arguments what it is called with
 */
record RefusedCall(String call, int x86, int arm, List<Long> arguments) implements Probe {

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

    private static final long NONE = -1;
    private static final long OURSELVES = ProcessHandle.current().pid();

    static final List<Probe> ALL = List.of(
            of("unshare_user", 272, 97, 0x10000000L),
            of("unshare_network", 272, 97, 0x40000000L),
            of("clone_user", 56, 220, 0x10000200L), // with CLONE_FS, which together is invalid
            of("clone3", 435, 435),
            of("setns", 308, 268, NONE),
            of("mount", 165, 40),
            of("umount", 166, 39),
            of("pivot_root", 155, 41),
            of("chroot", 161, 51),
            of("fsopen", 430, 430),
            of("open_tree", 428, 428, NONE),
            of("move_mount", 429, 429, NONE),
            of("mount_setattr", 442, 442, NONE),
            of("bpf", 321, 280, 9_999),
            of("perf_event_open", 298, 241, 0, 0, NONE, NONE),
            of("io_uring_setup", 425, 425),
            of("io_uring_enter", 426, 426, NONE),
            of("userfaultfd", 323, 282, 0xffffL),
            of("fanotify_init", 300, 262, 0xffffffffL),
            of("keyctl", 250, 219, 0, -3),
            of("add_key", 248, 217),
            of("request_key", 249, 218),
            of("kexec_load", 246, 104, 0, 0, 0, 0xdead),
            of("init_module", 175, 105),
            of("finit_module", 313, 273, NONE),
            of("delete_module", 176, 106),
            of("reboot", 169, 142),
            of("swapon", 167, 224),
            of("ptrace", 101, 117, 2, OURSELVES),
            of("process_vm_readv", 310, 270, OURSELVES),
            of("process_vm_writev", 311, 271, OURSELVES),
            of("pidfd_getfd", 438, 438, NONE),
            of("kcmp", 312, 272, OURSELVES, OURSELVES),
            of("open_by_handle_at", 304, 265, NONE),
            of("name_to_handle_at", 303, 264, NONE),
            of("personality", 135, 92, 0x0040000),
            of("syslog", 103, 116, 10),
            of("sethostname", 170, 161, 0, 1),
            of("settimeofday", 164, 170));

    /** Calls that the filter answers as a kernel without them does, so that programs fall back. */
    private static final Set<String> HIDDEN = Set.of("clone3", "io_uring_setup", "io_uring_enter");

    RefusedCall {
        arguments = List.copyOf(arguments);
    }

    private static RefusedCall of(String call, int x86, int arm, long... arguments) {
        return new RefusedCall(call, x86, arm, Arrays.stream(arguments).boxed().toList());
    }

    @Override
    public String name() {
        return "call_" + call;
    }

    @Override
    public String checks() {
        return "the system call %s is refused".formatted(call);
    }

    /** In a thread of its own: some calls change the thread that makes them, where they are let through. */
    @Override
    public Verdict run() {
        FutureTask<Verdict> attempt = new FutureTask<>(this::attempt);
        Thread.ofPlatform().start(attempt);
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.fails("interrupted");
        }
    }

    private Verdict attempt() {
        try {
            int answer = SystemCalls.call(
                    ARM ? arm : x86,
                    arguments.stream().mapToLong(Long::longValue).toArray());
            return Verdict.fails("it succeeds: " + answer);
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.EPERM -> Verdict.holds(Errno.describe(e.errno()));
                case Errno.ENOSYS ->
                    HIDDEN.contains(call)
                            ? Verdict.holds("the call does not exist")
                            : Verdict.notApplicable("this kernel has no such call");
                default -> Verdict.fails("the kernel carries it out: " + e.getMessage());
            };
        }
    }
}
