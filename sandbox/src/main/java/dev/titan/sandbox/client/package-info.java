/**
 * The client of the daemon inside a sandbox: HTTP/1.1 on its unix socket or on another link to it. Daemon and commands
 * share a user, so every answer is untrusted: bounded in size and time, never followed. Uses the JDK and the daemon's
 * protocol records.
 */
@NullMarked
package dev.titan.sandbox.client;

import org.jspecify.annotations.NullMarked;
