/** Which sandbox of which task lives on which host. */
@NullMarked
package dev.titan.store.sandbox;

import org.jspecify.annotations.NullMarked;
