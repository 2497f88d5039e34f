package dev.titan.activities.reasoning;

/** What came of reading a model's reply. */
sealed interface Reading<T> {

    /**
     * It is what was asked for.
     *
     * @param value the reply's meaning
     */
    record Usable<T>(T value) implements Reading<T> {}

    /**
     * It is not.
     *
     * @param reason what is wrong, for the model to mend
     */
    record Unusable<T>(String reason) implements Reading<T> {}
}
