/**
 * The bodies of the daemon's HTTP protocol, used by the daemon and by its client on the host. What they share with the
 * rest of Titan ({@code ExecResult.End}, {@code ExecResult.Output}, {@code FileReply.Written}, {@code FileReply.Listing})
 * is taken from the contracts. The host treats everything that arrives in these records as untrusted.
 */
@NullMarked
package dev.titan.sandboxd.protocol;

import org.jspecify.annotations.NullMarked;
