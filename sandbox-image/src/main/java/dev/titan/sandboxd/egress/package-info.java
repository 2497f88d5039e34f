/**
 * The inner end of the way out: a port on loopback whose bytes go to the proxy on the host, and the variables by which
 * programs find it. Decides nothing.
 */
@NullMarked
package dev.titan.sandboxd.egress;

import org.jspecify.annotations.NullMarked;
