package dev.titan.testing.recipe;

/** How far the results that a playing model is shown are held against the recording. */
public enum Verification {
    /** Every result, to the end. */
    ALL,
    /**
     * Every result up to the first whose outcome a crash hid. That result is accepted, and whether the later ones are as
     * recorded depends on what has become of the call.
     */
    UNTIL_OUTCOME_UNKNOWN,
    /** None: for runs in which effects are repeated on purpose. */
    NONE
}
