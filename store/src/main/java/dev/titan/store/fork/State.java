package dev.titan.store.fork;

import org.jspecify.annotations.Nullable;

/**
 * What of a task belongs to a moment.
 *
 * @param moment the moment
 * @param verdicts judgements made before it
 * @param messages how many messages its users had written
 * @param checkpoint the number of the checkpoint with its files; absent when the workspace was as in the beginning
 */
record State(
        Moment moment, int verdicts, int messages, @Nullable Integer checkpoint) {}
