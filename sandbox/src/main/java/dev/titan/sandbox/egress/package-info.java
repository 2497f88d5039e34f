/**
 * The one way out of a sandbox: a proxy of its own on a unix socket, which decides by the task's network policy, looks
 * names up itself, dials the address it has judged, counts, and tells what it decided. Netty parses HTTP and TLS, and no
 * other package of this module knows it.
 */
@NullMarked
package dev.titan.sandbox.egress;

import org.jspecify.annotations.NullMarked;
