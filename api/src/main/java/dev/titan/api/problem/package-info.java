/** Every error a client can see, as RFC 9457 has it. */
@NullMarked
package dev.titan.api.problem;

import org.jspecify.annotations.NullMarked;
