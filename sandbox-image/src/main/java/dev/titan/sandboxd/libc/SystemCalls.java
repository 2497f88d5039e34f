package dev.titan.sandboxd.libc;

/** System calls by number, past the C library's wrappers: what a filter of system calls sees is exactly what is said here. */
public final class SystemCalls {

    private static final NativeCall SYSCALL = NativeCall.of("syscall");

    private SystemCalls() {}

    /** Makes a call with up to six words; a missing one is 0. */
    public static int call(long number, long... words) throws ErrnoException {
        long[] all = new long[words.length + 1];
        all[0] = number;
        System.arraycopy(words, 0, all, 1, words.length);
        return SYSCALL.invoke(all);
    }
}
