/** Gives accepted tasks to Temporal. */
@NullMarked
package dev.titan.server.starter;

import org.jspecify.annotations.NullMarked;
