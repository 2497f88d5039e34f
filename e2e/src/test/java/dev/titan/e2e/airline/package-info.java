/**
 * An airline desk: a far side with a database, a ledger and keys of its own, and the fourteen tools that call it, written
 * as any author of tools would. It knows nothing of Titan but the tool SDK.
 */
@NullMarked
package dev.titan.e2e.airline;

import org.jspecify.annotations.NullMarked;
