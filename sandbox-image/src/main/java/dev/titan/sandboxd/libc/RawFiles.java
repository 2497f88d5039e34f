package dev.titan.sandboxd.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions of the C library about files whose names are bytes: one character of a name is one byte (ISO 8859-1), so that
 * every file has a name that leads back to it. Names are relative to a directory's descriptor and never followed when
 * they are links. One instance holds the memory for its calls and belongs to one thread.
 */
public final class RawFiles implements AutoCloseable {

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final long STATX = ARM ? 291 : 332;
    private static final long GETDENTS64 = ARM ? 61 : 217;

    private static final int NAME_BYTES_MAX = 4096; // Linux: PATH_MAX
    private static final int STATX_BYTES = 256;
    private static final int STATX_BASIC = 0x7ff;
    private static final int NO_FOLLOW = 0x100;
    private static final int EMPTY_PATH = 0x1000;
    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long NANOS = 1_000_000_000;

    private static final NativeCall SYSCALL = NativeCall.of("syscall");
    private static final NativeCall OPENAT = NativeCall.of("openat");
    private static final NativeCall READLINKAT = NativeCall.of("readlinkat");
    private static final NativeCall MKDIRAT = NativeCall.of("mkdirat");
    private static final NativeCall SYMLINKAT = NativeCall.of("symlinkat");
    private static final NativeCall UNLINKAT = NativeCall.of("unlinkat");
    private static final NativeCall CHMOD = NativeCall.of("chmod");
    private static final NativeCall UTIMENSAT = NativeCall.of("utimensat");
    private static final NativeCall PREAD = NativeCall.of("pread");
    private static final NativeCall PWRITE = NativeCall.of("pwrite");

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment name = arena.allocate(NAME_BYTES_MAX + 1);
    private final MemorySegment other = arena.allocate(NAME_BYTES_MAX + 1);
    private final MemorySegment stat = arena.allocate(STATX_BYTES, Long.BYTES);
    private final ByteBuffer statFields = stat.asByteBuffer().order(ByteOrder.nativeOrder());
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
    private final MemorySegment errno = NativeCall.roomForErrno(arena);

    public Descriptor open(Descriptor directory, String file, int flags, int mode) throws ErrnoException {
        return new Descriptor(OPENAT.invoke(
                directory.number(), text(name, file), flags | OpenFlag.NO_FOLLOW | OpenFlag.CLOSE_ON_EXEC, mode));
    }

    /** Opens again, with other flags, exactly the file that {@code opened} means. */
    public Descriptor reopen(Descriptor opened, int flags) throws ErrnoException {
        return new Descriptor(OPENAT.invoke(
                opened.number(), text(name, opened.path().toString()), flags | OpenFlag.CLOSE_ON_EXEC, 0));
    }

    public FileStat stat(Descriptor directory, String file) throws ErrnoException {
        return stat(directory, file, NO_FOLLOW);
    }

    public FileStat stat(Descriptor opened) throws ErrnoException {
        return stat(opened, "", EMPTY_PATH);
    }

    private FileStat stat(Descriptor at, String file, int flags) throws ErrnoException {
        SYSCALL.invokeWith(errno, STATX, at.number(), text(name, file), flags, STATX_BASIC, stat.address());
        return new FileStat(
                Short.toUnsignedInt(statFields.getShort(28)),
                statFields.getLong(32),
                statFields.getLong(40),
                nanos(112),
                nanos(96));
    }

    /** Returns the names in a directory that was opened for reading, in the order of their bytes. */
    public List<String> names(Descriptor directory, int namesMax) throws ErrnoException {
        List<String> names = new ArrayList<>();
        while (names.size() <= namesMax) {
            int read = SYSCALL.invoke(GETDENTS64, directory.number(), buffer.address(), BUFFER_BYTES);
            if (read == 0) {
                break;
            }
            addNames(buffer.asSlice(0, read).toArray(JAVA_BYTE), names);
        }
        names.sort(null);
        return names;
    }

