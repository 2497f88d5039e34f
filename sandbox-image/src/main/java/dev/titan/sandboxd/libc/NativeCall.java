package dev.titan.sandboxd.libc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * One function of the C library, called with machine words. Every function has the same shape here, seven words in and
 * one out, because linking each distinct shape costs some 10 ms at start-up and there is one shape that fits all: on
 * x86-64 and AArch64 Linux, integers and pointers travel alike in registers, a callee ignores words it has no parameter
 * for, and reads of an {@code int} only the lower half. Thread-safe.
 */
final class NativeCall {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    @SuppressWarnings("restricted") // the one place that links native functions
    private static final MethodHandle SHAPE = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            ERRNO);

    private final MemorySegment address;

    private NativeCall(MemorySegment address) {
        this.address = address;
    }

    /** Finds a function every supported C library has. */
    static NativeCall of(String symbol) {
        return find(symbol).orElseThrow(() -> new IllegalStateException("the C library has no " + symbol));
    }

    /** Finds a function that newer C libraries have. */
    static Optional<NativeCall> find(String symbol) {
        return SYMBOLS.find(symbol).map(NativeCall::new);
    }

    /** Returns room for the {@code errno} of calls of one thread. */
    static MemorySegment roomForErrno(Arena arena) {
        return arena.allocate(ERRNO_LAYOUT);
    }

    /** Calls a function that answers an {@code int} and, in case of trouble, -1 with {@code errno}. */
    int invoke(long... words) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            return invokeWith(roomForErrno(arena), words);
        }
    }

    /** Calls a function like {@link #invoke}, as often as one likes with one {@link #roomForErrno}. */
    int invokeWith(MemorySegment errno, long... words) throws ErrnoException {
        int result = (int) call(errno, words);
        if (result == -1) {
            throw new ErrnoException(errno.get(JAVA_INT, ERRNO_OFFSET));
        }
        return result;
    }

    /** Calls a function of the posix_spawn family, which answers the error number itself. */
    void invokePosix(long... words) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            int error = (int) call(arena.allocate(ERRNO_LAYOUT), words);
            if (error != 0) {
                throw new ErrnoException(error);
            }
        }
    }

    private long call(MemorySegment state, long[] words) {
        try {
            return (long) SHAPE.invokeExact(
                    address,
                    state,
                    word(words, 0),
                    word(words, 1),
                    word(words, 2),
                    word(words, 3),
                    word(words, 4),
                    word(words, 5),
                    word(words, 6));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call throws nothing", e);
        }
    }

    private static long word(long[] words, int index) {
        return index < words.length ? words[index] : 0;
    }
}
