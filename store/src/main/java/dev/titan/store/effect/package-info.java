/** The ledger that keeps a tool call from happening twice. */
@NullMarked
package dev.titan.store.effect;

import org.jspecify.annotations.NullMarked;
