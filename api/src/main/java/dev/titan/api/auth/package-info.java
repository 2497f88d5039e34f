/** Who may call: API keys, and the well-known key of the embedded default. */
@NullMarked
package dev.titan.api.auth;

import org.jspecify.annotations.NullMarked;
