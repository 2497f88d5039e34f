/** The trace a request belongs to (W3C Trace Context). */
@NullMarked
package dev.titan.api.trace;

import org.jspecify.annotations.NullMarked;
