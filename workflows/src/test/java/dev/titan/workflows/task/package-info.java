/** The loop against scripted activities, in Temporal's in-memory server and over recorded histories. */
@org.jspecify.annotations.NullMarked
package dev.titan.workflows.task;
