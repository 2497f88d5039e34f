package dev.titan.activities.sandbox;

/**
 * Who takes away the sandboxes of a host that nobody wants any more. Anything but {@link #ON} exists for one purpose: the
 * tests of the reaper, which must show that without it something stays, and that each of its layers does its work alone.
 */
enum Reaping {
    /** The host's own rounds, and the sweep by schedule when they fail. */
    ON,
    /** The sweep alone, as if the thread that makes the rounds were dead. */
    BY_SCHEDULE,
    /** Nobody but the daemons, when their leases run out. */
    OFF;

    /** The system property that has to say {@code schedule} or {@code off} for anything but {@link #ON}. */
    static final String PROPERTY = "titan.test.reaper";

    static Reaping configured() {
        return switch (System.getProperty(PROPERTY, "")) {
            case "schedule" -> BY_SCHEDULE;
            case "off" -> OFF;
            default -> ON;
        };
    }
}
