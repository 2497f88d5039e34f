package dev.titan.sandboxd.libc;

import java.io.File;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The descriptors this process has open. */
final class OpenDescriptors {

    private OpenDescriptors() {}

    /** Returns those above {@code number}. */
    static int[] above(int number) {
        String[] names = new File("/proc/self/fd").list();
        return names == null
                ? IntStream.empty().toArray()
                : Stream.of(names)
                        .mapToInt(Integer::parseInt)
                        .filter(descriptor -> descriptor > number)
                        .toArray();
    }
}
