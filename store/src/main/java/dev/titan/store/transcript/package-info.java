/** What was said to models and what they answered, append-only. */
@NullMarked
package dev.titan.store.transcript;

import org.jspecify.annotations.NullMarked;