    /** Takes the names out of linux_dirent64 structures; on the heap this is a tenth of the work. */
    private static void addNames(byte[] entries, List<String> names) {
        int at = 0;
        while (at < entries.length) {
            int start = at + 19;
            int end = start;
            while (entries[end] != 0) {
                end++;
            }
            boolean isDots =
                    entries[start] == '.' && (end == start + 1 || (end == start + 2 && entries[start + 1] == '.'));
            if (!isDots) {
                names.add(new String(entries, start, end - start, StandardCharsets.ISO_8859_1));
            }
            at += Byte.toUnsignedInt(entries[at + 16]) | Byte.toUnsignedInt(entries[at + 17]) << 8;
        }
    }

    public String readLink(Descriptor directory, String file) throws ErrnoException {
        int size = READLINKAT.invoke(directory.number(), text(name, file), other.address(), NAME_BYTES_MAX);
        return new String(other.asSlice(0, size).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }

    public void makeDirectory(Descriptor directory, String file, int mode) throws ErrnoException {
        MKDIRAT.invoke(directory.number(), text(name, file), mode);
    }

    public void makeLink(Descriptor directory, String file, String target) throws ErrnoException {
        SYMLINKAT.invoke(text(other, target), directory.number(), text(name, file));
    }

    public void remove(Descriptor directory, String file, boolean isDirectory) throws ErrnoException {
        UNLINKAT.invoke(directory.number(), text(name, file), isDirectory ? REMOVE_DIRECTORY : 0);
    }

    /** Changes the permissions of exactly the file that is open, by whatever flags. */
    public void chmod(Descriptor opened, int mode) throws ErrnoException {
        CHMOD.invoke(text(name, opened.path().toString()), mode);
    }

    /** Sets the time of the last change. */
    public void setModified(Descriptor directory, String file, long modifiedNanos) throws ErrnoException {
        MemorySegment times = stat;
        for (int at = 0; at < 32; at += 16) {
            times.set(JAVA_LONG, at, Math.floorDiv(modifiedNanos, NANOS));
            times.set(JAVA_LONG, at + 8, Math.floorMod(modifiedNanos, NANOS));
        }
        UTIMENSAT.invoke(directory.number(), text(name, file), times.address(), NO_FOLLOW);
    }

    /** Reads from an offset on, at most as much as fits behind {@code at}; 0 is the end of the file. */
    public int read(Descriptor from, long offset, byte[] into, int at) throws ErrnoException {
        int wanted = Math.min(BUFFER_BYTES, into.length - at);
        int read = PREAD.invoke(from.number(), buffer.address(), wanted, offset);
        MemorySegment.copy(buffer, JAVA_BYTE, 0, into, at, read);
        return read;
    }

    /** Writes all the bytes to an offset. */
    public void write(Descriptor to, long offset, byte[] bytes) throws ErrnoException {
        for (int at = 0; at < bytes.length; ) {
            int wanted = Math.min(BUFFER_BYTES, bytes.length - at);
            MemorySegment.copy(bytes, at, buffer, JAVA_BYTE, 0, wanted);
            at += PWRITE.invoke(to.number(), buffer.address(), wanted, offset + at);
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private long nanos(int offset) {
        long seconds = statFields.getLong(offset);
        long fraction = Integer.toUnsignedLong(statFields.getInt(offset + 8));
        long limit = Long.MAX_VALUE / NANOS - 1; // the year 2262; a file may say anything
        return Math.clamp(seconds, -limit, limit) * NANOS + fraction;
    }

    private static long text(MemorySegment into, String latin) throws ErrnoException {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > NAME_BYTES_MAX) {
            throw new ErrnoException(Errno.ENAMETOOLONG);
        }
        MemorySegment.copy(bytes, 0, into, JAVA_BYTE, 0, bytes.length);
        into.set(JAVA_BYTE, bytes.length, (byte) 0);
        return into.address();
    }
}
