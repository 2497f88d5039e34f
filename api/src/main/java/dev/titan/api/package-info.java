/** The HTTP interface: everything a client can ask for. Talks to the store, and to Temporal as a client only. */
@NullMarked
package dev.titan.api;

import org.jspecify.annotations.NullMarked;
