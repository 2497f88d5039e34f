package dev.titan.activities.tool;

/** What came of reading a call's arguments into the tool's record. */
public sealed interface ReadArguments<A extends Record> {

    /**
     * They fit.
     *
     * @param value the arguments
     */
    record Fitting<A extends Record>(A value) implements ReadArguments<A> {}

    /**
     * They do not.
     *
     * @param reason each field and what is wrong with it, for the model to mend
     */
    record Unfitting<A extends Record>(String reason) implements ReadArguments<A> {}
}
