package dev.titan.contracts.sandbox;

/** Trouble with a sandbox that no model can do anything about. */
public abstract sealed class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private SandboxException(String message, Throwable cause) {
        super(message, cause);
    }

    private SandboxException(String message) {
        super(message);
    }

    /** The sandbox is gone: its container or daemon has ended, or its directory has disappeared. Do not retry. */
    public static final class Lost extends SandboxException {
        private static final long serialVersionUID = 1L;

        public Lost(SandboxId id, String reason) {
            super("sandbox %s is lost: %s".formatted(id, reason));
        }

        public Lost(SandboxId id, String reason, Throwable cause) {
            super("sandbox %s is lost: %s".formatted(id, reason), cause);
        }
    }

    /** The sandbox or its engine did not answer this time. Retry. */
    public static final class Unavailable extends SandboxException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message);
        }
    }

    /** This host cannot give what the policy demands; the message names the remedy. Do not retry. */
    public static final class Refused extends SandboxException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    /**
     * The sandbox was stopped because nobody used it; its workspace is in the newest checkpoint. Restore it, then call
     * again.
     */
    public static final class Hibernated extends SandboxException {
        private static final long serialVersionUID = 1L;

        public Hibernated(SandboxId id) {
            super("sandbox %s was stopped because it was idle".formatted(id));
        }
    }

    /** The workspace cannot be put back: no checkpoint holds it, or the checkpoint is damaged. Do not retry. */
    public static final class Unrestorable extends SandboxException {
        private static final long serialVersionUID = 1L;

        public Unrestorable(String message) {
            super(message);
        }
    }
}
