/** The events of a task over HTTP, as pages and as a WebSocket stream. */
@NullMarked
package dev.titan.api.event;

import org.jspecify.annotations.NullMarked;
