/** The events of a task over HTTP, as pages, as a WebSocket and as server-sent events. */
@NullMarked
package dev.titan.api.event;

import org.jspecify.annotations.NullMarked;
