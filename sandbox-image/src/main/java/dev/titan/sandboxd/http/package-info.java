/** The routes of the daemon, over HTTP on one unix socket. The only package that knows Netty. */
@NullMarked
package dev.titan.sandboxd.http;

import org.jspecify.annotations.NullMarked;
