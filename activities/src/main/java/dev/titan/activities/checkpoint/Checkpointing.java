package dev.titan.activities.checkpoint;

/**
 * Whether checkpoints are stored. Turning it off exists for one purpose: the control of a test that destroys a sandbox,
 * which must show that without checkpoints the task cannot go on.
 */
public enum Checkpointing {
    /** After every call that changed files. */
    ON,
    /** Never. */
    OFF;

    /** The system property that has to say {@code off} for {@link #OFF}. */
    public static final String PROPERTY = "titan.test.checkpoints";

    /** Returns {@link #OFF} when the system property says so, else {@link #ON}. */
    public static Checkpointing configured() {
        return "off".equals(System.getProperty(PROPERTY)) ? OFF : ON;
    }
}
