/**
 * The agent loop as a Temporal workflow. Deterministic: time, randomness and ids come from {@code Workflow} alone, and
 * nothing here can reach a database, a model or a container, because they are not on this module's class path.
 */
@NullMarked
package dev.titan.workflows.task;

import org.jspecify.annotations.NullMarked;
