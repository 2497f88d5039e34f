/** How this process talks to Temporal: workers that wait for the server, and the context its log lines carry. */
@NullMarked
package dev.titan.server.temporal;

import org.jspecify.annotations.NullMarked;
