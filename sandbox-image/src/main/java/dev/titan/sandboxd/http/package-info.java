/** The routes of the daemon, over HTTP on one unix socket. Netty is known here and in {@code egress}. */
@NullMarked
package dev.titan.sandboxd.http;

import org.jspecify.annotations.NullMarked;
