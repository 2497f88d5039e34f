/** The composition root: one jar, three roles, and the embedded default for a machine with nothing set up. */
@NullMarked
package dev.titan.server;

import org.jspecify.annotations.NullMarked;
