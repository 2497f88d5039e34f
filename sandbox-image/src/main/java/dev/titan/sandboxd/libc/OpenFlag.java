package dev.titan.sandboxd.libc;

/** Flags of open(2). Two of them differ between the processors Titan runs on. */
public final class OpenFlag {

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

    public static final int READ_ONLY = 0;
    public static final int WRITE_ONLY = 1;
    public static final int READ_WRITE = 2;
    public static final int CREATE = 0100;
    public static final int EXCLUSIVE = 0200;
    public static final int NO_CONTROLLING_TERMINAL = 0400;
    public static final int NON_BLOCKING = 04000;
    public static final int DIRECTORY = ARM ? 040000 : 0200000;
    public static final int NO_FOLLOW = ARM ? 0100000 : 0400000;
    public static final int CLOSE_ON_EXEC = 02000000;

    /** Only names the file: nothing is read, no device is touched. */
    public static final int PATH = 010000000;

    private OpenFlag() {}
}
