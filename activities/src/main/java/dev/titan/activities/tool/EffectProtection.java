package dev.titan.activities.tool;

/**
 * Whether a repeated attempt recognises the effect of the one before. Turning it off exists for one purpose: the control
 * of a crash test, which must show that without it the effect takes place twice.
 */
public enum EffectProtection {
    /** An attempt after a crash re-attaches, returns the stored result or says that the outcome is unknown. */
    ON,
    /** Every attempt after a crash runs again under a key of its own. */
    OFF;

    /** The system property that has to say {@code off} for {@link #OFF} to be accepted. */
    public static final String PROPERTY = "titan.test.effect-protection";

    /** Returns {@link #OFF} when the system property says so, else {@link #ON}. */
    public static EffectProtection configured() {
        return "off".equals(System.getProperty(PROPERTY)) ? OFF : ON;
    }

    EffectProtection orRefuse() {
        if (this == OFF && configured() == ON) {
            throw new IllegalStateException("effects are unprotected in tests only: set -D%s=off".formatted(PROPERTY));
        }
        return this;
    }
}
