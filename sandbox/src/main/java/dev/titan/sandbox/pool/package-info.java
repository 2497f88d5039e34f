/** Sandboxes made ahead: the stock of one provider, and how large it is kept. Uses the places of sandboxes alone. */
@NullMarked
package dev.titan.sandbox.pool;

import org.jspecify.annotations.NullMarked;
