package dev.titan.sandboxd.selftest;

import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.SystemCalls;
import java.util.List;

/**
 * A kind of socket that must not be had.
 *
 * @param kind what it is, which names the probe
 * @param family address family
 * @param type socket type
 * @param protocol protocol
 */
record RefusedSocket(String kind, int family, int type, int protocol) implements Probe {

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final int SOCKET = ARM ? 198 : 41;
    private static final int CLOSE = ARM ? 57 : 3;

    private static final int STREAM = 1;
    private static final int RAW = 3;
    private static final int SEQPACKET = 5;

    private static final int EPROTONOSUPPORT = 93;
    private static final int ESOCKTNOSUPPORT = 94;
    private static final int EAFNOSUPPORT = 97;

    static final List<Probe> ALL = List.of(
            new RefusedSocket("packet", 17, RAW, 0),
            new RefusedSocket("raw_ip", 2, RAW, 1),
            new RefusedSocket("netlink_netfilter", 16, RAW, 12),
            new RefusedSocket("netlink_uevent", 16, RAW, 15),
            new RefusedSocket("kernel_crypto", 38, SEQPACKET, 0),
            new RefusedSocket("vsock", 40, STREAM, 0),
            new RefusedSocket("sctp", 2, STREAM, 132));

    @Override
    public String name() {
        return "socket_" + kind;
    }

    @Override
    public String checks() {
        return "no socket of the kind %s can be opened".formatted(kind);
    }

    @Override
    public Verdict run() throws ErrnoException {
        try {
            int descriptor = SystemCalls.call(SOCKET, family, type, protocol);
            SystemCalls.call(CLOSE, descriptor);
            return Verdict.fails("it opens");
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.EPERM, Errno.EACCES -> Verdict.holds(Errno.describe(e.errno()));
                case EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT ->
                    Verdict.notApplicable("this kernel has no such sockets");
                default -> Verdict.fails("the kernel carries it out: " + e.getMessage());
            };
        }
    }
}
