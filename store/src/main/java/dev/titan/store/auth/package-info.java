/** API keys, hashed at rest. */
@NullMarked
package dev.titan.store.auth;

import org.jspecify.annotations.NullMarked;
