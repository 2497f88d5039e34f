package dev.titan.sandboxd.libc;

import java.io.IOException;

/** A call of the C library said no. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    public ErrnoException(int errno) {
        super(Errno.describe(errno));
        this.errno = errno;
    }

    /** Returns the error number, one of {@link Errno} or another of the system's. */
    public int errno() {
        return errno;
    }
}
