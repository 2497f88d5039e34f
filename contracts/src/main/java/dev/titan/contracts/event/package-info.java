/** The event log's language: the sealed family of events and the envelope every reader gets. */
@NullMarked
package dev.titan.contracts.event;

import org.jspecify.annotations.NullMarked;
