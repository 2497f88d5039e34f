package dev.titan.sandbox.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.sandbox.seccomp.BpfProgram.Instruction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the compiled program as the kernel does and looks at its verdicts. */
class SeccompFilterTest {

    private static final int EPERM = BpfProgram.errno(1);
    private static final int ENOSYS = BpfProgram.errno(38);

    @ParameterizedTest
    @ValueSource(strings = {"read", "openat", "execve", "mmap", "futex", "rt_sigreturn", "getrandom", "mseal"})
    void allowsWhatProgramsNeed(String name) {
        assertThat(verdict(Processor.X86_64, name)).isEqualTo(BpfProgram.ALLOW);
        assertThat(verdict(Processor.AARCH64, name)).isEqualTo(BpfProgram.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ptrace",
                "process_vm_readv",
                "process_vm_writev",
                "pidfd_getfd",
                "kcmp",
                "unshare",
                "setns",
                "mount",
                "umount2",
                "move_mount",
                "open_tree",
                "fsopen",
                "fsmount",
                "mount_setattr",
                "pivot_root",
                "chroot",
                "bpf",
                "perf_event_open",
                "userfaultfd",
                "fanotify_init",
                "add_key",
                "request_key",
                "keyctl",
                "open_by_handle_at",
                "name_to_handle_at",
                "init_module",
                "finit_module",
                "delete_module",
                "kexec_load",
                "reboot",
                "swapon",
                "acct",
                "quotactl",
                "syslog",
                "sethostname",
                "settimeofday",
                "statmount"
            })
    void refusesWhatReachesPastTheSandbox(String name) {
        assertThat(verdict(Processor.X86_64, name)).isEqualTo(EPERM);
        assertThat(verdict(Processor.AARCH64, name)).isEqualTo(EPERM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone3", "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup"})
    void isAKernelWithoutWhatItCannotLookInto(String name) {
        assertThat(verdict(Processor.X86_64, name)).isEqualTo(ENOSYS);
        assertThat(verdict(Processor.AARCH64, name)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @CsvSource({
        "clone, 0x01200011, 0, 0, true", // fork
        "clone, 0x003d0f00, 0, 0, true", // a thread
        "clone, 0x10000011, 0, 0, false", // CLONE_NEWUSER
        "clone, 0x00020011, 0, 0, false", // CLONE_NEWNS
        "clone, 0x40000011, 0, 0, false", // CLONE_NEWNET
        "socket, 1, 1, 0, true", // AF_UNIX
        "socket, 2, 1, 6, true", // AF_INET, TCP
        "socket, 10, 2, 17, true", // AF_INET6, UDP
        "socket, 2, 1, 132, false", // SCTP
        "socket, 16, 3, 0, true", // NETLINK_ROUTE
        "socket, 16, 3, 12, false", // NETLINK_NETFILTER
        "socket, 17, 3, 0, false", // AF_PACKET
        "socket, 38, 5, 0, false", // AF_ALG
        "socket, 40, 1, 0, false", // AF_VSOCK
        "socket, 0x100000001, 1, 0, false", // the upper half counts
        "socketpair, 1, 1, 0, true",
        "socketpair, 2, 1, 0, false",
        "personality, 0xffffffff, 0, 0, true",
        "personality, 0x0040000, 0, 0, false", // ADDR_NO_RANDOMIZE
    })
    void looksAtArguments(String name, String first, long second, long third, boolean allowed) {
        int number = Processor.X86_64.numbers().getOrDefault(name, -1);
        int verdict = run(Processor.X86_64, number, Processor.X86_64, Long.decode(first), second, third);

        assertThat(verdict).isEqualTo(allowed ? BpfProgram.ALLOW : EPERM);
    }

    @ParameterizedTest
    @EnumSource(Processor.class)
    void answersCallsNewerThanItselfAsAnOldKernelDoes(Processor processor) {
        assertThat(run(processor, 5_000, processor)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource(Processor.class)
    void endsProgramsOfOtherProcessors(Processor processor) {
        Processor other = processor == Processor.X86_64 ? Processor.AARCH64 : Processor.X86_64;

        assertThat(run(processor, 1, other)).isEqualTo(BpfProgram.KILL_PROCESS);
        assertThat(run(processor, 0x40000001, processor)).as("x32").isEqualTo(BpfProgram.KILL_PROCESS);
    }

    private static int verdict(Processor processor, String name) {
        return run(processor, processor.numbers().getOrDefault(name, -1), processor);
    }

    private static int run(Processor filter, int number, Processor caller, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, number).putInt(4, caller.auditNumber());
        for (int index = 0; index < arguments.length; index++) {
            data.putLong(16 + 8 * index, arguments[index]);
        }
        return run(SeccompFilter.program(SeccompProfile.standard(), filter).instructions(), data);
    }

    private static int run(List<Instruction> program, ByteBuffer data) {
        int word = 0;
        for (int at = 0; true; at++) {
            Instruction step = program.get(at);
            switch (step.code()) {
                case 0x20 -> word = data.getInt(step.operand());
                case 0x54 -> word &= step.operand();
                case 0x15 -> at += word == step.operand() ? step.jumpTrue() : step.jumpFalse();
                case 0x25 -> at += unsigned(word, step) > 0 ? step.jumpTrue() : step.jumpFalse();
                case 0x35 -> at += unsigned(word, step) >= 0 ? step.jumpTrue() : step.jumpFalse();
                case 0x06 -> {
                    return step.operand();
                }
                default -> throw new IllegalStateException("not an instruction: " + step);
            }
        }
    }

    private static int unsigned(int word, Instruction step) {
        return Integer.compareUnsigned(word, step.operand());
    }
}
